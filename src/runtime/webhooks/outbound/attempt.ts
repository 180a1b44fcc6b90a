import type { DeliveryTable } from './delivery-table';
import { tryEndpointHeaders } from './endpoint-headers';
import { admission, afterOutcome, EndpointState } from './endpoint-state';
import type { Endpoint, EndpointTable } from './endpoint-table';
import { readEndpointUrl, UrlPolicy } from './endpoint-url';
import type { Connector, Outcome } from './guarded-connector';
import type { KeyStore } from './key-store';
import type { Job } from './message-attempt';
import { nextOf } from './schedule';
import { signatureHeaders } from './sign';

/** What an attempt needs. */
export interface AttemptPorts {
  readonly endpoints: Pick<EndpointTable, 'find' | 'save'>;
  readonly deliveries: Pick<DeliveryTable, 'accept' | 'claim' | 'defer' | 'retry' | 'end'>;
  readonly keys: Pick<KeyStore, 'keysOf'>;
  readonly connect: Connector;
  readonly urls: UrlPolicy;
  /** In milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** At least 0 and less than 1. */
  readonly random: () => number;
  /** Makes a text that no other attempt has. */
  readonly unique: () => string;
}

/** What the log says of an attempt: words of a closed list and numbers. */
export type Report = Readonly<{ outcome: string; reason?: string; status?: number; disabled?: EndpointState['disabledBecause'] }>;

/** Nobody wrote an endpoint of that id; the message of the queue ends where others do that cannot be dealt with. */
export class UnknownEndpoint extends Error {
  public override readonly name = 'UnknownEndpoint';
}

/** How often a state is stored again that others change at the same time. */
const SAVES = 3;

/** Those that wait for a circuit come back spread over this long, not at once. */
const SPREAD_MILLISECONDS = 30_000;

/**
 * Makes an attempt, or finds that it is not to be made now, or not any more.
 *
 * May be repeated, and may crash at any point. Before the claim nothing was sent, and the message of the queue comes again. After it the attempt
 * counts as made: the sweeper plans the next. The receiver may so get a message twice, under the same id, as the standard has it.
 */
export async function attemptOnce(job: Job, ports: AttemptPorts): Promise<Report> {
  const endpoint = await ports.endpoints.find(job.endpoint);
  if (!endpoint) return withoutEndpoint(job, ports);
  if (job.body !== undefined) await ports.deliveries.accept({ ...job, body: job.body }, endpoint.tenant, ports.now());

  const admitted = admission(endpoint.state, ports.now());
  if (admitted.type === 'disabled') return end(job, ports, 'endpoint-disabled');
  if (admitted.type === 'wait') return defer(job, ports, admitted.until);
  const url = readEndpointUrl(endpoint.url, ports.urls);
  const headers = tryEndpointHeaders(endpoint.headers);
  if (typeof url === 'string' || !headers) return { ...await end(job, ports, 'url-refused'), reason: typeof url === 'string' ? url : 'header-not-allowed' };
  const keys = await ports.keys.keysOf(endpoint.keySecretArn, ports.now());
  if (admitted.type === 'probe' && !await ports.endpoints.save(endpoint, admitted.state)) return defer(job, ports, ports.now());

  const claim = ports.unique();
  const claimed = await ports.deliveries.claim(job, claim, ports.now());
  if (!claimed) return { outcome: 'superseded' };
  const signed = signatureHeaders(job.message, claimed.body, keys, ports.now() / 1000);
  const outcome = await ports.connect(url, {
    headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'webhook-sender/1', ...signed }, body: claimed.body,
  });
  const report = await record(job, claim, claimed.position, outcome, ports);
  const disabled = await remember(endpoint, outcome, ports);
  return disabled === undefined ? report : { ...report, disabled };
}

async function withoutEndpoint(job: Job, ports: AttemptPorts): Promise<Report> {
  if (job.body !== undefined) throw new UnknownEndpoint('there is no endpoint of that id');
  return end(job, ports, 'unknown-endpoint');
}

async function end(job: Job, ports: AttemptPorts, ending: 'endpoint-disabled' | 'url-refused' | 'unknown-endpoint'): Promise<Report> {
  await ports.deliveries.end(job, ending, ports.now());
  return { outcome: 'dead', reason: ending };
}

async function defer(job: Job, ports: AttemptPorts, until: number): Promise<Report> {
  await ports.deliveries.defer(job, until + Math.floor(ports.random() * SPREAD_MILLISECONDS));
  return { outcome: 'deferred', reason: 'circuit-open' };
}

/** Stores what came of the attempt, and what follows. */
async function record(job: Job, claim: string, position: number, outcome: Outcome, ports: AttemptPorts): Promise<Report> {
  const now = ports.now();
  const next = nextOf(outcome, position, now, ports.random());
  const seen = outcome.type === 'answered' ? { status: outcome.status } : { reason: outcome.reason };
  if (next.type === 'retry') {
    await ports.deliveries.retry(job, claim, now + Math.ceil(next.afterSeconds * 1000));
    return { outcome: 'retry', ...seen };
  }
  await ports.deliveries.end(job, next.type === 'dead' ? next.because : 'delivered', now, claim);
  return { outcome: next.type, ...seen, ...next.type === 'dead' ? { reason: next.because } : {} };
}

/**
 * Stores how the endpoint does, and gives why it is disabled from now on. Where others store at the same time it is read anew; if that goes on, the
 * next attempt will tell as much.
 */
async function remember(endpoint: Endpoint, outcome: Outcome, ports: AttemptPorts): Promise<EndpointState['disabledBecause']> {
  let seen: Endpoint | undefined = endpoint;
  for (let save = 0; save < SAVES && seen; save++) {
    // The probe changed the revision, so what was read before it is read again.
    seen = save === 0 && seen.state.openUntil === undefined ? seen : await ports.endpoints.find(endpoint.id);
    if (seen?.url !== endpoint.url) return undefined; // it is gone, or elsewhere by now, where an answer from here means nothing
    const state = afterOutcome(seen.state, outcome, ports.now());
    if (state === seen.state) return undefined;
    if (await ports.endpoints.save(seen, state)) return state.disabledBecause;
  }
  return undefined;
}
