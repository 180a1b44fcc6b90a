import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ses from 'aws-cdk-lib/aws-ses';
import * as sns from 'aws-cdk-lib/aws-sns';
import { intakeWorld } from './incident-world';
import { api, audit, policy, storage } from '../../src';
import { parseClockSettings } from '../../src/runtime/audit/incident-clock-settings';
import { PENDING_INDEX } from '../../src/runtime/audit/incident-table';
import { parseIntakeSettings } from '../../src/runtime/audit/intake-settings';
import { findingsOfPacks } from '../nag-packs';
import { propertiesOf } from '../storage/templates';
import { actionsOf, alarmsOf, allowedTo, functionIn } from '../webhooks/inbox-world';

const [INTAKE, DESK, CLOCK] = [/^IncidentsIntake/, /^IncidentsDesk/, /^IncidentsClock/];
const { IncidentRegime } = audit;

/** An environment as functions read it, where names stand for references. */
const named = (stack: Stack, id: RegExp): Record<string, string> => {
  const names: Record<string, string> = { TABLE_NAME: 'incidents', EVIDENCE_BUCKET: 'evidence' };
  const { Variables } = functionIn(stack, id).Environment;
  return Object.fromEntries(Object.entries(Variables as Record<string, unknown>).map(([name, value]) => [
    name, names[name] ?? (typeof value === 'string' ? value : JSON.stringify(value).replace(/.*/, '[]')),
  ]));
};

/** The levels of the clock, with its topics by their logical ids. */
function levelsIn(stack: Stack): unknown {
  const { 'Fn::Join': [, parts] } = functionIn(stack, CLOCK).Environment.Variables.LEVELS;
  return JSON.parse((parts as Array<string | { Ref: string }>).map((part) => typeof part === 'string' ? part : part.Ref).join(''));
}

