import { IncidentCloud } from './incident-cloud';
import { action, ON_CALL, REPORT, request } from './incident-world';
import { incidentsOverHttp } from '../../runtime-e2e/incident-cloud';
import { LoopbackAws } from '../../runtime-e2e/loopback-aws';

const CREDENTIALS = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example-secret' };
const { env } = process;
const cloud = new IncidentCloud();
let aws: LoopbackAws;
let log: jest.SpyInstance;

/** Starts a function anew, as a new execution environment does. */
function start(name: string, environment: Readonly<Record<string, string>>): (event: unknown) => Promise<unknown> {
  process.env = { ...env, ...CREDENTIALS, AWS_ENDPOINT_URL: aws.endpoint, TABLE_NAME: 'incidents', ...environment };
  let started: (event: unknown) => Promise<unknown>;
  jest.isolateModules(() => { started = jest.requireActual<{ handler: typeof started }>(`../../../src/runtime/audit/${name}.lambda`).handler; });
  return started!;
}

beforeAll(async () => { aws = await LoopbackAws.start(incidentsOverHttp(cloud)); });
afterAll(() => aws.stop());
beforeEach(() => { log = jest.spyOn(console, 'log').mockImplementation(); });
afterEach(() => {
  log.mockRestore();
  process.env = env;
});

test('the functions take a report, page, and let responders act, by the clock of the system', async () => {
  const before = Date.now();
  const { body } = await start('intake', { REGIMES: '["gdpr"]' })(request(REPORT)) as { body: string };
  const { incidentId } = JSON.parse(body) as { incidentId: string };
  const levels = JSON.stringify([{ topicArn: ON_CALL, afterSeconds: 0 }]);
  const clock = start('incident-clock', { EVIDENCE_BUCKET: 'evidence', EVIDENCE_PREFIX: 'incidents/', LEVELS: levels, REPEAT_SECONDS: '3600', WARN_SECONDS: '[]' });
  await clock({ task: 'look' });
  expect(cloud.published).toEqual([expect.objectContaining({ topicArn: ON_CALL, incident: incidentId })]);
  const { body: shown } = await start('incident-desk', {})(action(incidentId, { action: 'acknowledge' })) as { body: string };
  const { state, reportedAt } = JSON.parse(shown) as { state: string; reportedAt: string };
  expect([state, Date.parse(reportedAt) >= before, Date.parse(reportedAt) <= Date.now()]).toEqual(['acknowledged', true, true]);
  expect(log.mock.calls.map(([{ outcome }]) => outcome)).toEqual(['recorded', 'paged', 'looked', 'responded']);
}, 30_000);
