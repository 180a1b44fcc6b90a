import { ENVIRONMENT } from './digest-environment';

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

const AWS = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example', AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };

function start(environment: Readonly<Record<string, string>>): Handler {
  let handler: Handler | undefined;
  jest.isolateModules(() => {
    const before = { ...process.env };
    Object.assign(process.env, AWS, environment);
    handler = jest.requireActual<{ handler: Handler }>('../../../src/runtime/audit/digest.lambda').handler;
    process.env = before;
  });
  return handler!;
}

test('fails while AWS does not answer, and says no more than a name', async () => {
  const log = jest.spyOn(console, 'log').mockImplementation();
  await expect(start(ENVIRONMENT)({ task: 'review' }, { getRemainingTimeInMillis: () => 900_000 })).rejects.toThrow(/^digest failed: \w+$/);
  expect(log.mock.calls.map(([entry]) => (entry as { outcome: string }).outcome)).toEqual(['fault', 'fault']);
}, 30_000);

test('does not start without its settings', () => {
  expect(() => start({ ...ENVIRONMENT, REVIEW_NAME: '' })).toThrow('REVIEW_NAME must be the name of a review');
});
