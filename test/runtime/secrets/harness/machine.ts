import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Call, clientOf } from './service';
import { BEARER_HOLDER, CHEAP, holderOf, isStored, KEY_PREFIX, MAC_KEY_ARN, PLAN_KEY_ID, StoredStrategy, TABLE_NAME, USER_NAME } from './stored-credentials';
import { bytesOf, DAY, NOW, OVERLAP, SECRET_ARN, Strategy, USAGE_PLAN_IDS } from './world';
import type { Adapter } from '../../../../src/runtime/secrets/adapter';
import * as apiKeys from '../../../../src/runtime/secrets/api-key';
import * as rotators from '../../../../src/runtime/secrets/rotator';
import * as stores from '../../../../src/runtime/secrets/secret-store';
import * as sftpPasswords from '../../../../src/runtime/secrets/sftp-password';
import * as storedBearerKeys from '../../../../src/runtime/secrets/stored-bearer-key';
import * as storedCredentials from '../../../../src/runtime/secrets/stored-credential';
import * as webhookSecrets from '../../../../src/runtime/secrets/webhook-secret';

/** The code of the machine; a mutant has the same shape. */
export interface Machine {
  readonly apiKey: typeof apiKeys.apiKey;
  readonly rotator: typeof rotators.rotator;
  readonly SecretStore: typeof stores.SecretStore;
  readonly sftpPassword: typeof sftpPasswords.sftpPassword;
  readonly storedBearerKey: typeof storedBearerKeys.storedBearerKey;
  readonly storedCredential: typeof storedCredentials.storedCredential;
  readonly webhookSecret: typeof webhookSecrets.webhookSecret;
}

export const MACHINE: Machine = { ...apiKeys, ...rotators, ...stores, ...sftpPasswords, ...storedBearerKeys, ...storedCredentials, ...webhookSecrets };

export type LogEntry = Readonly<Record<string, string>>;

/** What one execution environment has. */
export interface Surroundings {
  readonly answer: (call: Call) => Promise<unknown>;
  readonly log: (entry: LogEntry) => void;
  readonly nonce: number;
  readonly usagePlanIds?: readonly string[];
}

/** The handler as the bundle builds it, with AWS, chance and clock from outside. */
export function handlerOf(machine: Machine, strategy: Strategy, { answer, log, nonce, usagePlanIds = USAGE_PLAN_IDS }: Surroundings) {
  const randomBytes = bytesOf(nonce);
  return machine.rotator(
    { secretArn: SECRET_ARN, overlapMilliseconds: OVERLAP, maxAgeMilliseconds: 30 * DAY },
    { store: new machine.SecretStore(clientOf(answer), SECRET_ARN), adapter: adapter(), now, log },
  );

  function adapter(): Adapter {
    if (strategy === 'webhook-secret') return machine.webhookSecret(randomBytes);
    if (isStored(strategy)) return storedAdapterOf(machine, strategy, answer, randomBytes);
    return machine.apiKey({ secretArn: SECRET_ARN, usagePlanIds, client: clientOf(answer), randomBytes, now, pause: async () => undefined, looks: 2 });
  }
}

const now = () => NOW;

function storedAdapterOf(machine: Machine, strategy: StoredStrategy, answer: Surroundings['answer'], randomBytes: (size: number) => Buffer): Adapter {
  const table = { secretArn: SECRET_ARN, tableName: TABLE_NAME, holder: holderOf(strategy), client: clientOf<DynamoDBClient>(answer), now };
  return strategy === 'sftp-password'
    ? machine.storedCredential({ ...table, kind: machine.sftpPassword({ userName: USER_NAME, randomBytes, cost: CHEAP }) })
    : machine.storedCredential({
      ...table,
      kind: machine.storedBearerKey({
        holder: BEARER_HOLDER, prefix: KEY_PREFIX, macKeyArn: MAC_KEY_ARN, planKeyId: PLAN_KEY_ID, kms: clientOf(answer), gateway: clientOf(answer), randomBytes,
      }),
    });
}
