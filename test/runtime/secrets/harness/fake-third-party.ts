import type { LambdaClient } from '@aws-sdk/client-lambda';
import { DAY, NOW, SECRET_ARN, THIRD_PARTY_CANARY } from './constants';
import type { Elsewhere } from './elsewhere';
import { clientOf, Input, ServiceError } from './service';
import type { World } from './world';
import type { Question } from '../../../../src/runtime/secrets/third-party-contract';
import { askFunction } from '../../../../src/runtime/secrets/third-party-function';

export const ADAPTER_ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:adapter-of-the-user';

/** A provider that makes values itself, up to a limit, another one each time that it is asked; and the user's function before it. */
export interface ThirdParty {
  clients: Array<{ id: string; version: string; value: string; active: boolean; created: number }>;
  made: number;
  limit: number;
}

export const thirdPartyOf = (world: World) => world.elsewhere as ThirdParty;

const clientOfVersion = (number: number, version: string, active: boolean, created: number) =>
  ({ id: `client-${number}`, version, value: `${THIRD_PARTY_CANARY}-${number}`, active, created });

const failed = (errorType: string) => ({ StatusCode: 200, FunctionError: 'Unhandled', Payload: JSON.stringify({ errorType, errorMessage: THIRD_PARTY_CANARY }) });

function answer(party: ThirdParty, question: Question): unknown {
  switch (question.action) {
    case 'issue': {
      if (party.clients.length >= party.limit) return undefined;
      const client = clientOfVersion(party.made++, question.version, false, NOW);
      party.clients.push(client);
      return { id: client.id, credential: { clientId: client.id, clientSecret: client.value } };
    }
    case 'activate': {
      const client = party.clients.find(({ id, value }) => id === question.id && value === question.credential.clientSecret);
      if (!client) return undefined;
      client.active = true;
      return {};
    }
    case 'probe': return { works: party.clients.some(({ id, value, active }) => id === question.id && value === question.credential.clientSecret && active) };
    case 'list': return { issued: party.clients.map(({ id, version, created }) => ({ id, version, createdAt: new Date(created).toISOString() })) };
    case 'revoke':
      party.clients = party.clients.filter(({ id }) => id !== question.id);
      return { became: 'deleted' };
  }
}

/** Answers as AWS Lambda does for an invocation (API Reference, "Invoke"). */
function call(world: World, operation: string, input: Input): Record<string, unknown> {
  if (operation !== 'Invoke') throw new Error(`the fake does not know ${operation}`);
  if (!String(input.FunctionName).endsWith(':adapter-of-the-user')) throw new ServiceError('ResourceNotFoundException');
  const answered = answer(thirdPartyOf(world), JSON.parse(input.Payload as string) as Question);
  return answered === undefined ? failed('LimitError') : { StatusCode: 200, Payload: JSON.stringify(answered) };
}

export const THIRD_PARTY: Elsewhere = {
  settled: (): ThirdParty => ({ clients: [clientOfVersion(0, 'v0', true, NOW - DAY)], made: 1, limit: 9 }),
  fresh: (): ThirdParty => ({ clients: [], made: 1, limit: 9 }),
  contentOf(version, nonce) {
    const { id, value } = clientOfVersion(nonce, version, true, NOW);
    return JSON.stringify({ credential: { clientId: id, clientSecret: value }, id, kid: version });
  },
  issue: (world, version, nonce) => void thirdPartyOf(world).clients.push(clientOfVersion(nonce, version, false, NOW)),
  call,
  works(world, version) {
    const { credential } = JSON.parse(world.secret.versions[version]?.content ?? '{}') as { credential?: { clientSecret: string } };
    return thirdPartyOf(world).clients.some(({ value, active }) => active && value === credential?.clientSecret);
  },
  tempers: { slow: (world) => { thirdPartyOf(world).limit = 2; }, prompt: () => undefined },
  isTidy: (world) => thirdPartyOf(world).clients.length === 1,
  dated: (world) => (world.elsewhere as Partial<ThirdParty>).clients ?? [],
  adapter: ({ machine, store, answer: answered }) =>
    machine.thirdParty({ secretArn: SECRET_ARN, store, ask: askFunction(clientOf<LambdaClient>(answered), ADAPTER_ARN) }),
};
