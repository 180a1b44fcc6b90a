import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { AWSCURRENT, AWSPREVIOUS } from '../../secrets/secret-state';
import { nameOf } from '../../shared/error-name';
import { readSigningKey, SigningKey } from '../signing-keys';

/** Shorter than any overlap of a rotation: a key that is no longer current is still accepted while it is used here. */
const KEEP_MILLISECONDS = 300_000;

/** Secrets that are kept; there is one for each endpoint. */
const MAX_KEPT = 1000;

interface Kept { readonly keys: readonly SigningKey[]; readonly until: number }

/** Keys of endpoints, from Secrets Manager, kept in memory for five minutes. */
export class KeyStore {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly client: Pick<SecretsManagerClient, 'send'>) {}

  /** The keys to sign with: the current one and, while a rotation overlaps, the previous one. Throws if there is no current one. */
  public async keysOf(secretArn: string, now: number): Promise<readonly SigningKey[]> {
    const known = this.kept.get(secretArn);
    if (known && now < known.until) return known.keys;
    const [current, previous] = await Promise.all([this.read(secretArn, AWSCURRENT), this.tryRead(secretArn, AWSPREVIOUS)]);
    const keys = previous ? [current, previous] : [current];
    if (this.kept.size >= MAX_KEPT) this.kept.clear();
    this.kept.set(secretArn, { keys, until: now + KEEP_MILLISECONDS });
    return keys;
  }

  private async read(secretArn: string, stage: string): Promise<SigningKey> {
    const { SecretString = '' } = await this.client.send(new GetSecretValueCommand({ SecretId: secretArn, VersionStage: stage }));
    return readSigningKey(SecretString);
  }

  /** A secret that never rotated has no previous version; what was there before the first rotation, a placeholder for example, may be no key. */
  private async tryRead(secretArn: string, stage: string): Promise<SigningKey | undefined> {
    try {
      return await this.read(secretArn, stage);
    } catch (error) {
      if (['ResourceNotFoundException', 'KeyError'].includes(nameOf(error))) return undefined;
      throw error;
    }
  }
}
