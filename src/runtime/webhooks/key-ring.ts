import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { KeyError, KeyFormat } from './key-formats';
import type { Key } from './keys';
import { readSecret, SecretContent } from './secret-content';
import { nameOf } from '../shared/error-name';

/** Where the keys of a sender are, and how long they may be used. */
export interface KeyRingOptions {
  readonly client: Pick<SecretsManagerClient, 'send'>;
  readonly secretArn: string;
  readonly format: KeyFormat;
  /** How long the previous key is taken after somebody put the current one. That of a `secrets.RotatingSecret` is taken while it has its label. */
  readonly overlapMilliseconds: number;
  /** How old the current key may be before it is said each time that keys are read; for keys that nothing else replaces. */
  readonly maxAgeMilliseconds?: number;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  readonly log: (entry: Readonly<Record<string, string>>) => void;
}

/** How long keys are used without another look. */
const FRESH_MILLISECONDS = 5 * 60_000;

/** Whoever sends forgeries has keys read again no more often than this. */
const REFRESH_MILLISECONDS = 30_000;

/** A version; `createdAt` in milliseconds since the Unix epoch. */
interface Version extends SecretContent { readonly createdAt: number }

/**
 * The current key of a sender and the previous one.
 *
 * Keys that cannot be read throw, and no old ones take their place: a key that was revoked must not outlive its cache because Secrets Manager
 * is away.
 */
export class KeyRing {
  private keys: readonly Key[] = [];
  private loadedAt = -Infinity;
  private triedAt = -Infinity;
  private loading: Promise<readonly Key[]> | undefined;

  constructor(private readonly options: KeyRingOptions) {}

  /** Keys that were read within five minutes. */
  public async current(): Promise<readonly Key[]> {
    return this.isWithin(FRESH_MILLISECONDS, this.loadedAt) ? this.keys : this.loadOnce();
  }

  /** Keys read anew, for a delivery that none of the known ones verifies; undefined if those are no older than half a minute. */
  public async tryRefresh(): Promise<readonly Key[] | undefined> {
    if (!this.isWithin(REFRESH_MILLISECONDS, this.triedAt)) return this.loadOnce();
    if (this.loadedAt !== this.triedAt) throw new Error('the keys could not be read a moment ago');
    return undefined;
  }

  private isWithin(milliseconds: number, then: number): boolean {
    const age = this.options.now() - then;
    return age >= 0 && age < milliseconds;
  }

  /** Whoever asks while keys are being read waits for those. */
  private loadOnce(): Promise<readonly Key[]> {
    return this.loading ??= this.load().finally(() => { this.loading = undefined; });
  }

  private async load(): Promise<readonly Key[]> {
    const now = this.options.now();
    this.triedAt = now;
    const current = await this.versionOf('AWSCURRENT');
    const previous = await this.versionOf('AWSPREVIOUS');
    this.keys = [...current?.keys ?? [], ...current && previous && this.isOverlapping(current, previous, now) ? previous.keys : []];
    this.loadedAt = now;
    if (current) this.tellAge(current, now);
    return this.keys;
  }

  /**
   * A rotation may make a version current an hour after it was created, or somebody may move the label back: only whoever rotates knows when an
   * overlap ends, and takes the label off. Nobody takes it off a version that was replaced by hand.
   */
  private isOverlapping(current: Version, previous: Version, now: number): boolean {
    return current.isRotated || now < Math.max(current.createdAt, previous.createdAt) + this.options.overlapMilliseconds;
  }

  /** An old key verifies what it did before: to refuse it would lose deliveries, and nothing of it is known but its age. */
  private tellAge({ createdAt }: Version, now: number): void {
    const { maxAgeMilliseconds = Infinity, log } = this.options;
    if (now - createdAt > maxAgeMilliseconds) log({ outcome: 'overdue-key' });
  }

  private async versionOf(stage: 'AWSCURRENT' | 'AWSPREVIOUS'): Promise<Version | undefined> {
    const { client, secretArn, format, log } = this.options;
    try {
      const { SecretString, CreatedDate } = await client.send(new GetSecretValueCommand({ SecretId: secretArn, VersionStage: stage }));
      return { ...readSecret(SecretString ?? '', format), createdAt: CreatedDate?.getTime() ?? -Infinity };
    } catch (error) {
      if (stage === 'AWSPREVIOUS' && nameOf(error) === 'ResourceNotFoundException') return undefined;
      if (!(error instanceof KeyError)) throw error;
      log({ outcome: 'unusable-key', stage }); // deliveries are answered with 503 if it leaves no other
      return undefined;
    }
  }
}
