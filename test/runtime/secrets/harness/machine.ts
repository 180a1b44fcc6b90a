import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ELSEWHERE } from './elsewhere';
import { Call, clientOf } from './service';
import { BEARER_HOLDER, CHEAP, holderOf, isStored, KEY_PREFIX, MAC_KEY_ARN, PLAN_KEY_ID, StoredStrategy, TABLE_NAME, USER_NAME } from './stored-credentials';
import { bytesOf, DAY, NOW, OVERLAP, SECRET_ARN, Strategy, USAGE_PLAN_IDS } from './world';
import type { Adapter } from '../../../../src/runtime/secrets/adapter';
import * as apiKeys from '../../../../src/runtime/secrets/api-key';
import * as clientChecks from '../../../../src/runtime/secrets/cognito-client-check';
import * as clientSecrets from '../../../../src/runtime/secrets/cognito-client-secret';
import * as rotators from '../../../../src/runtime/secrets/rotator';
import * as stores from '../../../../src/runtime/secrets/secret-store';
import * as connectors from '../../../../src/runtime/secrets/sftp-connector-key-pair';
import * as sftpPasswords from '../../../../src/runtime/secrets/sftp-password';
import * as storedBearerKeys from '../../../../src/runtime/secrets/stored-bearer-key';
import * as storedCredentials from '../../../../src/runtime/secrets/stored-credential';
import * as thirdParties from '../../../../src/runtime/secrets/third-party';
import * as webhookSecrets from '../../../../src/runtime/secrets/webhook-secret';
import * as webhookSigningKeys from '../../../../src/runtime/secrets/webhook-signing-key';

/** The code of the machine; a mutant has the same shape. */
export interface Machine {
  readonly apiKey: typeof apiKeys.apiKey;
  readonly clientCheck: typeof clientChecks.clientCheck;
  readonly cognitoClientSecret: typeof clientSecrets.cognitoClientSecret;
  readonly rotator: typeof rotators.rotator;
  readonly SecretStore: typeof stores.SecretStore;
  readonly sftpConnectorKeyPair: typeof connectors.sftpConnectorKeyPair;
  readonly sftpPassword: typeof sftpPasswords.sftpPassword;
  readonly storedBearerKey: typeof storedBearerKeys.storedBearerKey;
  readonly storedCredential: typeof storedCredentials.storedCredential;
  readonly thirdParty: typeof thirdParties.thirdParty;
  readonly webhookSecret: typeof webhookSecrets.webhookSecret;
  readonly webhookSigningKey: typeof webhookSigningKeys.webhookSigningKey;
}

export const MACHINE: Machine = {
  ...apiKeys,
  ...clientChecks,
  ...clientSecrets,
  ...connectors,
  ...rotators,
  ...stores,
  ...sftpPasswords,
  ...storedBearerKeys,
  ...storedCredentials,
  ...thirdParties,
  ...webhookSecrets,
  ...webhookSigningKeys,
};

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
  const store = new machine.SecretStore(clientOf(answer), SECRET_ARN);
  return machine.rotator(
    { secretArn: SECRET_ARN, overlapMilliseconds: OVERLAP, maxAgeMilliseconds: 30 * DAY },
    { store, adapter: adapter(), now, log },
  );

  function adapter(): Adapter {
    if (strategy === 'webhook-secret') return machine.webhookSecret(randomBytes);
    if (strategy === 'webhook-signing-key') return machine.webhookSigningKey(randomBytes);
    if (ELSEWHERE[strategy]) return ELSEWHERE[strategy].adapter({ machine, store, answer, randomBytes, now });
    if (isStored(strategy)) return storedAdapterOf(machine, strategy, answer, randomBytes);
    return machine.apiKey({
      secretArn: SECRET_ARN, usagePlanIds, client: clientOf(answer), randomBytes, now, pause: async () => undefined, looks: 2,
    });
  }
}

const now = () => NOW;

type Random = (size: number) => Buffer;

function storedAdapterOf(machine: Machine, strategy: StoredStrategy, answer: Surroundings['answer'], randomBytes: Random): Adapter {
  const table = { secretArn: SECRET_ARN, tableName: TABLE_NAME, holder: holderOf(strategy), client: clientOf<DynamoDBClient>(answer), now };
  return strategy === 'sftp-password'
    ? machine.storedCredential({ ...table, kind: machine.sftpPassword({ userName: USER_NAME, randomBytes, cost: CHEAP }) })
    : machine.storedCredential({
      ...table,
      kind: machine.storedBearerKey({
        holder: BEARER_HOLDER,
        prefix: KEY_PREFIX,
        macKeyArn: MAC_KEY_ARN,
        planKeyId: PLAN_KEY_ID,
        kms: clientOf(answer),
        gateway: clientOf(answer),
        randomBytes,
      }),
    });
}
