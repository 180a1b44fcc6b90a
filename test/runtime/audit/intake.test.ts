import * as fc from 'fast-check';
import { DAY, HOUR, IncidentWorld, MINUTE, REPORT, request, START } from './incident-world';
import { reportOf, tryReport } from '../../../src/runtime/audit/incident-report';
import { ServiceError } from '../secrets/harness/service';

const message = (body: unknown, messageId = 'm-1') => ({ messageId, body: typeof body === 'string' ? body : JSON.stringify(body) });
const records = ({ cloud }: IncidentWorld) => [...cloud.items].filter(([key]) => key.endsWith(' record')).map(([, { record }]) => JSON.parse(record.S!));

describe('over the API', () => {
  test('records who reported what, when it was detected, and the clocks of the regimes', async () => {
    const world = new IncidentWorld(['gdpr']);
    const { statusCode, body } = await world.intake(request({ ...REPORT, detectedAt: '2026-11-25T11:00:00Z' }));
    const { incidentId } = JSON.parse(body) as { incidentId: string };
    expect([statusCode, incidentId]).toEqual([201, expect.stringMatching(/^inc-[0-9a-f]{24}$/)]);
    expect(world.record(incidentId)).toMatchObject({
      detectedAt: START - HOUR,
      reportedAt: START,
      reporter: 'https://idp|alice',
      channel: 'api',
      category: 'phishing',
      summary: REPORT.summary,
      state: 'open',
      version: 1,
      clocks: [{ regime: 'gdpr', awareAt: START - HOUR }],
    });
    expect(world.history(incidentId)).toEqual([expect.objectContaining({
      what: 'reported', by: 'https://idp|alice', at: '2026-11-25T12:00:00.000Z', detectedAt: '2026-11-25T11:00:00.000Z', regimes: ['gdpr'],
    })]);
    expect(world.log).toEqual([{ outcome: 'recorded', incident: incidentId, channel: 'api', category: 'phishing' }]);
    expect(JSON.stringify([world.log, world.history(incidentId)])).not.toContain('CONFIDENTIAL');
  });

  test('takes a report that comes again for what it is, and another one under its token for none', async () => {
    const world = new IncidentWorld();
    const id = await world.report();
    world.now += DAY;
    expect(await world.intake(request(REPORT))).toMatchObject({ statusCode: 200, body: JSON.stringify({ incidentId: id }) });
    expect(await world.intake(request({ ...REPORT, category: 'malware' }))).toMatchObject({ statusCode: 409 });
    expect(world.log.map(({ outcome }) => outcome)).toEqual(['recorded', 'repeated', 'conflict']);
    expect(records(world)).toHaveLength(1);
  });

  test('lets nobody take the place of another one\'s report', async () => {
    const world = new IncidentWorld();
    await world.report();
    expect(await world.intake(request(REPORT, 'https://idp|mallory'))).toMatchObject({ statusCode: 201 });
    expect(records(world)).toHaveLength(2);
  });

  test.each<readonly [string, unknown, string]>([
    ['a principal of an authorizer', { authorizer: { principalId: 'https://idp|alice' } }, 'https://idp|alice'],
    ['a subject of Amazon Cognito', { authorizer: { claims: { sub: 'b7c1' } } }, 'b7c1'],
    ['an IAM identity', { authorizer: null, identity: { userArn: 'arn:aws:sts::111122223333:assumed-role/Staff/alice' } }, 'arn:aws:sts::111122223333:assumed-role/Staff/alice'],
  ])('knows %s', async (_, requestContext, reporter) => {
    const world = new IncidentWorld();
    await world.intake({ ...request(REPORT), requestContext });
    expect(records(world)).toEqual([expect.objectContaining({ reporter })]);
  });

  test.each([{}, { authorizer: { principalId: '' } }, { authorizer: { principalId: 7 } }, { identity: { userArn: null } }, { authorizer: { principalId: 'x'.repeat(513) } }])(
    'records nothing of nobody: %j', async (requestContext) => {
      const world = new IncidentWorld();
      expect(await world.intake({ ...request(REPORT), requestContext })).toMatchObject({ statusCode: 403 });
      expect(records(world)).toEqual([]);
    });

  test.each<readonly [string, unknown]>([
    ['no body', ''],
    ['no JSON', '{'],
    ['no token', { ...REPORT, token: undefined }],
    ['a short token', { ...REPORT, token: 'short' }],
    ['an unknown category', { ...REPORT, category: 'constructor' }],
    ['no summary', { ...REPORT, summary: ' ' }],
    ['a long summary', { ...REPORT, summary: 'x'.repeat(4001) }],
    ['more than it may say', { ...REPORT, state: 'closed' }],
    ['no time', { ...REPORT, detectedAt: 'yesterday' }],
    ['a time to come', { ...REPORT, detectedAt: '2026-11-25T12:06:00Z' }],
    ['a time long ago', { ...REPORT, detectedAt: '1970-01-01T00:00:00Z' }],
  ])('refuses a report with %s', async (_, body) => {
    const world = new IncidentWorld();
    expect(await world.intake(request(body))).toMatchObject({ statusCode: 400 });
    expect(await world.intake({ requestContext: request('').requestContext })).toMatchObject({ statusCode: 400 });
    expect([records(world), world.log[0]]).toEqual([[], { outcome: 'refused', reason: 'malformed' }]);
  });

  test('takes what a clock that is ahead calls now for now', async () => {
    const world = new IncidentWorld();
    const id = await world.report({ ...REPORT, detectedAt: '2026-11-25T12:04:00Z' });
    expect(world.record(id).detectedAt).toBe(START);
  });

  test('tells of a fault without what the service says', async () => {
    const world = new IncidentWorld();
    world.cloud.disturb = () => { throw new ServiceError('ThrottlingException', `CANARY ${REPORT.summary}`); };
    await expect(world.intake(request(REPORT))).rejects.toThrow(/^recording failed: ThrottlingException$/);
    expect(world.log).toEqual([{ outcome: 'fault', reason: 'ThrottlingException' }]);
  });

  test('throws what another transaction at the same time is canceled with, so that the report comes again', async () => {
    const world = new IncidentWorld();
    world.cloud.disturb = () => { throw Object.assign(new ServiceError('TransactionCanceledException'), { CancellationReasons: [{ Code: 'TransactionConflict' }] }); };
    await expect(world.intake(request(REPORT))).rejects.toThrow('recording failed: TransactionCanceledException');
  });
});

