/** Why a delivery is refused, as the log names it. The list is closed, so a reason can never carry what a sender wrote. */
export const REASONS = [
  'source-not-allowed',
  'body-too-large',
  'header-too-large',
  'missing-header',
  'duplicate-header',
  'malformed-header',
  'malformed-url',
  'malformed-body',
  'malformed-id',
  'malformed-timestamp',
  'stale',
  'premature',
  'malformed-signature',
  'too-many-signatures',
  'unsupported-algorithm',
  'not-covered',
  'digest-mismatch',
  'key-not-allowed',
  'unknown-key',
  'no-usable-key',
  'forged',
  'not-allowed',
] as const;

export type Reason = typeof REASONS[number];

/** The delivery is not to be acted on. `no-usable-key` is our fault, and `unknown-key` may be: answer 503, so that the sender tries again. */
export class Refused {
  public readonly outcome = 'refused';

  constructor(public readonly reason: Reason) {}
}

/**
 * How much of the body the signature vouches for.
 *
 * - `body`: every byte.
 * - `fields`: the values of some fields; act on no others.
 * - `checksum`: a CRC, for which anyone can make another body; fetch the resource from the sender before acting.
 * - `none`: nothing; the request merely knew a password.
 */
export type Integrity = 'body' | 'fields' | 'checksum' | 'none';

/** The key that verified a delivery, named without showing it. */
export interface MatchedKey {
  /** Its place among the keys that were tried. */
  readonly index: number;
  readonly id?: string;
}

/** The delivery comes from a holder of the key, and is of now if its scheme can tell. */
export interface Genuine {
  readonly outcome: 'genuine';
  /**
   * `id:` and an identifier that the signature covers, or `sha256:` and the hash of what was signed.
   *
   * Never made from an unsigned header, which a replay can change, nor from the signature, which can be changed without its key for ECDSA.
   * For a scheme of integrity `none` it is the hash of the body, which a holder of the password may vary.
   */
  readonly dedupeKey: string;
  readonly key: MatchedKey;
  readonly integrity: Integrity;
  /** When the sender signed, in seconds since the Unix epoch, if the signature covers that. */
  readonly signedAtSeconds?: number;
}

export type Verdict = Genuine | Refused;

/** What is known of a genuine delivery at once. */
export type Evidence = Pick<Genuine, 'key' | 'integrity' | 'signedAtSeconds'>;

/**
 * A genuine delivery. Its dedupe key is made when it is first read: that takes another pass over the body, which costs as much as verifying it
 * or, where the identifier is in JSON, several times as much.
 */
export function genuine({ key, integrity, signedAtSeconds }: Evidence, identify: () => string): Genuine {
  return new Accepted(key, integrity, signedAtSeconds, identify);
}

/** A getter of a class is made once, and one of an object for each delivery. */
class Accepted implements Genuine {
  public readonly outcome = 'genuine';
  #dedupeKey: string | undefined;
  readonly #identify: () => string;

  constructor(
    public readonly key: MatchedKey,
    public readonly integrity: Integrity,
    public readonly signedAtSeconds: number | undefined,
    identify: () => string,
  ) {
    this.#identify = identify;
  }

  public get dedupeKey(): string {
    return this.#dedupeKey ??= this.#identify();
  }
}
