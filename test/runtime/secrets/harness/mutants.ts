import { explore } from './explore';
import { MACHINE } from './machine';
import { mutantOf } from './mutant';
import { Search, startOf } from './searches';
import { Mutation } from '../../mutant';

const WEBHOOK: Search = { strategy: 'webhook-secret', from: 'settled', bounds: { rotations: 2, concurrency: 1, minutes: 30 } };
const API_KEY: Search = { strategy: 'api-key', from: 'settled', bounds: { rotations: 2, concurrency: 1, minutes: 60 } };
const BEARER_KEY: Search = { strategy: 'bearer-key', from: 'settled', bounds: { rotations: 2, concurrency: 1, minutes: 60 } };
const PASSWORD: Search = { strategy: 'sftp-password', from: 'settled', bounds: { rotations: 2, concurrency: 1, minutes: 60 } };

const KEY_PAIR: Search = { strategy: 'sftp-connector-key-pair', from: 'settled', bounds: { rotations: 2, concurrency: 1, minutes: 60 } };
const THIRD_PARTY: Search = { strategy: 'third-party', from: 'fresh', bounds: { rotations: 2, concurrency: 1, minutes: 60 } };
const CLIENT_SECRET: Search = { strategy: 'cognito-client-secret', from: 'settled', bounds: { rotations: 2, concurrency: 1, minutes: 60 } };

/** A fault that some rotation function has, a search that reaches it, and what the search says. */
export interface Mutant extends Mutation { readonly search: Search; readonly found: RegExp }