describe('by default', () => {
  const { stack, intake } = intakeWorld();

  test('runs the shipped bundles, within the time that API Gateway waits where it does', () => {
    expect([INTAKE, DESK, CLOCK].map((id) => functionIn(stack, id))).toMatchObject([
      { Runtime: 'nodejs24.x', Timeout: 29, MemorySize: 512, ReservedConcurrentExecutions: 10 },
      { Runtime: 'nodejs24.x', Timeout: 29, MemorySize: 512, ReservedConcurrentExecutions: 10 },
      { Runtime: 'nodejs24.x', Timeout: 120, MemorySize: 256, ReservedConcurrentExecutions: 1 },
    ]);
  });

  test('configures the functions as they read their settings', () => {
    expect(parseIntakeSettings(named(stack, INTAKE))).toMatchObject({ table: 'incidents', regimes: [{ id: 'gdpr' }] });
    const { plan, evidencePrefix } = parseClockSettings({
      ...named(stack, CLOCK), LEVELS: '[{"topicArn":"arn:aws:sns:eu-west-1:111122223333:x","afterSeconds":0}]',
    });
    expect(plan).toMatchObject({ repeatMilliseconds: 3_600_000, warnMilliseconds: [7 * 86_400_000, 86_400_000, 4 * 3_600_000] });
    expect(evidencePrefix).toBe(intake.evidencePrefix);
    expect(levelsIn(stack)).toEqual([
      { topicArn: expect.stringMatching(/^FoundationAlerts/), afterSeconds: 0 }, { topicArn: expect.stringMatching(/^FoundationAlerts/), afterSeconds: 900 },
    ]);
  });

  test('keeps incidents with their histories, and knows by an index which to look at', () => {
    const [table] = Object.entries(propertiesOf(stack, 'AWS::DynamoDB::Table')).filter(([id]) => id.startsWith('IncidentsRecords')).map(([, each]) => each);
    expect(table).toMatchObject({
      KeySchema: [{ AttributeName: 'incident', KeyType: 'HASH' }, { AttributeName: 'part', KeyType: 'RANGE' }],
      GlobalSecondaryIndexes: [{ IndexName: PENDING_INDEX, Projection: { ProjectionType: 'KEYS_ONLY' } }],
      DeletionProtectionEnabled: true,
    });
  });

  test('lets each function do what it does, and nothing else', () => {
    expect(actionsOf(stack, INTAKE)).toEqual([
      'dynamodb:PutItem', 'kms:Decrypt', 'kms:Decrypt', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage',
    ]);
    expect(actionsOf(stack, DESK)).toEqual(['dynamodb:GetItem', 'dynamodb:PutItem', 'kms:Decrypt']);
    expect([...new Set(actionsOf(stack, CLOCK))]).toEqual([
      'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem', 'kms:Decrypt', 'kms:GenerateDataKey', 's3:PutObject',
      'sns:Publish', 'sqs:SendMessage',
    ]);
    const [[, evidence]] = allowedTo(stack, CLOCK).filter(([actions]) => actions === 's3:PutObject');
    expect(evidence).toContain(`/${intake.evidencePrefix}*`);
  });

  test('lets the clock publish alerts by their key', () => {
    const keys = Object.entries(propertiesOf(stack, 'AWS::KMS::Key')).filter(([id]) => id.startsWith('FoundationAlertsKey'));
    const statements = keys.flatMap(([, { KeyPolicy }]) => KeyPolicy.Statement as Array<{ Action: unknown; Principal: unknown }>);
    expect(statements).toContainEqual(expect.objectContaining({
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Principal: { AWS: { 'Fn::GetAtt': [expect.stringMatching(/^IncidentsClockRole/), 'Arn'] } },
    }));
  });

  test('has the clock run each minute', () => {
    expect(Object.values(propertiesOf(stack, 'AWS::Events::Rule'))).toContainEqual(expect.objectContaining({
      ScheduleExpression: 'rate(1 minute)', Targets: [expect.objectContaining({ Input: '{"task":"look"}' })],
    }));
  });

  test('has a route for reports and two for responders, none of which is open', () => {
    expect([intake.reportRoute, ...intake.responderRoutes].map(({ httpMethod, path }) => `${httpMethod} ${path}`)).toEqual([
      'POST /incidents', 'GET /incidents/{incidentId}', 'POST /incidents/{incidentId}/actions',
    ]);
    const methods = Object.values(propertiesOf(stack, 'AWS::ApiGateway::Method'));
    expect(methods.map(({ AuthorizationType }) => AuthorizationType)).toEqual(['AWS_IAM', 'AWS_IAM', 'AWS_IAM']);
  });

  test('takes messages of a topic into a queue, from which failures of single ones come again, and leaves room for what people report', () => {
    expect(Object.values(propertiesOf(stack, 'AWS::SNS::Subscription'))).toEqual([expect.objectContaining({ Protocol: 'sqs', RawMessageDelivery: true })]);
    expect(Object.values(propertiesOf(stack, 'AWS::Lambda::EventSourceMapping'))).toEqual([
      expect.objectContaining({ BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 2 } }),
    ]);
  });

  test('sounds an alarm on everything that keeps a report from a person', () => {
    expect(alarmsOf(stack, 'IncidentsAlarms')).toEqual({
      Unrecorded: 1, IntakeFailure: 1, IntakeThrottled: 1, DeskFailure: 1, Unpaged: 1, ClockFailure: 1, Unattended: 1,
    });
  });

  test('takes no mail', () => {
    Template.fromStack(stack).resourceCountIs('AWS::SES::ReceiptRule', 0);
  });
});