describe('from the queue', () => {
  test('records what a tool says, once for each token', async () => {
    const world = new IncidentWorld();
    const body = { token: 'scan-1', category: 'malware', summary: 'found', source: 'scanner', detectedAt: '2026-11-25T11:30:00Z' };
    expect(await world.intake({ Records: [message(body), message(body, 'm-2')] })).toEqual({ batchItemFailures: [] });
    expect(records(world)).toEqual([expect.objectContaining({
      channel: 'queue', reporter: 'tool:scanner', category: 'malware', summary: 'found', detectedAt: START - 30 * MINUTE,
    })]);
  });

  test('takes a message once whose time is taken only when it is delivered again', async () => {
    const world = new IncidentWorld();
    const body = { token: 'scan-1', summary: 'found', detectedAt: '2026-11-25T12:10:00Z' };
    await world.intake({ Records: [message(body)] });
    world.now = START + 15 * MINUTE;
    await world.intake({ Records: [message(body)] });
    expect(records(world)).toEqual([expect.objectContaining({ detectedAt: START })]);
  });

  test('loses nothing that cannot be read', async () => {
    const world = new IncidentWorld();
    await world.intake({ Records: [message('the disk is on fire'), message({ category: 'nonsense', token: 7, detectedAt: 'x' }, 'm-2')] });
    expect(records(world).map(({ category, summary, reporter }) => [category, summary, reporter])).toEqual([
      ['other', 'the disk is on fire', 'tool'], ['other', '{"category":"nonsense","token":7,"detectedAt":"x"}', 'tool'],
    ]);
  });

  test('records another report under the token of one, too', async () => {
    const world = new IncidentWorld();
    for (const summary of ['one', 'other', 'other']) await world.intake({ Records: [message({ token: 'scan-1', summary })] });
    expect(records(world).map(({ summary }) => summary)).toEqual(['one', 'other']);
  });

  test('has the messages alone come again that could not be recorded', async () => {
    const world = new IncidentWorld();
    world.cloud.disturb = ({ input }) => { if (JSON.stringify(input).includes('second')) throw new ServiceError('ThrottlingException', 'CANARY'); };
    const Records = ['first', 'second', 'third'].map((summary) => message({ summary }, summary));
    expect(await world.intake({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: 'second' }] });
    expect(records(world).map(({ summary }) => summary)).toEqual(['first', 'third']);
  });

  test.each<readonly [string, object, string]>([
    ['an event of EventBridge by its id', { 'id': 'event-1', 'detail-type': 'GuardDuty Finding', 'source': 'aws.guardduty', 'time': '2026-11-25T11:59:00Z' }, 'event-1'],
    ['a notification of SNS by its id', { MessageId: 'note-1', Message: 'x' }, 'note-1'],
    ['anything else by the message', { id: 'not-an-event' }, 'm-1'],
  ])('knows %s', (_, body, token) => {
    expect(reportOf(message(body), START)).toMatchObject({ token });
  });

  test('refuses an event that is neither a request nor messages', async () => {
    await expect(new IncidentWorld().intake({ task: 'look' })).rejects.toThrow('the event is neither a request nor messages');
    await expect(new IncidentWorld().intake(null)).rejects.toThrow('the event is neither a request nor messages');
  });
});