const ALL: Readonly<Record<string, Mutant>> = {
  'revokes the old credential when it finishes': {
    file: 'rotation',
    from: 'await ports.store.makeCurrent(step.version, state.tryVersionWith(AWSCURRENT));',
    to: `await ports.store.makeCurrent(step.version, state.tryVersionWith(AWSCURRENT));
      for (const old of await ports.adapter.list()) if (old.version !== step.version) await ports.adapter.revoke(old);`,
    search: API_KEY,
    found: /does not work, and is within its overlap/,
  },
  'takes the old version from receivers when it finishes': {
    file: 'rotation',
    from: 'await ports.store.makeCurrent(step.version, state.tryVersionWith(AWSCURRENT));',
    to: `await ports.store.makeCurrent(step.version, state.tryVersionWith(AWSCURRENT));
      await ports.store.removeStage(AWSPREVIOUS, state.tryVersionWith(AWSCURRENT));`,
    search: WEBHOOK,
    found: /does not work, and is within its overlap/,
  },
  'issues again on a retry, and activates what it issued': {
    file: 'rotation',
    from: 'await ports.adapter.activate(step.version, required(content));',
    to: 'await ports.adapter.activate(step.version, await ports.adapter.issue(step.version));',
    search: API_KEY,
    found: /does not work, and is current|has two values/,
  },
  'makes a version current without a probe': {
    file: 'rotation', from: 'await ports.adapter.probe(step.version, content); // whoever', to: '// whoever', search: API_KEY, found: /does not work, and is current/,
  },
  'makes a version current before it is activated': {
    file: 'rotation',
    from: 'await ports.adapter.activate(step.version, required(content));',
    to: 'await ports.store.makeCurrent(step.version, state.tryVersionWith(AWSCURRENT)); await ports.adapter.activate(step.version, required(content));',
    search: API_KEY,
    found: /does not work, and is current/,
  },
  'skips the guard': {
    file: 'rotation', from: 'if (isCurrent(state, step.version)) return done', to: 'if (false) return done', search: API_KEY, found: /works again|is current|get healthy|succeeds/,
  },
  'starts a rotation within an overlap': {
    file: 'rotation', from: 'if (inOverlap(state, overlapMilliseconds, ports.now()))', to: 'if (false)', search: WEBHOOK, found: /within its overlap/,
  },
  'finishes however old the version is': {
    file: 'rotation', from: 'ports.now() - createdAt > FINISH_WITHIN_MILLISECONDS', to: 'false', search: WEBHOOK, found: /within its overlap/,
  },
  'counts the overlap from the creation of the version': {
    file: 'timetable', from: 'newest + ABANDONED_AFTER_MILLISECONDS,', to: 'newest,', search: WEBHOOK, found: /within its overlap/,
  },
  'revokes before the overlap has ended': {
    file: 'revocation', from: 'if (now < overlapEnd(state, overlapMilliseconds)) return;', to: '', search: WEBHOOK, found: /within its overlap/,
  },
  'revokes the current credential': {
    file: 'revocation', from: 'stages.includes(AWSCURRENT) || ', to: '', search: API_KEY, found: /does not work, and is current/,
  },
  'revokes what a rotation is about to make current': {
    file: 'revocation',
    from: 'stages.includes(AWSPENDING) || now - createdAt < ABANDONED_AFTER_MILLISECONDS',
    to: 'false',
    search: { strategy: 'api-key', from: 'settled', bounds: { rotations: 1, concurrency: 2, minutes: 60 } },
    found: /does not work, and is current/,
  },
  'revokes the last credential that works, since somebody stored another one': {
    file: 'revocation',
    from: 'previous !== undefined && !await currentWorks(state, ports)',
    to: 'false',
    search: { strategy: 'api-key', from: 'settled', bounds: { rotations: 1, concurrency: 1, byHand: true, minutes: 60 } },
    found: /nothing that a consumer may hold works/,
  },
  'takes the last key from receivers, since somebody stored another one': {
    file: 'revocation',
    from: "if (kept) return ports.log({ outcome: 'kept', reason: 'current-does-not-work', version: previous });",
    to: '',
    search: { strategy: 'webhook-secret', from: 'settled', bounds: { rotations: 1, concurrency: 1, byHand: true, minutes: 60 } },
    found: /nothing that a consumer may hold works/,
  },
  'leaves the previous version to receivers': {
    file: 'revocation', from: 'await ports.store.removeStage(AWSPREVIOUS, previous);', to: '', search: WEBHOOK, found: /does not get healthy/,
  },
  'leaves abandoned rotations alone': {
    file: 'reconcile', from: 'await ports.store.removeStage(AWSPENDING, version);', to: '', search: WEBHOOK, found: /no rotation succeeds any more/,
  },
  'leaves orphans alone': {
    file: 'revocation',
    from: 'const stages = state.tryStagesOf(version) ?? [];',
    to: 'const stages = state.tryStagesOf(version); if (!stages) return true;',
    search: API_KEY,
    found: /does not get healthy/,
  },
  'does not wait for the plans of a key': {
    file: 'api-key', from: 'key?.enabled && await isInAllPlans(key.id) ? key : undefined', to: 'key', search: API_KEY, found: /does not work, and is current/,
  },
  'adds a secret without saying whose it is': {
    file: 'cognito-client-secret', from: 'await store.moveStage(label, version, holder);', to: '', search: CLIENT_SECRET, found: /does not get healthy/,
  },
  'takes the place of another rotation whose step may be under way': {
    file: 'cognito-client-secret',
    from: 'options.now() - (state.tryCreatedAt(holder) ?? Infinity) < ABANDONED_AFTER_MILLISECONDS',
    to: 'false',
    search: { strategy: 'cognito-client-secret', from: 'settled', bounds: { rotations: 2, concurrency: 2, atOnce: ['createSecret', 'setSecret'], minutes: 60 } },
    found: /does not work, and is current/,
  },
  'takes the older of two secrets for the one to go': {
    file: 'cognito-client-secret', from: 'version === state.tryVersionWith(AWSCURRENT) ? [own,', to: 'true ? [own,', search: CLIENT_SECRET, found: /does not work, and is current/,
  },
  'does not know whose secret the older one is': {
    file: 'cognito-client-secret',
    from: 'version: state.tryVersionWith(AWSPREVIOUS) ?? `before ${version}`',
    to: "version: 'unknown'",
    search: { strategy: 'cognito-client-secret', from: 'settled', bounds: { rotations: 1, concurrency: 2, minutes: 60 } },
    found: /does not work, and is within its overlap/,
  },
  'tries the key that is current already': {
    file: 'sftp-connector-key-pair',
    from: 'if (await connects(options.probeConnectorId))',
    to: 'if (await connects(options.connectorId))',
    search: KEY_PAIR,
    found: /does not work, and is current/,
  },
  'offers a key to nobody': {
    file: 'sftp-connector-key-pair', from: 'await publish(version, key);', to: '', search: KEY_PAIR, found: /no rotation succeeds any more/,
  },
  'takes what a third party issued in vain for what is stored': {
    file: 'third-party', from: '(known.has(version) ? `orphan of ${version}` : version)', to: 'version', search: THIRD_PARTY, found: /no rotation succeeds any more|does not get healthy/,
  },
  'takes the word of a third party that it answered for a credential that works': {
    file: 'third-party', from: 'if (!works)', to: 'if (false)', search: THIRD_PARTY, found: /does not work, and is current/,
  },
  'stores a verifier of what it issues again': {
    file: 'rotation',
    from: 'await ports.adapter.activate(step.version, required(content));',
    to: 'await ports.adapter.activate(step.version, await ports.adapter.issue(step.version));',
    search: PASSWORD,
    found: /has two values/,
  },
  'does not look whether the table vouches for a credential': {
    file: 'stored-credential',
    from: 'requireUsable(version, kind.read(content, version, idOf(version))),',
    to: 'void kind.read(content, version, idOf(version)),',
    search: BEARER_KEY,
    found: /does not work, and is current/,
  },
  'has one row for all versions': {
    file: 'credential-row', from: '`${secretArn}\\n${version}`', to: 'secretArn', search: PASSWORD, found: /no rotation succeeds any more/,
  },
  'leaves disabled rows in the table': {
    file: 'stored-credential', from: 'if (options.now() - disabledAt < DELETE_AFTER_MILLISECONDS)', to: 'if (true)', search: BEARER_KEY, found: /does not get healthy/,
  },
  'disables nothing': {
    file: 'stored-credential', from: 'if (disabledAt === undefined) {', to: "if (disabledAt === undefined) return 'waiting'; {", search: PASSWORD, found: /does not get healthy/,
  },
  'has another MAC made than authorizers verify': {
    file: 'stored-bearer-key', from: 'Message: macMessageOf(key)', to: 'Message: Buffer.from(writeBearerKey(key))', search: BEARER_KEY, found: /does not get healthy/,
  },
};

