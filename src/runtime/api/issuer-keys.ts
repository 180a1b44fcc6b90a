import { discoverJwksUri } from './discovery';
import type { FetchJson } from './https-json';
import type { Issuer } from './issuers';
import { readKeySet, VerificationKey } from './key-set';
import { Unavailable } from './unavailable';

/** What fetching keys needs of the world. */
export interface KeyPorts {
  readonly fetchJson: FetchJson;
  now(): Date;
  /** Writes one line to the log; never what a request chose: no token, no header, no claim. */
  log(entry: Readonly<Record<string, string>>): void;
}

/** Keys older than this are fetched again, so a key that the issuer removed verifies nothing from then on. */
const MAX_AGE_MILLISECONDS = 10 * 60 * 1000;

/**
 * Keys older than this are not used, whatever the reason.
 *
 * It bounds how long a removed key works while the issuer cannot be reached. Access tokens live for an hour at most as a rule, so an issuer
 * that was away for longer has no valid ones left that its old keys could verify.
 */
const MAX_STALE_MILLISECONDS = 60 * 60 * 1000;

/** Between two attempts to fetch. Bounds what unknown key ids and a failing issuer cost: both the issuer, and callers in waiting time. */
const MIN_INTERVAL_MILLISECONDS = 10 * 1000;

/** The issuer's keys could not be fetched, and there are none to fall back on. */
export class KeysUnavailable extends Unavailable {
  public override readonly name = 'KeysUnavailable';

  constructor(issuer: string, options?: ErrorOptions) {
    super('keys-unavailable', issuer, 'the keys of the issuer are not available', options);
  }
}

/**
 * The keys of one issuer, as long as this execution environment lives.
 *
 * Fetched at the first use, again when 10 minutes old or when a token names a key that is not among them, and never more often than once in
 * 10 seconds. While fetching fails, keys of less than an hour are used. Calls at the same time share one fetch.
 */
export class IssuerKeys {
  private keys: readonly VerificationKey[] = [];
  private fetchedAt = -Infinity;
  private attemptedAt = -Infinity;
  private attempt?: Promise<void>;
  private failure?: ErrorOptions;

  constructor(private readonly issuer: Issuer, private readonly ports: KeyPorts) {}

  /**
   * Keys with that id, more than one if the issuer uses an id for several types; none if the issuer does not have it.
   *
   * @throws KeysUnavailable if fetching failed and that could be why there is none.
   */
  public async withId(kid: string): Promise<readonly VerificationKey[]> {
    if (this.since(this.fetchedAt) >= MAX_AGE_MILLISECONDS) await this.refresh();
    if (this.since(this.fetchedAt) >= MAX_STALE_MILLISECONDS) throw new KeysUnavailable(this.issuer.issuer, this.failure);
    if (!this.known(kid).length) {
      await this.refresh();
      if (this.failure && !this.known(kid).length) throw new KeysUnavailable(this.issuer.issuer, this.failure);
    }
    return this.known(kid);
  }

  private known(kid: string): readonly VerificationKey[] {
    return this.keys.filter((key) => key.kid === kid);
  }

  private async refresh(): Promise<void> {
    if (!this.attempt && this.since(this.attemptedAt) < MIN_INTERVAL_MILLISECONDS) return;
    this.attempt ??= this.fetch().finally(() => { this.attempt = undefined; });
    await this.attempt;
  }

  private async fetch(): Promise<void> {
    this.attemptedAt = this.ports.now().getTime();
    try {
      const uri = this.issuer.jwksUri ?? await discoverJwksUri(this.issuer.issuer, this.ports.fetchJson);
      this.keys = readKeySet(await this.ports.fetchJson(uri));
      this.fetchedAt = this.attemptedAt;
      this.failure = undefined;
    } catch (cause) {
      this.failure = { cause };
      this.ports.log({ outcome: 'fault', reason: 'keys-not-fetched', issuer: this.issuer.issuer, detail: (cause as Error).message });
    }
  }

  /** Milliseconds between then and now; a clock that was set back makes no key young. */
  private since(then: number): number {
    return Math.abs(this.ports.now().getTime() - then);
  }
}
