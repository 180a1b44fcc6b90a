import { action, HOUR, IncidentWorld, MINUTE, request, START } from './incident-world';
import { ServiceError } from '../secrets/harness/service';

const acknowledge = { action: 'acknowledge' };
const dismiss = { action: 'dismiss', regime: 'gdpr', step: 'authority', reason: 'no personal data was in it' };
const close = { action: 'close', reason: 'a test of the alarm, as announced' };
const notified = { action: 'notified', regime: 'gdpr', step: 'authority', notifiedAt: '2026-11-25T12:30:00Z' };

async function reported(regimes: readonly unknown[] = ['gdpr']) {
  const world = new IncidentWorld(regimes);
  const id = await world.report();
  world.now = START + HOUR;
  return { world, id, act: (body: object, who?: string) => world.desk(action(id, body, who)) };
}

test('shows an incident with what is to be done, and logs who read it', async () => {
  const { world, id } = await reported();
  const { statusCode, body } = await world.desk(request('', 'https://idp|bob', { httpMethod: 'GET', pathParameters: { incidentId: id } }));
  expect([statusCode, JSON.parse(body)]).toEqual([200, {
    incidentId: id,
    state: 'open',
    category: 'phishing',
    summary: 'CONFIDENTIAL: I clicked on a link',
    channel: 'api',
    reporter: 'https://idp|alice',
    version: 1,
    detectedAt: '2026-11-25T12:00:00.000Z',
    reportedAt: '2026-11-25T12:00:00.000Z',
    deadlines: [{ regime: 'gdpr', step: 'authority', what: 'notify the supervisory authority', dueAt: '2026-11-28T12:00:00.000Z' }],
  }]);
  expect(world.log.slice(1)).toEqual([{ outcome: 'read', incident: id, by: 'https://idp|bob' }]);
});

test('notes who did what, once, however often that is asked', async () => {
  const { world, id, act } = await reported();
  for (const body of [acknowledge, acknowledge, notified, notified, close, close]) expect(await act(body)).toMatchObject({ statusCode: 200 });
  expect(world.history(id).map(({ what, by }) => [what, by])).toEqual([
    ['reported', 'https://idp|alice'], ['acknowledged', 'https://idp|bob'], ['notified', 'https://idp|bob'], ['closed', 'https://idp|bob'],
  ]);
  expect(world.history(id)[2]).toMatchObject({ regime: 'gdpr', step: 'authority', notifiedAt: '2026-11-25T12:30:00.000Z' });
  expect(world.history(id)[3]).toMatchObject({ reason: close.reason });
  expect(JSON.stringify(world.log)).not.toContain('announced');
});

test('closes nothing that has a duty left', async () => {
  const { act } = await reported(['gdpr', 'nis2']);
  expect(await act(close)).toMatchObject({ statusCode: 409, body: expect.stringContaining('gdpr/authority is neither done nor dismissed') });
  await act(dismiss);
  expect(await act(dismiss)).toMatchObject({ statusCode: 200 });
  expect(await act(close)).toMatchObject({ statusCode: 409, body: expect.stringContaining('nis2/early-warning') });
  for (const step of ['early-warning', 'notification', 'final-report']) await act({ ...dismiss, regime: 'nis2', step });
  expect(await act(close)).toMatchObject({ statusCode: 200 });
  expect(await act(acknowledge)).toMatchObject({ statusCode: 200, body: expect.stringContaining('"state":"closed"') });
  expect(await act(dismiss)).toMatchObject({ statusCode: 409, body: expect.stringContaining('the incident is closed') });
});

test('sets the clock of a regime, and the time of a step, and tells anew by these', async () => {
  const { world, id, act } = await reported(['dora']);
  await world.look();
  const classified = { action: 'set-due', regime: 'dora', step: 'initial', dueAt: '2026-11-25T16:00:00Z', reason: 'classified as major at 12:00' };
  expect(await act(classified)).toMatchObject({ statusCode: 200, body: expect.stringContaining('"dueAt":"2026-11-25T16:00:00.000Z"') });
  const aware = { action: 'set-clock', regime: 'dora', awareAt: '2026-11-25T11:00:00Z', reason: 'the operator saw it at eleven' };
  for (const body of [classified, aware, aware]) expect(await act(body)).toMatchObject({ statusCode: 200 });
  expect(world.history(id).map(({ what }) => what)).toEqual(['reported', 'paged', 'due-set', 'clock-set']);
  world.now = START + 4 * HOUR;
  await world.look();
  expect(world.pages().filter((page) => page.startsWith('dora'))).toEqual([`dora/initial@${4 * 60} on-call`, `dora/initial/1@${4 * 60} managers`]);
});

