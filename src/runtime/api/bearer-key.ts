import { createHash } from 'node:crypto';

/** Which key it is: no secret, and fit for a log. */
export interface BearerKeyId {
  /** Says whose kind of key it is, for people and for scanners that look for leaked ones. */
  readonly prefix: string;
  /** Whose key it is; the same through all rotations. */
  readonly holder: string;
  /** Which of the holder's keys it is. */
  readonly credential: string;
}

/** The parts of a scoped key, as its holder sends it: `<prefix>_<holder><credential>_<secret>`. */
export interface BearerKey extends BearerKeyId {
  /** Proves that the holder is the holder. */
  readonly secret: string;
}

/** 256 bits, so that no one finds a key by trying. */
const SECRET_BYTES = 32;
/** 32 bits tell a mistyped key, or an accidental match of a scanner, from a key. */
const CHECKSUM_DIGITS = 8;

/** What a prefix is. */
export const BEARER_KEY_PREFIX = /^[a-z][a-z0-9]{1,15}$/;
/** 40 bits: among ten thousand holders, two are the same with a chance of one in twenty thousand; so too among one holder's credentials. */
export const BEARER_KEY_HOLDER = /^[0-9a-f]{10}$/;
const KEY = new RegExp(`^([a-z][a-z0-9]{1,15})_([0-9a-f]{10})([0-9a-f]{10})_([0-9a-f]{${2 * SECRET_BYTES}})([0-9a-f]{${CHECKSUM_DIGITS}})$`);

/** Makes the key of that id; throws for an id that could not be read back. */
export function generateBearerKey({ prefix, holder, credential }: BearerKeyId, randomBytes: (size: number) => Buffer): BearerKey {
  if (!BEARER_KEY_PREFIX.test(prefix)) throw new Error('the prefix must be 2 to 16 lower-case letters and digits, a letter first');
  if (!BEARER_KEY_HOLDER.test(holder) || !BEARER_KEY_HOLDER.test(credential)) throw new Error('the holder and the credential must be 10 lower-case hexadecimal digits each');
  return { prefix, holder, credential, secret: randomBytes(SECRET_BYTES).toString('hex') };
}

/** Writes a key as its holder sends it; the last eight characters are the checksum. */
export function writeBearerKey(key: BearerKey): string {
  const body = bodyOf(key);
  return body + checksum(body);
}

/** Reads a key; undefined for anything else, so that a look-up is made only for what could be one. */
export function tryReadBearerKey(text: string): BearerKey | undefined {
  const [, prefix, holder, credential, secret, sum] = KEY.exec(text) ?? [];
  if (sum === undefined) return undefined;
  const key = { prefix, holder, credential, secret };
  return checksum(bodyOf(key)) === sum ? key : undefined;
}

/**
 * What AWS KMS makes and verifies a MAC of (`GenerateMac`, `VerifyMac`): all of a key but its checksum.
 *
 * The MAC is stored in place of the key. The MAC key never leaves KMS, so whoever reads the table can neither use a key nor check a guess.
 * Prefix and id are in the message too, so that the MAC of one row is worth nothing in another.
 */
export function macMessageOf(key: BearerKey): Buffer {
  return Buffer.from(bodyOf(key), 'utf8');
}

function bodyOf({ prefix, holder, credential, secret }: BearerKey): string {
  return `${prefix}_${holder}${credential}_${secret}`;
}

function checksum(body: string): string {
  return createHash('sha256').update(body).digest('hex').slice(0, CHECKSUM_DIGITS);
}
