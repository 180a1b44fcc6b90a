import type { LambdaClient } from '@aws-sdk/client-lambda';
import * as fc from 'fast-check';
import { THIRD_PARTY_CANARY } from './harness/constants';
import { announce } from './harness/fake-secrets-manager';
import { ADAPTER_ARN, THIRD_PARTY, thirdPartyOf } from './harness/fake-third-party';
import { clientOf, ServiceError } from './harness/service';
import { DAY, FIRST, NOW, pass, settledWorld } from './harness/world';
import { Scene } from './scene';
import { Answers, Question, readAnswer } from '../../../src/runtime/secrets/third-party-contract';
import { askFunction, parseAdapterArn } from '../../../src/runtime/secrets/third-party-function';

const STRATEGY = 'third-party';
let scene: Scene;
beforeEach(() => { scene = new Scene(STRATEGY, settledWorld(STRATEGY)); });

const questions = () => scene.calls.filter(({ operation }) => operation === 'Invoke').map(({ input }) => JSON.parse(input.Payload as string) as Question);
const answering = (action: string, answer: unknown) => {
  scene.before = ({ operation, input }) => (operation === 'Invoke' && (JSON.parse(input.Payload as string) as Question).action === action
    ? { output: { Payload: typeof answer === 'string' ? answer : JSON.stringify(answer) } } : undefined);
};

describe('a credential of a third party', () => {
  test('is made, activated, tried, listed and revoked by the function of the user, which is told what it needs', async () => {
    await scene.rotate();
    pass(scene.world, DAY);
    await scene.reconcile();
    const credential = { clientId: 'client-1', clientSecret: `${THIRD_PARTY_CANARY}-1` };
    const about = { secretName: 'partner/acme', version: 'p', id: 'client-1', credential };
    expect(JSON.parse(scene.contentOf('p')!)).toEqual({ credential, id: 'client-1', kid: 'p' });
    expect(questions()).toEqual([
      { action: 'list', secretName: 'partner/acme' },
      { action: 'issue', secretName: 'partner/acme', version: 'p' },
      { action: 'activate', ...about },
      { action: 'probe', ...about },
      { action: 'probe', ...about },
      { action: 'probe', ...about }, // before anything is revoked
      { action: 'list', secretName: 'partner/acme' },
      { action: 'revoke', secretName: 'partner/acme', version: FIRST, id: 'client-0' },
      { action: 'probe', ...about },
    ]);
  });

  test('that was issued twice for one version is stored once, and the other one goes', async () => {
    announce(scene.world.secret, 'p', NOW);
    thirdPartyOf(scene.world).clients.push({ id: 'lost', version: 'p', value: 'lost', active: false, created: NOW });
    await scene.step('createSecret');
    await scene.step('createSecret');
    expect(JSON.parse(scene.contentOf('p')!)).toMatchObject({ id: 'client-1' });
    await scene.steps('setSecret', 'testSecret', 'finishSecret');
    pass(scene.world, DAY);
    await scene.reconcile();
    expect(thirdPartyOf(scene.world).clients.map(({ id }) => id)).toEqual(['client-1']);
    expect(scene.log).toContainEqual({ outcome: 'revoked', reason: 'deleted', version: 'orphan of p' });
  });

  test('is not revoked, whatever version the function says it is for', async () => {
    await scene.rotate();
    pass(scene.world, DAY);
    for (const client of thirdPartyOf(scene.world).clients) client.version = client.id === 'client-1' ? FIRST : 'p';
    await scene.reconcile();
    expect([scene.works('p'), scene.works(FIRST)]).toEqual([true, false]);
  });

  test('is not revoked while it is the only one', async () => {
    thirdPartyOf(scene.world).clients[0].version = 'unknown';
    await scene.reconcile();
    expect(scene.works(FIRST)).toBe(true);
  });

  test('that the secret holds already is not taken for a new one', async () => {
    announce(scene.world.secret, 'p', NOW);
    answering('issue', { id: 'client-0', credential: { clientSecret: 'x' } });
    await expect(scene.step('createSecret')).rejects.toThrow('a credential that the secret holds already');
    expect(scene.contentOf('p')).toBeUndefined();
  });

  test('may be answered to two invocations alike', async () => {
    announce(scene.world.secret, 'p', NOW);
    let raced = false;
    scene.before = ({ operation, input }) => {
      if (operation !== 'Invoke' || !String(input.Payload).includes('"issue"')) return;
      raced = true;
      scene.world.secret.versions.p.content = JSON.stringify({ credential: { a: 'b' }, id: 'same', kid: 'p' });
      return { output: { Payload: '{"id":"same","credential":{"a":"b"}}' } };
    };
    await scene.step('createSecret');
    expect(raced).toBe(true);
  });

  test('that does not work is refused', async () => {
    announce(scene.world.secret, 'p', NOW);
    await scene.steps('createSecret', 'setSecret');
    answering('probe', { works: false });
    await expect(scene.step('testSecret')).rejects.toThrow('the provider does not accept the credential');
  });

  test.each(['{}', 'canary', '{"credential":{"a":"b"},"id":"x","kid":"q"}', '{"credential":{},"id":"x","kid":"p"}', '{"credential":{"a":"b"},"id":"x","kid":"p","more":1}'])(
    'is not taken from %s', async (content) => {
      announce(scene.world.secret, 'p', NOW);
      scene.world.secret.versions.p.content = content;
      await expect(scene.step('setSecret')).rejects.toThrow(/^the version holds something that rotation did not make for it$/);
      expect(questions()).toEqual([]);
    });

  test('fails with the name of what the function failed with, and nothing else of it', async () => {
    announce(scene.world.secret, 'p', NOW);
    thirdPartyOf(scene.world).limit = 1;
    const failure = await scene.step('createSecret').then(() => undefined, (error: Error) => error);
    expect(failure!.message).toBe('createSecret failed: LimitError');
    expect(JSON.stringify([scene.log, failure!.stack, String(failure!.cause)])).not.toContain(THIRD_PARTY_CANARY);
  });
});

