import { setImmediate } from 'node:timers/promises';
import { Outcome, Proof } from './proof';
import { Guard, guardWith } from './ssrf/guard';
import { Internal } from './ssrf/internal';
import { ELSEWHERE, Target, targets } from './ssrf/targets';

/** How often each target is tried, as a schedule does. */
const ATTEMPTS = 3;

/** What the name of a redirecting endpoint, and what it redirects to, resolve to. */
const LOOPBACK = '127.0.0.1';

/** How long an attempt may take, and which targets are tried. */
export interface Bounds { readonly timeoutMilliseconds: number; readonly only: RegExp }

/** Runs the guard, or one that somebody changed, against every target; ADR 0023 says what it promises. */
export async function proveGuard(
  guard: Guard, say: (line: string) => void, { timeoutMilliseconds, only }: Bounds = { timeoutMilliseconds: 250, only: /^/ },
): Promise<Outcome> {
  const internal = await Internal.start();
  const reached: string[] = [];
  let isSeen = false;
  const all = targets(internal.port).filter(({ what }) => only.test(what));
  for (const target of all) {
    const before = internal.connections;
    await tryTarget(guard, target, internal, timeoutMilliseconds);
    const tried = internal.takeTried();
    const isReached = internal.connections > before || tried.some((address) => address !== ELSEWHERE);
    isSeen ||= isReached || tried.length > 0;
    if (isReached) reached.push(`${target.what}: ${target.url} by ${target.answers.join(', ')}`);
  }
  if (!isSeen) throw new Error('no connection was seen, not even to the address that stands for the internet');
  say(`${all.length} targets, tried up to ${ATTEMPTS} times each: ${reached.length} reached`);

  const redirects = locations(internal.port);
  for (const location of redirects) if (await followed(guard, location, internal)) reached.push(`redirect to ${location}`);
  say(`${redirects.length} redirects to internal targets`);
  await internal.stop();
  reached.slice(0, 10).forEach((line) => say(`reached: ${line}`));
  return { holds: reached.length === 0, figures: `${all.length + redirects.length} targets, ${reached.length} reached` };
}

export const proof: Proof = {
  claim: 'no address that a customer may write leads a webhook into a network of ours, not by rebinding, redirects or spelling',
  run: async (_args, say) => proveGuard(guardWith(), say),
};

/** Sends to a target, as often as a schedule would where its name changes. */
async function tryTarget(guard: Guard, { url: text, answers }: Target, internal: Internal, timeoutMilliseconds: number): Promise<void> {
  let asked = 0;
  const connector = guard.guardedConnector({
    // Not at once, as no resolver does: the witness has to hear of the socket first.
    resolve: () => setImmediate(answers[Math.min(asked++, answers.length - 1)]),
    isAllowed: exceptElsewhere(guard.publicAddresses()),
    timeoutMilliseconds,
    ca: internal.ca,
  });
  // The port of the server is allowed, so that it is not the port which saves us.
  const url = guard.readEndpointUrl(text, { ports: [443, internal.port] });
  const attempts = answers.length > 1 ? ATTEMPTS : 1;
  for (let attempt = 0; attempt < attempts && typeof url !== 'string'; attempt++) await connector(url, { headers: {}, body: Buffer.from('{}') });
}

function exceptElsewhere(isAllowed: (address: string) => boolean): (address: string) => boolean {
  return (address) => address === ELSEWHERE || isAllowed(address);
}

/** Where an endpoint that may be reached sends whoever follows. */
function locations(port: number): readonly string[] {
  return [`https://127.0.0.1:${port}/`, `https://localhost:${port}/`, `//localhost:${port}/`, `https://internal.customer.com:${port}/`];
}

/** Whether a redirect of an endpoint, which is let through for this, brought a connection to the server. */
async function followed(guard: Guard, location: string, internal: Internal): Promise<boolean> {
  const endpoint = await Internal.start(location);
  const before = internal.connections;
  const connector = guard.guardedConnector({
    resolve: async () => [LOOPBACK], isAllowed: (address) => address === LOOPBACK, timeoutMilliseconds: 5000, ca: `${endpoint.ca}\n${internal.ca}`,
  });
  const outcome = await connector({ host: 'localhost', port: endpoint.port, path: '/' }, { headers: {}, body: Buffer.from('{}') });
  await endpoint.stop();
  if (internal.connections > before) return true;
  if (outcome.type !== 'answered' || outcome.status !== 307) throw new Error(`the endpoint that redirects was not reached: ${JSON.stringify(outcome)}`);
  return false;
}
