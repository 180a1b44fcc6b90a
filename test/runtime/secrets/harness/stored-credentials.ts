import { createHash, createHmac, scryptSync } from 'node:crypto';
import { Item } from './fake-table';
import { Input, ServiceError } from './service';
import { generatePassword } from '../../../../src/runtime/secrets/password';

/** Kinds of secrets whose credentials a table vouches for. */
export type StoredStrategy = 'bearer-key' | 'sftp-password';

export const TABLE_NAME = 'credentials';
export const USER_NAME = 'acme.edi';
export const BEARER_HOLDER = '0a1b2c3d4e';
export const KEY_PREFIX = 'acme';
export const MAC_KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f';
export const PLAN_KEY_ID = 'meter01';
export const PLAN_KEY = 'value-of-the-metering-key';

/** As cheap as scrypt can be, since a search computes it ten thousand times. */
export const CHEAP = { log2N: 1, r: 1, p: 1 };

export const isStored = (strategy: string): strategy is StoredStrategy => strategy === 'bearer-key' || strategy === 'sftp-password';

export const holderOf = (strategy: StoredStrategy) => strategy === 'bearer-key' ? BEARER_HOLDER : USER_NAME;

type Bytes = (size: number) => Buffer;

/** The credential that is made of such bytes. */
export function credentialFrom(strategy: StoredStrategy, secretArn: string, version: string, bytes: Bytes): string {
  if (strategy === 'sftp-password') return generatePassword(bytes);
  const body = `${KEY_PREFIX}_${BEARER_HOLDER}${idOf(secretArn, version)}_${bytes(32).toString('hex')}`;
  return body + createHash('sha256').update(body).digest('hex').slice(0, 8);
}

/** What the secret holds for a version. */
export function storedContentOf(strategy: StoredStrategy, secretArn: string, version: string, bytes: Bytes): string {
  const credential = credentialFrom(strategy, secretArn, version, bytes);
  return JSON.stringify(strategy === 'bearer-key' ? { key: credential, kid: version } : { username: USER_NAME, password: credential, kid: version });
}

/** A row as the function writes it. */
export function rowOf(strategy: StoredStrategy, secretArn: string, version: string, bytes: Bytes, createdAt: number): Item {
  const credential = credentialFrom(strategy, secretArn, version, bytes);
  return {
    holder: { S: holderOf(strategy) },
    credential: { S: idOf(secretArn, version) },
    secretArn: { S: secretArn },
    version: { S: version },
    createdAt: { N: String(createdAt) },
    verifier: { S: strategy === 'bearer-key' ? macOf(Buffer.from(credential.slice(0, -8))) : scrypted(credential, bytes(16), CHEAP) },
    ...strategy === 'bearer-key' ? { planKey: { S: PLAN_KEY } } : {},
  };
}

/** Whether whoever checks credentials by the table lets in a consumer with that content. */
export function isLetIn(items: readonly Item[], content: string): boolean {
  const { key, username, password } = JSON.parse(content) as Record<string, string | undefined>;
  return items.filter(({ disabledAt }) => disabledAt === undefined).some(({ holder, credential, verifier, planKey }) => {
    if (key !== undefined) {
      const id = key.split('_')[1];
      return id === `${holder.S}${credential.S}` && planKey?.S === PLAN_KEY && verifier.S === macOf(Buffer.from(key.slice(0, -8)));
    }
    const [, log2N, r, p, salt] = verifier.S!.split('$');
    return password !== undefined && holder.S === username
      && verifier.S === scrypted(password, Buffer.from(salt, 'base64url'), { log2N: Number(log2N), r: Number(r), p: Number(p) });
  });
}

/** AWS KMS with its one key. */
export function callKms(operation: string, input: Input): Record<string, unknown> {
  if (input.KeyId !== MAC_KEY_ARN) throw new ServiceError('NotFoundException');
  if (operation !== 'GenerateMac' || input.MacAlgorithm !== 'HMAC_SHA_256') throw new Error(`the fake does not know ${operation}`);
  return { KeyId: MAC_KEY_ARN, MacAlgorithm: 'HMAC_SHA_256', Mac: macOf(Buffer.from(String(input.Message), 'base64')) };
}

/** The key of API Gateway that meters; it is there before any rotation, and stays. */
export function meteringKey(id: unknown): Record<string, unknown> {
  if (id !== PLAN_KEY_ID) throw new ServiceError('NotFoundException');
  return { id: PLAN_KEY_ID, value: PLAN_KEY, enabled: true };
}

const macOf = (message: Buffer) => createHmac('sha256', 'the key that never leaves KMS').update(message).digest('base64');

const idOf = (secretArn: string, version: string) => createHash('sha256').update(`${secretArn}\n${version}`).digest('hex').slice(0, 10);

const computed = new Map<string, string>();

/** Remembers what it computed: a world is looked at after each call. */
function scrypted(password: string, salt: Buffer, { log2N, r, p }: typeof CHEAP): string {
  const name = [password, salt.toString('hex'), log2N, r, p].join();
  const hash = computed.get(name) ?? scryptSync(password, salt, 32, { N: 2 ** log2N, r, p, maxmem: 2 ** 27 }).toString('base64url');
  computed.set(name, hash);
  return ['scrypt', log2N, r, p, salt.toString('base64url'), hash].join('$');
}