test('lets a tool publish reports', () => {
  const { stack, intake } = intakeWorld();
  intake.grantReport(new iam.Role(stack, 'Scanner', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') }));
  expect(actionsOf(stack, /^Scanner/)).toEqual(['kms:Decrypt', 'kms:GenerateDataKey', 'sns:Publish']);
});

test('pages the levels that are given, and keeps evidence where that is', () => {
  const { stack, intake } = intakeWorld((scope) => ({
    escalation: [
      { topic: new sns.Topic(scope, 'OnCall'), after: Duration.minutes(0) }, { topic: new sns.Topic(scope, 'Managers'), after: Duration.minutes(30) },
    ],
    repeatEvery: Duration.minutes(30),
    warnBefore: [Duration.hours(12)],
    evidence: new storage.EvidenceBucket(scope, 'Shared'),
    path: '/security/incidents',
  }));
  expect(levelsIn(stack)).toEqual([
    { topicArn: expect.stringMatching(/^OnCall/), afterSeconds: 0 }, { topicArn: expect.stringMatching(/^Managers/), afterSeconds: 1800 },
  ]);
  expect(functionIn(stack, CLOCK).Environment.Variables).toMatchObject({ REPEAT_SECONDS: '1800', WARN_SECONDS: '[43200]' });
  expect(allowedTo(stack, CLOCK).filter(([actions]) => actions === 'sns:Publish')).toHaveLength(2);
  expect(intake.evidence.node.id).toBe('Shared');
  expect(intake.reportRoute.path).toBe('/security/incidents');
});

describe('with mail', () => {
  const mail = (changes: Partial<audit.MailReports> = {}) => (scope: Stack) => ({
    mail: {
      recipients: ['incidents@report.example.com'],
      senderDomains: ['example.com'],
      ruleSet: ses.ReceiptRuleSet.fromReceiptRuleSetName(scope, 'Inbound', 'inbound'),
      ...changes,
    },
  });
  const { stack } = intakeWorld(mail());
  const [[id, rule]] = Object.entries(Template.fromStack(stack).findResources('AWS::SES::ReceiptRule'));

  test('keeps mail over TLS that was scanned, and tells of it', () => {
    expect(rule.Properties).toMatchObject({
      RuleSetName: 'inbound',
      Rule: {
        Enabled: true,
        ScanEnabled: true,
        TlsPolicy: 'Require',
        Recipients: ['incidents@report.example.com'],
        Actions: [{ S3Action: { BucketName: { Ref: expect.stringMatching(/^IncidentsMailMails/) }, TopicArn: { Ref: expect.stringMatching(/^IncidentsReports/) } } }],
      },
    });
    expect(id).toMatch(/^IncidentsMail/);
    expect(rule.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^IncidentsMailRoleDefaultPolicy/)]));
  });

  test('lets SES do so for this one rule', () => {
    const [role] = Object.entries(propertiesOf(stack, 'AWS::IAM::Role')).filter(([name]) => name.startsWith('IncidentsMailRole')).map(([, each]) => each);
    expect(role.AssumeRolePolicyDocument.Statement).toEqual([{
      Action: 'sts:AssumeRole',
      Effect: 'Allow',
      Principal: { Service: 'ses.amazonaws.com' },
      Condition: {
        StringEquals: { 'aws:SourceAccount': '111122223333' },
        ArnEquals: {
          'aws:SourceArn': {
            'Fn::Join': ['', [
              'arn:', { Ref: 'AWS::Partition' }, `:ses:eu-west-1:111122223333:receipt-rule-set/inbound:receipt-rule/${rule.Properties.Rule.Name}`,
            ]],
          },
        },
      },
    }]);
    expect([...new Set(actionsOf(stack, /^IncidentsMailRole/))]).toEqual([
      'kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 's3:AbortMultipartUpload', 's3:PutObject', 'sns:Publish',
    ]);
  });

  test('tells the function whose mail is a report, and sounds an alarm on mail that is none', () => {
    expect(parseIntakeSettings(named(stack, INTAKE)).mail).toEqual({ senderDomains: ['example.com'] });
    expect(alarmsOf(stack, 'IncidentsAlarms')).toMatchObject({ UnprovenSenders: 1 });
  });

  test.each<readonly [Partial<audit.MailReports>, string]>([
    [{ recipients: [] }, "'recipients' must name at least one, got none; without any, SES would take all mail of the account"],
    [{ recipients: ['example.com'] }, "'recipients' must be e-mail addresses, got 'example.com'; write for example 'incidents@report.example.com'"],
    [{ senderDomains: [] }, "'senderDomains' must name at least one, got none; name the domain that staff write from"],
    [{ senderDomains: ['Example.com'] }, "'senderDomains' must be domains in lower case, got 'Example.com'; write for example 'example.com'"],
  ])('refuses %j', (changes, message) => {
    expect(() => intakeWorld(mail(changes))).toThrow(`[Stack/Incidents] ${message}`);
  });
});

