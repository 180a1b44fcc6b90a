import { ENVIRONMENT } from './break-glass-world';

type Handler = (event: unknown) => Promise<unknown>;

const VARIABLES = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  ...ENVIRONMENT,
  ACCEPTED_PERIODS: '["2000"]',
  VALID_PERIODS: '1',
  WARN_DAYS: '14',
};

function start(name: string): Handler {
  let handler: Handler | undefined;
  jest.isolateModules(() => {
    const before = { ...process.env };
    Object.assign(process.env, VARIABLES);
    handler = jest.requireActual<{ handler: Handler }>(`../../../src/runtime/access/${name}.lambda`).handler;
    process.env = before;
  });
  return handler!;
}

beforeEach(() => jest.spyOn(console, 'log').mockImplementation());

test.each([
  ['break-glass', 'emergency access could not be looked after: history: '],
  ['training-check', 'checking the training list failed: '],
])('%s fails while AWS does not answer, and says no more than a name', async (name, message) => {
  await expect(start(name)({})).rejects.toThrow(new RegExp(`^${message}\\w+$`));
}, 30_000);
