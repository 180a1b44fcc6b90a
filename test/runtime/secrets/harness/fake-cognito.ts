import { createHmac } from 'node:crypto';
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { bytesOf, DAY, NOW } from './constants';
import type { Elsewhere } from './elsewhere';
import { clientOf, Input, ServiceError } from './service';
import type { World } from './world';

export const USER_POOL_ID = 'eu-west-1_AbCdEf123';
export const CLIENT_ID = '1h57kf5cpq17m0eml12EXAMPLE';

/** An app client as Cognito keeps it; its values are never listed. */
export interface AppClient {
  secrets: Array<{ id: string; value: string; created: number }>;
  /** How many there have ever been: an id has the time of creation in it, so none comes twice. */
  made: number;
}

export const appClientOf = (world: World) => world.elsewhere as AppClient;

const secretOf = (number: number, value: string) => ({ id: `${CLIENT_ID}--${1_790_000_000 + number}`, value, created: NOW - DAY });
const valueOf = (nonce: number) => bytesOf(nonce)(32).toString('hex');

/** Answers as Cognito does for the secrets of one client (API Reference of each operation): two at most, and never none. */
function call(world: World, operation: string, input: Input): Record<string, unknown> {
  if (input.ClientId !== CLIENT_ID) throw new ServiceError('ResourceNotFoundException');
  const client = appClientOf(world);
  const { secrets } = client;
  switch (operation) {
    case 'ListUserPoolClientSecrets':
      return { ClientSecrets: secrets.map(({ id, created }) => ({ ClientSecretId: id, ClientSecretCreateDate: created })) };
    case 'AddUserPoolClientSecret': {
      if (secrets.length >= 2) throw new ServiceError('LimitExceededException', `cannot add ${String(input.ClientSecret)}`);
      const { id } = secretOf(client.made++, '');
      secrets.push({ id, value: input.ClientSecret as string, created: NOW });
      return { ClientSecretDescriptor: { ClientSecretId: id, ClientSecretCreateDate: NOW } };
    }
    case 'DeleteUserPoolClientSecret': {
      const index = secrets.findIndex(({ id }) => id === input.ClientSecretId);
      if (index < 0) throw new ServiceError('ResourceNotFoundException');
      if (secrets.length === 1) throw new ServiceError('InvalidParameterException', 'cannot delete the last secret');
      secrets.splice(index, 1);
      return {};
    }
    case 'InitiateAuth': {
      const { USERNAME, SECRET_HASH } = input.AuthParameters as Record<string, string>;
      const hashes = secrets.map(({ value }) => createHmac('sha256', value).update(USERNAME + CLIENT_ID).digest('base64'));
      throw new ServiceError(hashes.includes(SECRET_HASH) ? 'UserNotFoundException' : 'NotAuthorizedException', `cannot verify ${SECRET_HASH}`);
    }
    default:
      throw new Error(`the fake does not know ${operation}`);
  }
}

export const COGNITO: Elsewhere = {
  settled: (): AppClient => ({ secrets: [secretOf(0, valueOf(0))], made: 1 }),
  fresh: (): AppClient => ({ secrets: [secretOf(0, 'made by Cognito with the client')], made: 1 }),
  contentOf: (version, nonce) => JSON.stringify({ clientId: CLIENT_ID, clientSecret: valueOf(nonce), kid: version }),
  call,
  works(world, version) {
    const { clientSecret } = JSON.parse(world.secret.versions[version]?.content ?? '{}') as { clientSecret?: string };
    return appClientOf(world).secrets.some(({ value }) => value === clientSecret);
  },
  isTidy: (world) => appClientOf(world).secrets.length === 1,
  dated: (world) => (world.elsewhere as Partial<AppClient>).secrets ?? [],
  adapter({ machine, store, answer, randomBytes, now }) {
    const client = clientOf<CognitoIdentityProviderClient>(answer);
    return machine.cognitoClientSecret({
      userPoolId: USER_POOL_ID,
      clientId: CLIENT_ID,
      client,
      store,
      randomBytes,
      isAccepted: machine.clientCheck({ clientId: CLIENT_ID, client, fetch, randomBytes }),
      now,
      pause: async () => undefined,
      looks: 2,
    });
  },
};