const duty = { step: 'tell', what: 'tell the customer', within: Duration.hours(4), source: 'contract of 2026, clause 7' };
const own = (...duties: audit.IncidentDuty[]) => [IncidentRegime.own('acme', 'ACME', ...duties)];

test('knows regimes by name, and hands those of others over as they are', () => {
  const regimes = [
    IncidentRegime.nis2(), IncidentRegime.dora(), IncidentRegime.hipaa(), IncidentRegime.hipaaBusinessAssociate(),
    IncidentRegime.pciDss(Duration.hours(24)), IncidentRegime.gdprProcessor(Duration.days(1)), ...own(duty),
  ];
  const { stack } = intakeWorld({ regimes });
  const parsed = parseIntakeSettings(named(stack, INTAKE)).regimes;
  expect(parsed.map(({ id }) => id)).toEqual(['nis2', 'dora', 'hipaa', 'hipaa-business-associate', 'pci-dss', 'gdpr-processor', 'acme']);
  expect(parsed.slice(4).map(({ steps }) => steps)).toEqual([
    [expect.objectContaining({ id: 'brands-and-acquirers', within: { hours: 24 }, source: expect.stringContaining('PCI DSS v4.0.1') })],
    [expect.objectContaining({ id: 'controller', within: { hours: 24 }, source: expect.stringContaining('Article 33(2)') })],
    [{ id: 'tell', what: 'tell the customer', within: { hours: 4 }, source: 'contract of 2026, clause 7' }],
  ]);
});

const level = (scope: Stack, minutes: number) => ({
  topic: sns.Topic.fromTopicArn(scope, `Topic${minutes}`, 'arn:aws:sns:eu-west-1:111122223333:x'), after: Duration.minutes(minutes),
});