describe('an answer', () => {
  const GOOD: { readonly [A in keyof Answers]: Answers[A] } = {
    issue: { id: 'x', credential: { clientId: 'a', clientSecret: 'b' } },
    activate: {},
    probe: { works: true },
    list: { issued: [{ id: 'x', version: 'p', createdAt: '2026-11-25T12:00:00.000Z' }] },
    revoke: { became: 'disabled' },
  };
  const ACTIONS = Object.keys(GOOD) as Array<keyof Answers>;
  const REFUSAL = (action: string) => `the answer to '${action}' is not as agreed; see the table in the README of secrets`;

  test.each(ACTIONS)("to '%s' is read as agreed", (action) => {
    expect(readAnswer(action, JSON.stringify(GOOD[action]))).toEqual(GOOD[action]);
  });

  test.each(ACTIONS)("to '%s' is refused with anything more, and anything else", (action) => {
    expect(() => readAnswer(action, JSON.stringify({ ...GOOD[action], more: 1 }))).toThrow(REFUSAL(action));
    for (const text of ['', 'null', '[]', '7', '"canary"', JSON.stringify(GOOD[action]).slice(0, -1), `${JSON.stringify(GOOD[action])}${' '.repeat(200_000)}`]) {
      expect(() => readAnswer(action, text)).toThrow(REFUSAL(action));
    }
  });

  test.each<[keyof Answers, unknown]>([
    ['issue', { id: '', credential: { a: 'b' } }], ['issue', { id: 'a b', credential: { a: 'b' } }], ['issue', { id: 'x'.repeat(257), credential: { a: 'b' } }],
    ['issue', { id: 7, credential: { a: 'b' } }], ['issue', { id: 'x', credential: {} }], ['issue', { id: 'x', credential: { a: '' } }],
    ['issue', { id: 'x', credential: { a: 7 } }], ['issue', { id: 'x', credential: { '1a': 'b' } }], ['issue', { id: 'x', credential: ['b'] }],
    ['issue', { id: 'x', credential: null }], ['issue', { id: 'x', credential: 'b' }], ['issue', { id: 'x', credential: { a: 'b'.repeat(32_000) } }],
    ['issue', { id: 'x', credential: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`a${index}`, 'b'])) }],
    ['probe', { works: 'true' }], ['list', { issued: {} }], ['list', { issued: [7] }], ['list', { issued: [{ id: 'x', version: 'p' }] }],
    ['list', { issued: [{ id: 'x', version: 'a b', createdAt: '2026-11-25T12:00:00Z' }] }], ['list', { issued: [{ id: 'x', version: 'p', createdAt: '2026' }] }],
    ['list', { issued: [{ id: 'x', version: 'p', createdAt: '2026-13-45T12:00:00Z' }] }], ['list', { issued: [GOOD.list.issued[0], GOOD.list.issued[0]] }],
    ['list', { issued: Array.from({ length: 501 }, (_, index) => ({ ...GOOD.list.issued[0], id: `x${index}` })) }], ['revoke', { became: 'gone' }],
  ])("to '%s' is not %j", (action, answer) => {
    expect(() => readAnswer(action, JSON.stringify(answer))).toThrow(REFUSAL(action));
  });

  test('of any kind is read or refused, and never quoted', () => {
    fc.assert(fc.property(fc.constantFrom(...ACTIONS), fc.oneof(fc.json(), fc.string()), (action, text) => {
      try {
        readAnswer(action, text);
      } catch (error) {
        expect((error as Error).message).toBe(REFUSAL(action));
      }
    }));
  });
});

