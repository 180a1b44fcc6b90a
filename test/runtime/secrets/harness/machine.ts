import { ELSEWHERE } from './elsewhere';
import { Call, clientOf } from './service';
import { bytesOf, DAY, NOW, OVERLAP, SECRET_ARN, Strategy, USAGE_PLAN_IDS } from './world';
import * as apiKeys from '../../../../src/runtime/secrets/api-key';
import * as clientChecks from '../../../../src/runtime/secrets/cognito-client-check';
import * as clientSecrets from '../../../../src/runtime/secrets/cognito-client-secret';
import * as rotators from '../../../../src/runtime/secrets/rotator';
import * as stores from '../../../../src/runtime/secrets/secret-store';
import * as connectors from '../../../../src/runtime/secrets/sftp-connector-key-pair';
import * as thirdParties from '../../../../src/runtime/secrets/third-party';
import * as webhookSecrets from '../../../../src/runtime/secrets/webhook-secret';

/** The code of the machine; a mutant has the same shape. */
export interface Machine {
  readonly apiKey: typeof apiKeys.apiKey;
  readonly clientCheck: typeof clientChecks.clientCheck;
  readonly cognitoClientSecret: typeof clientSecrets.cognitoClientSecret;
  readonly rotator: typeof rotators.rotator;
  readonly SecretStore: typeof stores.SecretStore;
  readonly sftpConnectorKeyPair: typeof connectors.sftpConnectorKeyPair;
  readonly thirdParty: typeof thirdParties.thirdParty;
  readonly webhookSecret: typeof webhookSecrets.webhookSecret;
}

export const MACHINE: Machine = {
  ...apiKeys, ...clientChecks, ...clientSecrets, ...connectors, ...rotators, ...stores, ...thirdParties, ...webhookSecrets,
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
  const now = () => NOW;
  const store = new machine.SecretStore(clientOf(answer), SECRET_ARN);
  const elsewhere = ELSEWHERE[strategy]?.adapter({ machine, store, answer, randomBytes, now });
  const adapter = elsewhere ?? (strategy === 'webhook-secret' ? machine.webhookSecret(randomBytes) : machine.apiKey({
    secretArn: SECRET_ARN, usagePlanIds, client: clientOf(answer), randomBytes, now, pause: async () => undefined, looks: 2,
  }));
  return machine.rotator(
    { secretArn: SECRET_ARN, overlapMilliseconds: OVERLAP, maxAgeMilliseconds: 30 * DAY },
    { store, adapter, now, log },
  );
}
