import { createHmac, hash } from 'node:crypto';

/** What is signed, in pieces that are joined as bytes; text is UTF-8. */
export type Content = readonly (Buffer | string)[];

/** Hashes of HMAC, and how many bytes they take at a time (FIPS 180-4, 1, figure 1). */
const BLOCK_BYTES = { sha1: 64, sha256: 64, sha512: 128 };

export type MacHash = keyof typeof BLOCK_BYTES;

/** Of text as short as a time or an id a call into the runtime takes longer than a look at each character. */
const BRIEF_LENGTH = 48;

/** Longer content is not copied. */
const SHORT_BYTES = 8 * 1024;

/** Content of at most that, behind a block. Everything here is done before anything else runs, so one is enough. */
const SHORT = Buffer.alloc(BLOCK_BYTES.sha512 + SHORT_BYTES);

/** The two blocks that a key becomes (RFC 2104, 2). */
interface Pads {
  readonly inner: Buffer;
  readonly outer: Buffer;
}

const PADS: Readonly<Record<MacHash, WeakMap<Buffer, Pads>>> = { sha1: new WeakMap(), sha256: new WeakMap(), sha512: new WeakMap() };

/**
 * The HMAC (RFC 2104) of the content. The secret must not be changed after its first use.
 *
 * `createHmac` makes a stream for each content, and `digest` memory of its own: with 1 kB that is as long as the hashing. `hash` makes neither,
 * so of short content the two hashes that an HMAC is are taken by it.
 */
export function macOf(name: MacHash, secret: Buffer, content: Content): Buffer {
  const { inner, outer } = PADS[name].get(secret) ?? padsOf(name, secret);
  const end = tryFill(inner, content);
  if (end === undefined) return longMac(name, secret, content);
  const middle = hash(name, SHORT.subarray(0, end), 'binary');
  outer.write(middle, inner.length, 'latin1');
  return bytesOf(hash(name, outer, 'binary'));
}

/** Bytes in memory that is shared, from a character for each. */
function bytesOf(latin1: string): Buffer {
  return Buffer.from(latin1, 'latin1');
}

/** Puts block and content into `SHORT`, and says where they end; undefined if they may not fit. */
function tryFill(block: Buffer, content: Content): number | undefined {
  SHORT.set(block);
  let end = block.length;
  for (const piece of content) {
    // A character of text is three bytes at most (RFC 3629, 3), or half of four.
    if (end + piece.length * (typeof piece === 'string' ? 3 : 1) > SHORT.length) return undefined;
    if (typeof piece === 'string') {
      end = piece.length <= BRIEF_LENGTH ? fillBrief(piece, end) : end + SHORT.write(piece, end);
    } else {
      SHORT.set(piece, end);
      end += piece.length;
    }
  }
  return end;
}

/** Puts a few characters behind what is there, and says where they end. */
function fillBrief(text: string, start: number): number {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) return start + SHORT.write(text, start);
    SHORT[start + index] = code;
  }
  return start + text.length;
}

function longMac(name: MacHash, secret: Buffer, content: Content): Buffer {
  const mac = createHmac(name, secret);
  for (const piece of content) mac.update(piece);
  return bytesOf(mac.digest('binary'));
}

function padsOf(name: MacHash, secret: Buffer): Pads {
  const block = BLOCK_BYTES[name];
  const key = secret.length > block ? hash(name, secret, 'buffer') : secret;
  const digest = hash(name, '', 'buffer');
  const padded = Buffer.concat([key, Buffer.alloc(block - key.length)]);
  /* eslint-disable no-bitwise */
  const inner = Buffer.from(padded.map((byte) => byte ^ 0x36));
  const outer = Buffer.from(padded.map((byte) => byte ^ 0x5c));
  /* eslint-enable no-bitwise */
  const pads = { inner, outer: Buffer.concat([outer, digest]) };
  PADS[name].set(secret, pads);
  return pads;
}