describe('the function of the user', () => {
  const ask = (output: unknown) => askFunction(clientOf<LambdaClient>(async (call) => {
    expect(call).toEqual({
      operation: 'Invoke', input: { FunctionName: ADAPTER_ARN, InvocationType: 'RequestResponse', LogType: 'None', Payload: '{"action":"list","secretName":"s"}' },
    });
    return output;
  }), ADAPTER_ARN)({ action: 'list', secretName: 's' });

  test('is invoked once, and its log is not asked for', async () => {
    expect(await ask({ Payload: Buffer.from('{"issued":[]}') })).toBe('{"issued":[]}');
    expect(await ask({})).toBe('');
  });

  test.each([
    ['{"errorType":"TypeError","errorMessage":"canary"}', 'TypeError'], ['{"errorType":"Sandbox.Timedout"}', 'Sandbox.Timedout'],
    ['{"errorType":"s3cr3tError"}', 'ThirdPartyError'], ['{"errorType":"Abcdefghijk"}', 'ThirdPartyError'], ['{"errorType":7}', 'ThirdPartyError'],
    ['canary', 'ThirdPartyError'], ['null', 'ThirdPartyError'],
  ])('that fails with %s is told as %s', async (Payload, name) => {
    const failure = await ask({ FunctionError: 'Unhandled', Payload }).then(() => undefined, (error: Error) => error);
    expect([failure!.name, failure!.message]).toEqual([name, 'the function failed']);
  });

  test('is named by its ARN', () => {
    expect(parseAdapterArn({ ADAPTER_ARN })).toBe(ADAPTER_ARN);
    for (const arn of [undefined, '', 'adapter', `${ADAPTER_ARN}:x:y`, 'arn:aws:lambda:eu-west-1:111122223333:function:*']) {
      expect(() => parseAdapterArn({ ADAPTER_ARN: arn })).toThrow('ADAPTER_ARN must be the ARN of a function');
    }
  });

  test('is missed by the fake as by AWS', () => {
    expect(() => THIRD_PARTY.call(scene.world, 'Invoke', { FunctionName: 'other' })).toThrow(ServiceError);
  });
});
