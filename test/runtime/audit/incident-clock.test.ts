import { action, DAY, HOUR, IncidentWorld, MANAGERS, MINUTE, MODULES, PLAN, START } from './incident-world';
import { ServiceError } from '../secrets/harness/service';

test('pages with the id and the category alone', async () => {
  const world = new IncidentWorld();
  const id = await world.report();
  await world.look();
  expect(world.cloud.published).toEqual([{
    topicArn: PLAN.levels[0].topicArn,
    incident: id,
    page: `level-0@${START}`,
    subject: `Incident ${id}: reported`,
    message: `An incident was reported. Acknowledge it.\nIncident: ${id}\nCategory: phishing\nReported: 2026-11-25T12:00:00.000Z`,
  }]);
  await world.pass(16 * MINUTE);
  expect(world.cloud.published[1].message).toContain('Nobody has acknowledged this incident. Acknowledge it.');
});

test('says of a deadline when it is, by the time at which it says so', async () => {
  const world = new IncidentWorld();
  const id = await world.report();
  await world.look();
  await world.desk(action(id, { action: 'acknowledge' }));
  world.now = START + 70 * HOUR;
  await world.look();
  world.now = START + 73 * HOUR;
  await world.look();
  const messages = world.cloud.published.slice(1).map(({ message, topicArn }) => `${topicArn.split(':').at(-1)}: ${message.split('\n')[0]}`);
  const overdue = 'Overdue since 2026-11-28T12:00:00.000Z: notify the supervisory authority (gdpr/authority). Say when it was done, or why it is not due.';
  expect(messages).toEqual([
    'on-call: Due at 2026-11-28T12:00:00.000Z: notify the supervisory authority (gdpr/authority). Say when it is done, or why it is not due.',
    `on-call: ${overdue}`,
    `managers: ${overdue}`,
  ]);
});

test('copies the history to the evidence, in order, as it is, and lets the incident rest until the next page', async () => {
  const world = new IncidentWorld();
  const id = await world.report();
  await world.pass(30 * MINUTE);
  expect([...world.cloud.objects.keys()]).toEqual([1, 2, 3].map((number) => `incidents/${id}/0000000${number}.json`));
  expect(world.history(id).map(({ what }) => what)).toEqual(['reported', 'paged', 'paged']);
  expect(JSON.stringify([...world.cloud.objects.values()])).not.toContain('CONFIDENTIAL');
  const item = world.cloud.items.get(`${id} record`)!;
  expect([item.copied.N, Number(item.nextAt.N)]).toEqual(['3', START + 75 * MINUTE]);
});

test.each([
  ['acknowledges', { action: 'acknowledge' }, 'acknowledged'], ['closes', { action: 'close', reason: 'nothing to see here' }, 'closed'],
])('pages of an incident that somebody %s before the clock looks', async (_, body, state) => {
  const world = new IncidentWorld([]);
  const id = await world.report();
  await world.desk(action(id, body));
  await world.look();
  await world.pass(2 * HOUR);
  expect(world.pages()).toEqual(['level-0@0 on-call']);
  expect(world.cloud.published[0].message.split('\n')[0]).toBe(`An incident was reported, and is ${state} already.`);
});

test('leaves an incident alone that is closed, once the evidence has all', async () => {
  const world = new IncidentWorld([]);
  const id = await world.report();
  await world.look();
  await world.desk(action(id, { action: 'close', reason: 'reported by mistake' }));
  await world.look();
  expect(world.cloud.items.get(`${id} record`)).not.toHaveProperty('pending');
  expect([world.cloud.objects.size, world.cloud.published.length]).toEqual([3, 1]);
  await world.pass(2 * MINUTE);
  expect(world.log.at(-1)).toEqual({ outcome: 'looked', incidents: 0 });
});

test('pages of one incident whatever is wrong with another, and goes on trying', async () => {
  const world = new IncidentWorld();
  const ids = [await world.report(), await world.report({ token: 'another-token-000', category: 'other', summary: 'x' })];
  world.cloud.disturb = ({ operation, input }) => { if (operation === 'Publish' && JSON.stringify(input).includes(ids[0])) throw new ServiceError('Throttled', 'CANARY'); };
  await expect(world.look()).rejects.toThrow('looking failed for 1 of 2 incidents');
  expect(world.cloud.published.map(({ incident }) => incident)).toEqual([ids[1]]);
  expect(world.log.slice(2)).toEqual(expect.arrayContaining([
    { outcome: 'unpaged', reason: 'Throttled', incident: ids[0], kind: 'reported', series: 'level-0' }, { outcome: 'fault', reason: 'Throttled', incident: ids[0] },
  ]));
  expect(world.log.map(({ outcome }) => outcome)).not.toContain('looked');
  world.cloud.disturb = () => undefined;
  await world.look();
  expect(world.cloud.published.map(({ incident }) => incident)).toEqual([ids[1], ids[0]]);
});

