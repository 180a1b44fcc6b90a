import type { DirectoryAction, PartnerDirectory } from '../../../src/formats/partner-directories';

/** A partner, as far as its policies depend on it. */
export interface Partner {
  readonly name: string;
  readonly keys: readonly never[];
  readonly directories: readonly PartnerDirectory[];
  /** What the role reaches that it shares with others; else its own directories. */
  readonly shared?: readonly PartnerDirectory[];
}

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';

const keyArn = (id: string) => `arn:aws:kms:${REGION}:${ACCOUNT}:key/${id}`;
const incoming = { bucket: 'incoming', keyArn: keyArn('incoming') };
const outgoing = { bucket: 'outgoing', keyArn: keyArn('outgoing') };

const ALL: readonly DirectoryAction[] = ['list', 'read', 'write', 'delete'];

/** What partners are given: to upload, to download, both, and all there is. */
const ACCESSES: readonly ((prefix: string) => PartnerDirectory[])[] = [
  (prefix) => [{ entry: '/', ...incoming, prefix, actions: ALL }],
  (prefix) => [{ entry: '/', ...incoming, prefix, actions: ['list', 'write'] }],
  (prefix) => [{ entry: '/', ...outgoing, prefix, actions: ['list', 'read'] }],
  (prefix) => [{ entry: '/incoming', ...incoming, prefix, actions: ['list', 'write'] }, { entry: '/outgoing', ...outgoing, prefix, actions: ['list', 'read'] }],
];

/** What makes a name that begins with another, ends with it, or differs from it by a character that patterns and paths care about. */
const TWISTS: readonly ((name: string) => string)[] = [
  ...['2', '.x', '-', '_', '.', '..', '0', 'a', '.acme', '-incoming', '--', 'é'].map((end) => (name: string) => name + end),
  (name) => name.slice(0, -1), (name) => `x${name}`, (name) => name.replace(/.$/, '.'), (name) => name + name,
  (name) => `${name}/sub`, (name) => `${name}*`, (name) => `${name}?`, (name) => name.toUpperCase(), (name) => `../${name}`,
];

/** Where partners have their files: below one folder, at the top of the bucket, or deeper. */
const BASES = ['partners/', '', 'a/partners/', 'partners/partners/'];

/** Who a partner is, and where below the base of all it has its files. */
export interface Named { readonly name: string; readonly folder: string }

/** Below what the partners have their files that are added at run time, and share one role. */
const AT_RUN_TIME = 'runtime';

/** A partner that is added at run time, by number, and with what its role may reach. */
export function runtimePartner({ name, folder }: Named, access: number): Partner {
  const make = ACCESSES[access % ACCESSES.length];
  return { name, keys: [], directories: make(`${AT_RUN_TIME}/${folder}`), shared: make(AT_RUN_TIME) };
}

/** The partner that these, an access and a base make, by number; legal or not. */
export function partner({ name, folder }: Named, access: number, base: number): Partner {
  return { name, keys: [], directories: ACCESSES[access % ACCESSES.length](BASES[base % BASES.length] + folder) };
}

/** A partner, and one made to be taken for it. An odd number for each, so that whoever counts in fours gets all combinations. */
export function* twisted(each: Iterable<string>): Generator<readonly [Named, Named]> {
  for (const name of each) {
    const plain = { name, folder: name };
    yield [plain, plain];
    const others = [{ name: 'nested', folder: `${name}/nested` }, ...TWISTS.map((twist) => ({ name: twist(name), folder: twist(name) }))];
    for (const other of others) yield* [[plain, other], [other, plain]] as const;
  }
}

/** Always the same names, of every length that there is. */
export function* names(): Generator<string> {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789_.-';
  yield* ['acme', 'abc', 'a..b', 'x-1', '000', 'partners', 'incoming', 'sub', 'proto__', 'a'.repeat(99), 'b'.repeat(100)];
  // A linear congruential generator (Numerical Recipes, 7.1): which names there are matters little, that they stay the same does.
  let state = 1;
  const next = (below: number) => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return Math.floor(state / 2 ** 16) % below;
  };
  while (true) yield alphabet[next(36)] + Array.from({ length: 2 + next(98) }, () => alphabet[next(alphabet.length)]).join('');
}