describe('by e-mail', () => {
  const status = (value: string) => ({ status: value });
  const mail = (changes: { from?: unknown; receipt?: object; mail?: object; type?: string } = {}) => message({
    notificationType: changes.type ?? 'Received',
    mail: { messageId: 'ses-1', timestamp: '2026-11-25T11:58:00.000Z', commonHeaders: { from: changes.from ?? ['Alice <Alice@Example.com>'], subject: 'lost my laptop' }, ...changes.mail },
    receipt: {
      virusVerdict: status('PASS'), spfVerdict: status('PASS'), dkimVerdict: status('PASS'), dmarcVerdict: status('PASS'), ...changes.receipt,
    },
  });

  test('records a mail that DMARC proves to come from staff, once, by where it is kept', async () => {
    const world = new IncidentWorld();
    await world.intake({ Records: [mail(), mail()] });
    expect(records(world)).toEqual([expect.objectContaining({
      channel: 'mail',
      reporter: 'mail:alice@example.com',
      category: 'other',
      detectedAt: START - 2 * MINUTE,
      summary: 'The mail is the object ses-1. Its subject: lost my laptop',
    })]);
  });

  test('takes a mail without a subject, and from a clock that is ahead', async () => {
    const world = new IncidentWorld();
    await world.intake({ Records: [mail({ from: ['alice@example.com'], mail: { timestamp: '2027-01-01T00:00:00Z', commonHeaders: { from: ['alice@example.com'] } } })] });
    expect(records(world)).toEqual([expect.objectContaining({ detectedAt: START, summary: 'The mail is the object ses-1. Its subject: (none)' })]);
  });

  test.each<readonly [string, Parameters<typeof mail>[0], string]>([
    ['a virus', { receipt: { virusVerdict: status('FAIL') } }, 'virus'],
    ['no proof', { receipt: { dmarcVerdict: status('FAIL') } }, 'dmarc'],
    ['a domain without a policy', { receipt: { dmarcVerdict: status('GRAY') } }, 'dmarc'],
    ['no verdict', { receipt: { dmarcVerdict: undefined } }, 'dmarc'],
    ['no id', { mail: { messageId: undefined } }, 'unnamed'],
    ['another domain', { from: ['alice@example.org'] }, 'sender'],
    ['a domain that ends alike', { from: ['alice@not-example.com'] }, 'sender'],
    ['an address in a name', { from: ['"alice@example.com" <mallory@example.org>'] }, 'sender'],
    ['two senders', { from: ['alice@example.com', 'mallory@example.org'] }, 'sender'],
    ['a sender behind another', { from: ['mallory@example.org, <alice@example.com>'] }, 'sender'],
    ['a sender behind a name that is one', { from: ['mallory@example.org <alice@example.com>'] }, 'sender'],
    ['words behind its sender', { from: ['alice@example.com and friends'] }, 'sender'],
    ['two senders in one', { from: ['alice@example.com, mallory@example.org'] }, 'sender'],
    ['no sender', { mail: { commonHeaders: undefined } }, 'sender'],
    ['a sender that is no text', { from: [7] }, 'sender'],
  ])('records no mail with %s, and says so', async (_, changes, reason) => {
    const world = new IncidentWorld();
    expect(await world.intake({ Records: [mail(changes)] })).toEqual({ batchItemFailures: [] });
    expect([records(world), world.log]).toEqual([[], [{ outcome: 'unproven-sender', reason }]]);
  });

  test('records no mail of which nothing is said', async () => {
    const world = new IncidentWorld();
    await world.intake({ Records: [message({ notificationType: 'Received', mail: {} })] });
    expect(world.log).toEqual([{ outcome: 'unproven-sender', reason: 'dmarc' }]);
  });

  test('takes a mail of somebody whose name is their address', async () => {
    const world = new IncidentWorld();
    await world.intake({ Records: [mail({ from: ['"alice@example.com" <alice@example.com>'] })] });
    expect(records(world)).toEqual([expect.objectContaining({ reporter: 'mail:alice@example.com' })]);
  });

  test.each(['Received', 'Alarm', 'Bounce'])('loses no report of a tool that has a notificationType of its own: %s', async (notificationType) => {
    const world = new IncidentWorld();
    await world.intake({ Records: [message({ notificationType, summary: 'the disk is on fire' })] });
    expect(records(world)).toEqual([expect.objectContaining({ channel: 'queue', summary: 'the disk is on fire' })]);
  });

  test('takes a mail once that a clock which is behind takes for one of the future at first', async () => {
    const world = new IncidentWorld();
    world.now = START - 3 * MINUTE;
    await world.intake({ Records: [mail()] });
    world.now = START;
    await world.intake({ Records: [mail()] });
    expect([records(world).length, world.log.map(({ outcome }) => outcome)]).toEqual([1, ['recorded', 'repeated']]);
  });

  test('takes another notification of SES for no report', async () => {
    const world = new IncidentWorld();
    await world.intake({ Records: [message({ notificationType: 'AmazonSnsSubscriptionSucceeded', message: 'x' })] });
    expect([records(world), world.log]).toEqual([[], [{ outcome: 'no-report' }]]);
  });
});

test('no body makes it throw, and none that is taken says what a report may not', () => {
  fc.assert(fc.property(fc.oneof(fc.json(), fc.string()), (body) => {
    expect(tryReport(body, 'alice', START)).toBeUndefined();
    expect(reportOf({ messageId: 'm', body }, START)).toMatchObject({ channel: 'queue' });
  }), { numRuns: 200 });
});