test('tells nothing again of a duty that is due as before', async () => {
  const { world, act } = await reported(['nis2']);
  await act(acknowledge);
  world.now = START + 49 * HOUR;
  await world.look();
  const before = world.pages();
  expect(before).toContain(`nis2/notification@${48 * 60} on-call`);
  await act({ action: 'notified', regime: 'nis2', step: 'early-warning', notifiedAt: '2026-11-26T10:00:00Z' });
  await world.look();
  expect(world.pages()).toEqual(before);
  await act({ action: 'set-due', regime: 'nis2', step: 'notification', dueAt: '2026-11-27T12:00:00Z', reason: 'the authority wants it today' });
  await world.look();
  expect(world.pages().slice(before.length)).toEqual([`nis2/notification@${48 * 60} on-call`, `nis2/notification/1@${48 * 60} managers`]);
});

test.each<readonly [object, string]>([
  [{ ...notified, regime: 'nis2' }, 'the incident has no clock nis2'],
  [{ ...notified, step: 'media' }, 'gdpr has no step media'],
  [{ ...notified, notifiedAt: '2026-11-25T13:01:00Z' }, 'nobody was notified in the future'],
  [{ action: 'set-clock', regime: 'gdpr', awareAt: '2026-11-25T13:01:00Z', reason: 'somebody mistyped this' }, 'nobody becomes aware of something in the future'],
])('refuses %j', async (body, problem) => {
  const { world, id, act } = await reported();
  expect(await act(body)).toMatchObject({ statusCode: 409, body: JSON.stringify({ message: `The action was not taken: ${problem}.` }) });
  expect(world.history(id)).toHaveLength(1);
  expect(world.log.at(-1)).toMatchObject({ outcome: 'refused', incident: id, by: 'https://idp|bob' });
});

test('keeps the time at which somebody was notified', async () => {
  const { act } = await reported();
  await act(notified);
  expect(await act({ ...notified, notifiedAt: '2026-11-25T12:31:00Z' })).toMatchObject({ statusCode: 409, body: expect.stringContaining('at another time') });
});

test.each<readonly [string, unknown]>([
  ['nothing', undefined], ['no JSON', '{'], ['an unknown action', { action: 'constructor' }], ['no action', {}], ['more than it may', { ...acknowledge, reason: 'because I can' }],
  ['less than it must', { action: 'close' }], ['a short reason', { action: 'close', reason: 'done' }], ['lines in a reason', { action: 'close', reason: 'a reason\nover lines' }],
  ['a time that is none', { ...notified, notifiedAt: 'now' }], ['a regime that is none', { ...dismiss, regime: '../x' }], ['a step that is none', { ...dismiss, step: 7 }],
])('takes no action with %s', async (_, body) => {
  const { world, id } = await reported();
  expect(await world.desk({ ...action(id, {}), body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body) })).toMatchObject({ statusCode: 400 });
  expect(world.log.at(-1)).toMatchObject({ outcome: 'refused', reason: 'malformed' });
});

test('asks who asks, and knows no incident that there is not', async () => {
  const { world, id } = await reported();
  expect(await world.desk({ ...action(id, acknowledge), requestContext: {} })).toMatchObject({ statusCode: 403 });
  for (const incidentId of ['', 'inc-1', `inc-${'0'.repeat(24)}`]) {
    expect(await world.desk(action(incidentId, acknowledge))).toMatchObject({ statusCode: 404 });
    expect(await world.desk(request('', 'https://idp|bob', { httpMethod: 'GET', pathParameters: { incidentId } }))).toMatchObject({ statusCode: 404 });
  }
  expect(await world.desk({ ...action(id, acknowledge), pathParameters: null })).toMatchObject({ statusCode: 404 });
  await expect(world.desk({ task: 'look' })).rejects.toThrow('the event is no request');
});

test('tells of a fault without what the service says', async () => {
  const { world, act } = await reported();
  world.cloud.disturb = () => { throw new ServiceError('ThrottlingException', 'CANARY'); };
  await expect(act(acknowledge)).rejects.toThrow(/^responding failed: ThrottlingException$/);
});

test('gives up where others are always faster', async () => {
  const { world, act } = await reported();
  world.cloud.disturb = ({ operation }) => {
    if (operation !== 'TransactWriteItems') return;
    throw Object.assign(new ServiceError('TransactionCanceledException'), { CancellationReasons: [{ Code: 'TransactionConflict' }] });
  };
  await expect(act(acknowledge)).rejects.toThrow('responding failed: IncidentContended');
  world.cloud.disturb = ({ operation }) => { if (operation === 'TransactWriteItems') throw new ServiceError('TransactionCanceledException'); };
  await expect(act(acknowledge)).rejects.toThrow('responding failed: TransactionCanceledException');
});

test('an incident that is acknowledged pages nobody of silence', async () => {
  const { world, act } = await reported([]);
  await world.look();
  const before = world.cloud.published.length;
  await act(acknowledge);
  await world.pass(10 * MINUTE);
  world.now += 100 * HOUR;
  await world.look();
  expect(world.cloud.published).toHaveLength(before);
});