test('pages one level whatever is wrong with the topic of another', async () => {
  const world = new IncidentWorld();
  await world.report();
  world.now = START + HOUR;
  world.cloud.disturb = ({ operation, input }) => { if (operation === 'Publish' && input.TopicArn !== MANAGERS) throw new ServiceError('NotFoundException', 'CANARY'); };
  await expect(world.look()).rejects.toThrow('looking failed for 1 of 1 incidents');
  await expect(world.look()).rejects.toThrow('looking failed for 1 of 1 incidents');
  expect(world.pages()).toEqual(['level-1@15 managers']);
});

test('tells nobody again and again of a deadline because another topic is away', async () => {
  const world = new IncidentWorld();
  const id = await world.report();
  await world.look();
  await world.desk(action(id, { action: 'acknowledge' }));
  world.now = START + 72 * HOUR;
  world.cloud.disturb = ({ operation, input }) => { if (operation === 'Publish' && input.TopicArn === MANAGERS) throw new ServiceError('NotFoundException', 'CANARY'); };
  for (let run = 0; run < 3; run++) await expect(world.look()).rejects.toThrow('looking failed for 1 of 1 incidents');
  expect(world.pages()).toEqual(['level-0@0 on-call', `gdpr/authority@${72 * 60} on-call`]);
});

test('pages although the evidence cannot be written, and says so', async () => {
  const world = new IncidentWorld();
  const id = await world.report();
  world.cloud.disturb = ({ operation }) => { if (operation === 'PutObject') throw new ServiceError('AccessDenied', 'CANARY'); };
  await expect(world.look()).rejects.toThrow('looking failed for 1 of 1 incidents');
  await expect(world.look()).rejects.toThrow('looking failed for 1 of 1 incidents');
  expect(world.pages()).toEqual(['level-0@0 on-call']);
  world.cloud.disturb = () => undefined;
  await world.look();
  expect(world.cloud.objects.size).toBe(world.history(id).length);
});

test('takes a hole in a history for a fault', async () => {
  const world = new IncidentWorld();
  const id = await world.report();
  world.cloud.items.delete(`${id} entry#00000001`);
  await expect(world.look()).rejects.toThrow('looking failed for 1 of 1 incidents');
  expect(world.log.at(-1)).toEqual({ outcome: 'fault', reason: 'HistoryGap', incident: id });
});

test('takes an incident for a fault that an index has and the table has not', async () => {
  const world = new IncidentWorld();
  const id = await world.report();
  const incidents = new MODULES.IncidentTable(world.cloud.client, 'incidents');
  const log: unknown[] = [];
  const look = MODULES.incidentClock(PLAN, {
    incidents: { ...bound(incidents), due: async () => ['inc-gone'] },
    pager: new MODULES.Pager(world.cloud.client),
    evidence: new MODULES.IncidentEvidence(world.cloud.client, 'evidence', 'incidents/'),
    now: () => START,
    log: (entry) => void log.push(entry),
  });
  await expect(look({ task: 'look' })).rejects.toThrow('looking failed for 1 of 1 incidents');
  expect(log).toEqual([{ outcome: 'fault', reason: 'IncidentMissing', incident: 'inc-gone' }]);
  expect(id).toBeDefined();
});

function bound(incidents: InstanceType<typeof MODULES.IncidentTable>) {
  return {
    tryRead: incidents.tryRead.bind(incidents),
    change: incidents.change.bind(incidents),
    entries: incidents.entries.bind(incidents),
    settle: incidents.settle.bind(incidents),
  };
}

test('ends in an error that does not say what the service says, where it cannot ask what is due', async () => {
  const world = new IncidentWorld();
  world.cloud.disturb = () => { throw new ServiceError('ThrottlingException', 'CANARY'); };
  await expect(world.look()).rejects.toThrow(/^looking failed: ThrottlingException$/);
  expect(world.log).toEqual([{ outcome: 'fault', reason: 'ThrottlingException' }]);
});

test.each([null, {}, { task: 'watch' }])('does nothing for an event that is not its task: %j', async (event) => {
  const world = new IncidentWorld();
  const unused = undefined as never;
  const look = MODULES.incidentClock(PLAN, { incidents: unused, pager: unused, evidence: unused, now: () => 0, log: () => undefined });
  await expect(look(event)).rejects.toThrow('the event is not the task to look');
  expect(world.cloud.calls).toEqual([]);
});

test('what is missed for days is told once, as it is now', async () => {
  const world = new IncidentWorld(['gdpr']);
  await world.report();
  world.now = START + 10 * DAY;
  await world.look();
  await world.look();
  expect(world.pages()).toEqual(['level-0@0 on-call', 'level-1@15 managers', `repeat@${10 * 24 * 60 - 45} managers`, `gdpr/authority@${10 * 24 * 60} on-call`, `gdpr/authority/1@${10 * 24 * 60} managers`]);
});