/** Those that take so long to find that a proof does it. */
const SLOW: ReadonlySet<string> = new Set([
  'takes the place of another rotation whose step may be under way',
  'revokes what a rotation is about to make current',
  'does not know whose secret the older one is',
]);

/** By what each does. */
export const QUICK_MUTANTS = Object.entries(ALL).filter(([name]) => !SLOW.has(name));
export const SLOW_MUTANTS = Object.entries(ALL).filter(([name]) => SLOW.has(name));

/** What these searches find in the machine as it is: nothing. Proved with the slow ones, and again by the proof `rotation`, in greater ones. */
export const MUTANT_SEARCHES: readonly Search[] = [WEBHOOK, API_KEY, CLIENT_SECRET, KEY_PAIR, THIRD_PARTY, BEARER_KEY, PASSWORD];

/** What its search finds wrong with a machine that has the fault. */
export async function violationOf({ search, found: _found, ...mutation }: Mutant): Promise<string | undefined> {
  return (await explore(mutantOf(mutation), search.strategy, startOf(search), search.bounds)).violation;
}

/** What is wrong with the search of a machine without a fault: that it finds one, or that it sees too little to find any. */
export async function problemOf(search: Search): Promise<string | undefined> {
  const { violation, states, quietStates } = await explore(MACHINE, search.strategy, startOf(search), search.bounds);
  if (violation !== undefined) return violation;
  return states > quietStates && quietStates > 300 ? undefined : `${states} states, ${quietStates} of them at rest`;
}