test.each<readonly [string, Parameters<typeof intakeWorld>[0], string]>([
  ['no regime', { regimes: [] }, "'regimes' must name at least one, got none; take IncidentRegime.own for a policy of your own"],
  ['a regime twice', { regimes: [IncidentRegime.gdpr(), IncidentRegime.gdpr()] }, "'regimes' must name each once, got 'gdpr' twice; remove one"],
  ['a parameter in the path', { path: '/incidents/{id}' }, "'path' must be a path from the root on, without parameters, got '/incidents/{id}'; write for example '/incidents'"],
  ['no level', { escalation: [] }, "'escalation' must have at least one level, got none; leave it out for the alert topic"],
  ['a FIFO topic', (scope: Stack) => ({ escalation: [{ topic: new sns.Topic(scope, 'Fifo', { fifo: true }), after: Duration.minutes(0) }] }),
    "'topic' of level 1 must be a standard topic, got a FIFO topic; people cannot subscribe to one"],
  ['levels at one time', (scope: Stack) => ({ escalation: [level(scope, 5), { ...level(scope, 6), after: Duration.minutes(5) }] }),
    "'after' of level 2 must be in whole minutes, later than that of the level before and within a week, got 5; correct it"],
  ['a level after a month', (scope: Stack) => ({ escalation: [level(scope, 43_200)] }),
    "'after' of level 1 must be in whole minutes, later than that of the level before and within a week, got 43200; correct it"],
  ['half a minute', (scope: Stack) => ({ escalation: [level(scope, 0.5)] }),
    "'after' of level 1 must be in whole minutes, later than that of the level before and within a week, got 0.5; correct it"],
  ['repeats all the time', { repeatEvery: Duration.minutes(4) }, "'repeatEvery' must be from 5 to 1440 whole minutes, got 4; choose a number in that range"],
  ['warnings of months', { warnBefore: [Duration.days(61)] }, "'warnBefore' must be of whole minutes, up to 60 days, got 87840 minutes; choose durations in that range"],
  ['no duty', { regimes: own() }, "'duties' of regime 'acme' must name at least one, got none; say what is to be done"],
  ['a duty twice', { regimes: own(duty, duty) }, "'duties' of regime 'acme' must have names of their own, got one twice; choose another"],
  ['a duty within minutes', { regimes: own({ ...duty, within: Duration.minutes(90) }) }, "'within' of 'acme/tell' must be from 1 to 8760 whole hours, got 1.5; choose a number in that range"],
  ['a duty without words', { regimes: own({ ...duty, what: ' ' }) }, "'title', 'what' and 'source' of regime 'acme' must have from 1 to 400 characters, got 1; say it in a sentence"],
  ['a step that is none', { regimes: own({ ...duty, step: 'Tell' }) }, "'step' must be up to 40 lower-case letters, digits and hyphens, a letter first, got 'Tell'; write for example 'customer'"],
  ['a name that is none', { regimes: [IncidentRegime.own('ACME', 'ACME', duty)] }, "'name' must be up to 40 lower-case letters, digits and hyphens, a letter first, got 'ACME'; write for example 'acme-contract'"],
  ['a name that is taken', { regimes: [IncidentRegime.own('gdpr', 'Ours', duty)] }, "'name' must be no regime that is known, got 'gdpr'; take IncidentRegime.gdpr() or choose another"],
  ['a name of two words that is taken', { regimes: [IncidentRegime.own('hipaa-business-associate', 'Ours', duty)] },
    "'name' must be no regime that is known, got 'hipaa-business-associate'; take IncidentRegime.hipaaBusinessAssociate() or choose another"],
  ['regimes that do not fit', { regimes: own(...Array.from({ length: 9 }, (_, at) => ({ ...duty, step: `tell-${at}`, source: 'x'.repeat(399) }))) },
    "'regimes' and 'senderDomains' must have at most 3000 bytes as JSON, got 4317; those of IncidentRegime.own count in full: shorten their texts"],
  ['regimes of letters that have three bytes', { regimes: own(...Array.from({ length: 3 }, (_, at) => ({ ...duty, step: `tell-${at}`, source: '知'.repeat(399) }))) },
    "'regimes' and 'senderDomains' must have at most 3000 bytes as JSON, got"],
  ['more levels than fit', (scope: Stack) => ({ escalation: Array.from({ length: 9 }, (_, at) => level(scope, at)) }),
    "'escalation' must have at most 8 levels, got 9; the last one is told again and again by itself"],
  ['more warnings than fit', { warnBefore: Array.from({ length: 21 }, (_, at) => Duration.hours(at + 1)) }, "'warnBefore' must name at most 20 times, got 21; warn more seldom"],
])('refuses %s', (_, props, message) => {
  expect(() => intakeWorld(props)).toThrow(`[Stack/Incidents] ${message}`);
});

test('passes every pack, with mail and with what is its own', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  policy.IntegrationPolicy.enforce(app, { asOf: '2026-11-24' });
  new audit.IncidentIntake(stack, 'Incidents', {
    api: new api.IntegrationApi(stack, 'Hub', { authorization: api.Authorization.iam() }),
    responders: api.Authorization.iam(),
    regimes: [IncidentRegime.gdpr()],
    mail: {
      recipients: ['incidents@report.example.com'],
      senderDomains: ['example.com'],
      ruleSet: ses.ReceiptRuleSet.fromReceiptRuleSetName(stack, 'Inbound', 'inbound'),
    },
  });
  for (const [pack, findings] of Object.entries(findingsOfPacks(app))) expect([pack, findings]).toEqual([pack, []]);
});
