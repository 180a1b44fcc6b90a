import { CustomResource, customResource, CustomResourceEvent, isCustomResourceEvent, ResourceFailure } from '../../../src/runtime/shared/custom-resource';

const URL = 'https://cloudformation-custom-resource-response-euwest1.s3.eu-west-1.amazonaws.com/CANARY?X-Amz-Signature=CANARY';

const CREATE: CustomResourceEvent = {
  RequestType: 'Create',
  ResponseURL: URL,
  StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/hub/1',
  RequestId: 'r-1',
  LogicalResourceId: 'Acme',
  ResourceProperties: { Name: 'acme' },
};
const UPDATE = { ...CREATE, RequestType: 'Update' as const, PhysicalResourceId: 'acme' };
const DELETE = { ...CREATE, RequestType: 'Delete' as const, PhysicalResourceId: 'acme' };

const OWNER = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/hub/1#Acme';

interface Ran { readonly answers: Array<Record<string, unknown>>; readonly log: unknown[]; readonly calls: unknown[] }

async function run(event: CustomResourceEvent, behaviour: Partial<CustomResource> = {}, remaining = 30_000): Promise<Ran> {
  const answers: Array<Record<string, unknown>> = [];
  const log: unknown[] = [];
  const calls: unknown[] = [];
  const handle = customResource({
    idOf: (properties) => String(properties.Name),
    put: async (change) => {
      calls.push(['put', change]);
      return { Fingerprint: 'SHA256:x' };
    },
    remove: async (change) => void calls.push(['remove', change]),
    ...behaviour,
  }, {
    answer: async (url, body) => {
      expect(url).toBe(URL);
      answers.push(JSON.parse(body) as Record<string, unknown>);
    },
    log: (entry) => log.push(entry),
  });
  await handle(event, { getRemainingTimeInMillis: () => remaining });
  expect(JSON.stringify([answers, log])).not.toContain('CANARY');
  return { answers, log, calls };
}

const rejecting = (error: Error) => async () => Promise.reject(error);

test('a creation is answered with id and attributes, and with what the event says of itself', async () => {
  const { answers, log, calls } = await run(CREATE);
  expect(calls).toEqual([['put', { properties: { Name: 'acme' }, id: 'acme', owner: OWNER }]]);
  expect(answers).toEqual([{
    Status: 'SUCCESS', PhysicalResourceId: 'acme', Data: { Fingerprint: 'SHA256:x' }, StackId: CREATE.StackId, RequestId: 'r-1', LogicalResourceId: 'Acme',
  }]);
  expect(log).toEqual([{ outcome: 'deployed', request: 'Create', resource: 'Acme' }]);
});

test('an update that describes another thing gets its id, so that CloudFormation deletes the old one', async () => {
  const { answers } = await run({ ...UPDATE, ResourceProperties: { Name: 'globex' } });
  expect(answers[0]).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'globex' });
});

test('a deletion is of the id that the event names, whatever the properties describe', async () => {
  const { answers, calls } = await run({ ...DELETE, ResourceProperties: { Name: 'globex' } });
  expect(calls).toEqual([['remove', { properties: { Name: 'globex' }, id: 'acme', owner: OWNER }]]);
  expect(answers[0]).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'acme' });
});

test('an error that was made for whoever deploys is told, in a thousand characters', async () => {
  const { answers } = await run(CREATE, { put: rejecting(new ResourceFailure(`keys/0 is too short ${'x'.repeat(5000)}`)) });
  expect(answers[0]).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/^keys\/0 is too short x+$/), PhysicalResourceId: 'acme' });
  expect(JSON.stringify(answers[0]).length).toBeLessThan(4096);
});

test.each([[CREATE, 'acme'], [UPDATE, 'acme'], [DELETE, 'acme']])('of any other error the name alone is told: %#', async (event, id) => {
  const error = Object.assign(new Error('CANARY'), { name: 'AccessDeniedException' });
  const { answers, log } = await run(event, { put: rejecting(error), remove: rejecting(error) });
  expect(answers[0]).toMatchObject({ Status: 'FAILED', Reason: 'AccessDeniedException; the log of the function says when', PhysicalResourceId: id });
  expect(log[0]).toMatchObject({ outcome: 'not-deployed', reason: 'AccessDeniedException; the log of the function says when' });
});

test('an update that fails keeps the id: another would have the resource deleted', async () => {
  const { answers } = await run({ ...UPDATE, ResourceProperties: { Name: 'globex' } }, { put: rejecting(new ResourceFailure('no')) });
  expect(answers[0]).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'acme' });
});

test('what has no id yet gets one that the deletion after it passes over', async () => {
  const { answers } = await run(CREATE, { idOf: () => { throw new ResourceFailure('Record must be JSON'); } });
  expect(answers[0]).toMatchObject({ Status: 'FAILED', Reason: 'Record must be JSON', PhysicalResourceId: 'not-created:r-1' });
  const { answers: after, calls } = await run({ ...DELETE, PhysicalResourceId: 'not-created:r-1' });
  expect(calls).toEqual([]);
  expect(after[0]).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'not-created:r-1' });
});

test('work that is not done in time is answered in time', async () => {
  const begun = Date.now();
  const { answers } = await run(UPDATE, { put: () => new Promise(() => undefined) }, 12_050);
  expect(Date.now() - begun).toBeLessThan(2000);
  expect(answers[0]).toMatchObject({ Status: 'FAILED', Reason: 'the function ran out of time; deploy again', PhysicalResourceId: 'acme' });
});

test('a creation that is not done in time has an id that the deletion after it passes over', async () => {
  const { answers } = await run(CREATE, { put: () => new Promise(() => undefined) }, 12_010);
  expect(answers[0]).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'not-created:r-1' });
});

test('an answer that is not taken throws, so that Lambda calls again', async () => {
  const handle = customResource(
    { idOf: () => 'acme', put: async () => ({}), remove: async () => undefined }, { answer: rejecting(new Error('not taken')), log: () => undefined },
  );
  await expect(handle(CREATE, { getRemainingTimeInMillis: () => 30_000 })).rejects.toThrow('not taken');
});

test.each([
  undefined, null, 'Create', {}, { ...CREATE, RequestType: 'create' }, { ...CREATE, ResponseURL: undefined }, { ...CREATE, StackId: 1 },
  { ...CREATE, ResourceProperties: null }, { ...CREATE, RequestType: 'Delete' }, { ...CREATE, RequestType: 'Update', PhysicalResourceId: 1 }, { operation: 'list' },
])('is not of CloudFormation: %j', (event) => {
  expect(isCustomResourceEvent(event)).toBe(false);
});

test.each([CREATE, UPDATE, DELETE])('is of CloudFormation: %j', (event) => {
  expect(isCustomResourceEvent(event)).toBe(true);
});
