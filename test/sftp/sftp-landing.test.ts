import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ED25519 } from './public-keys';
import { acme, key, serving } from './serving';
import { policy, sftp, storage } from '../../src';
import { parseReleaseSettings, parseRouterSettings } from '../../src/runtime/sftp/malware-settings';
import { noteUploader } from '../../src/sftp/private/uploaders';
import { judgedBy, NAG_PACKS } from '../nag-packs';
import { ROUTER_ENVIRONMENT } from '../runtime/sftp/malware-world';
import { propertiesOf } from '../storage/templates';
import { actionsOf, alarmsOf, allowedTo, functionIn } from '../webhooks/inbox-world';

const ROUTER = /^LandingRouter/;
const SWEEP = /^LandingSweep/;

function landingWorld(props: sftp.SftpLandingProps = {}) {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  return { stack, landing: new sftp.SftpLanding(stack, 'Landing', props) };
}

/** Statements of the policy of the bucket that partners upload to. */
function incomingStatements(stack: Stack): Array<Record<string, any>> {
  const [[, { PolicyDocument }]] = Object.entries(propertiesOf(stack, 'AWS::S3::BucketPolicy')).filter(([id]) => id.startsWith('LandingIncoming'));
  return PolicyDocument.Statement;
}

const arnOf = (stack: Stack, role: iam.IRole) => stack.resolve(role.roleArn);
const roleOf = (landing: sftp.SftpLanding, path: string) => path.split('/').reduce((at, id) => at.node.findChild(id) as sftp.SftpLanding, landing).node
  .findChild('Role') as iam.Role;

describe('by default', () => {
  const { stack, landing } = landingWorld();
  const bucketArn = { 'Fn::GetAtt': [expect.stringMatching(/^LandingIncoming/), 'Arn'] };

  test('has a bucket for uploads and another one for what is clean, both kept for 90 days', () => {
    const buckets = Object.entries(propertiesOf(stack, 'AWS::S3::Bucket')).filter(([id]) => id.startsWith('Landing'));
    expect(buckets.map(([id, { LifecycleConfiguration }]) => [id.slice(0, 12), LifecycleConfiguration.Rules[0].ExpirationInDays]))
      .toEqual([['LandingIncom', 90], ['LandingClean', 90]]);
  });

  test('has GuardDuty scan and tag whatever is uploaded, once it may', () => {
    const [[id, plan]] = Object.entries(Template.fromStack(stack).findResources('AWS::GuardDuty::MalwareProtectionPlan'));
    expect(id).toMatch(/^LandingPlan/);
    expect(plan.Properties).toEqual({
      Actions: { Tagging: { Status: 'ENABLED' } },
      ProtectedResource: { S3Bucket: { BucketName: { Ref: expect.stringMatching(/^LandingIncoming/) } } },
      Role: arnOf(stack, roleOf(landing, 'Scanner')),
    });
    expect(plan.DependsOn).toEqual(expect.arrayContaining([
      expect.stringMatching(/^LandingIncomingPolicy/), expect.stringMatching(/^LandingScannerRole[0-9A-F]/), expect.stringMatching(/^LandingScannerRoleDefaultPolicy/),
    ]));
  });

  test('lets GuardDuty do in the one bucket what its guide says, and nothing else', () => {
    expect(allowedTo(stack, /^LandingScanner/).map(([actions]) => actions)).toEqual([
      'events:PutRule events:DeleteRule events:PutTargets events:RemoveTargets',
      'events:DescribeRule events:ListTargetsByRule',
      's3:GetObjectTagging s3:GetObjectVersionTagging s3:PutObjectTagging s3:PutObjectVersionTagging',
      's3:GetBucketNotification s3:PutBucketNotification',
      's3:PutObject',
      's3:ListBucket',
      's3:GetObject s3:GetObjectVersion',
      'kms:Decrypt kms:GenerateDataKey',
    ]);
    const [[, putObject]] = allowedTo(stack, /^LandingScanner/).filter(([actions]) => actions === 's3:PutObject');
    expect(putObject).toContain('/malware-protection-resource-validation-object');
    expect(Object.values(propertiesOf(stack, 'AWS::IAM::Role')).map(({ AssumeRolePolicyDocument }) => AssumeRolePolicyDocument.Statement[0].Principal.Service))
      .toContain('malware-protection-plan.guardduty.amazonaws.com');
  });

  test('denies everybody but the scanner and the gate to read what was not found clean', () => {
    expect(incomingStatements(stack)).toContainEqual({
      Sid: 'OnlyCleanMayBeRead',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: ['s3:GetObject', 's3:GetObjectVersion'],
      NotResource: { 'Fn::Join': ['', [bucketArn, '/*/']] },
      Condition: {
        StringNotEquals: { 's3:ExistingObjectTag/GuardDutyMalwareScanStatus': 'NO_THREATS_FOUND' },
        ArnNotEquals: { 'aws:PrincipalArn': ['Scanner', 'Router', 'Sweep'].map((path) => arnOf(stack, roleOf(landing, path))) },
      },
    });
  });

  test('denies everybody but the scanner to set or delete tags', () => {
    expect(incomingStatements(stack)).toContainEqual({
      Sid: 'OnlyTheScannerMayTag',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: ['s3:PutObjectTagging', 's3:PutObjectVersionTagging', 's3:DeleteObjectTagging', 's3:DeleteObjectVersionTagging'],
      Resource: { 'Fn::Join': ['', [bucketArn, '/*']] },
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': arnOf(stack, roleOf(landing, 'Scanner')) } },
    });
  });

  test('configures the functions as they read it', () => {
    for (const id of [ROUTER, SWEEP]) {
      const { Environment, Timeout } = functionIn(stack, id);
      expect(Environment.Variables).toMatchObject({
        ACCOUNT_ID: '111122223333',
        MAX_ATTEMPTS: '12',
        TIMEOUT_SECONDS: String(Timeout),
        KEEP_DAYS: '127',
        ...id === ROUTER && { DEADLINE_SECONDS: '3600', PLAN_ARN: { 'Fn::GetAtt': [expect.stringMatching(/^LandingPlan/), 'Arn'] } },
      });
      const texts = Object.entries(Environment.Variables as Record<string, unknown>).filter(([, value]) => typeof value === 'string');
      const read = Object.keys(ROUTER_ENVIRONMENT).filter((name) => id === ROUTER || !/PLAN|DEADLINE/.test(name));
      expect(Object.keys(Environment.Variables).sort()).toEqual(read.sort());
      const parse = id === ROUTER ? parseRouterSettings : parseReleaseSettings;
      expect(() => parse({ ...ROUTER_ENVIRONMENT, ...Object.fromEntries(texts) })).not.toThrow();
    }
  });

  test('lets the functions do what their calls are, and nothing else', () => {
    const common = [
      'dynamodb:UpdateItem', 'kms:Decrypt', 'kms:GenerateDataKey', 's3:AbortMultipartUpload', 's3:GetObjectVersion', 's3:ListMultipartUploadParts',
      's3:PutObject', 'sqs:SendMessage',
    ];
    expect([...new Set(actionsOf(stack, ROUTER))]).toEqual(['dynamodb:PutItem', ...common]);
    expect([...new Set(actionsOf(stack, SWEEP))]).toEqual(['dynamodb:Query', ...common]);
    for (const id of [ROUTER, SWEEP]) {
      const resourceOf = (action: string) => allowedTo(stack, id).find(([actions]) => actions.includes(action))![1];
      expect(resourceOf('s3:GetObjectVersion')).toMatch(/LandingIncoming.*\/\*/);
      expect(resourceOf('s3:PutObject')).toMatch(/LandingClean.*\/\*/);
    }
  });

  test('hears of what arrives in the bucket, and of what the plan scans there', () => {
    const rules = Object.values(propertiesOf(stack, 'AWS::Events::Rule')).filter(({ EventPattern }) => EventPattern);
    const bucket = { Ref: expect.stringMatching(/^LandingIncoming/) };
    const plan = [{ 'Fn::GetAtt': [expect.stringMatching(/^LandingPlan/), 'Arn'] }];
    const scan = { 'source': ['aws.guardduty'], 'detail-type': ['GuardDuty Malware Protection Object Scan Result'], 'resources': plan };
    expect(rules.map(({ EventPattern }) => EventPattern)).toEqual([
      { 'source': ['aws.s3'], 'detail-type': ['Object Created'], 'detail': { bucket: { name: [bucket] } } },
      { ...scan, detail: { s3ObjectDetails: { bucketName: [bucket] } } },
      { ...scan, detail: { s3ObjectDetails: { bucketName: [bucket] }, scanResultDetails: { scanResultStatus: [{ 'anything-but': ['NO_THREATS_FOUND'] }] } } },
      expect.objectContaining({ resources: plan }),
    ]);
    for (const { Targets } of rules) expect(Targets[0].DeadLetterConfig).toBeDefined();
  });

  test('looks each five minutes for what did not come', () => {
    const [{ ScheduleExpression, Targets }] = Object.values(propertiesOf(stack, 'AWS::Events::Rule')).filter((rule) => rule.ScheduleExpression);
    expect([ScheduleExpression, Targets[0].Input]).toEqual(['rate(5 minutes)', '{"task":"sweep"}']);
  });

  test('tells somebody of all that is not released', () => {
    expect(alarmsOf(stack, 'LandingAlarms')).toEqual({
      Threat: 1, LateThreat: 1, Unscanned: 1, MissingScan: 1, Stuck: 1, Refused: 1, Fault: 1, RouterFailure: 1, SweepFailure: 1, Unattended: 1,
    });
    for (const { AlarmActions } of Object.values(propertiesOf(stack, 'AWS::CloudWatch::Alarm'))) expect(AlarmActions).toHaveLength(1);
    expect(Object.keys(propertiesOf(stack, 'AWS::CloudWatch::Dashboard'))).toHaveLength(1);
  });

  test('tells a queue of its own', () => {
    expect(stack.resolve(landing.uploads!.queue.queueArn)).toEqual(functionIn(stack, ROUTER).Environment.Variables.TARGET_ARN);
  });
});

test('tells the queue that it is given, and makes none', () => {
  const { stack } = landingWorld();
  const own = new storage.IntegrationQueue(stack, 'Own');
  const { uploads } = new sftp.SftpLanding(stack, 'Other', { target: sftp.UploadTarget.queue(own.queue) });
  expect(uploads).toBeUndefined();
  expect(functionIn(stack, /^OtherRouter/).Environment.Variables.TARGET_ARN).toEqual(stack.resolve(own.queue.queueArn));
  expect(actionsOf(stack, /^OtherRouter/)).toContain('sqs:SendMessage');
});

test('tells an event bus', () => {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const bus = new events.EventBus(stack, 'Bus');
  new sftp.SftpLanding(stack, 'Landing', { target: sftp.UploadTarget.eventBus(bus) });
  expect(actionsOf(stack, ROUTER)).toContain('events:PutEvents');
  expect(functionIn(stack, ROUTER).Environment.Variables.TARGET_ARN).toEqual(stack.resolve(bus.eventBusArn));
});

test('refuses a target of another Region, and takes one whose Region is not told', () => {
  const { stack } = landingWorld();
  const of = (region: string) => sftp.UploadTarget.eventBus(events.EventBus.fromEventBusArn(stack, `Bus${region.length}`, `arn:aws:events:${region}:111122223333:event-bus/b`));
  expect(() => new sftp.SftpLanding(stack, 'Far', { target: of('us-east-1') })).toThrow(
    "[Stack/Far] 'target' must be in the Region of the landing, 'eu-west-1', got one in 'us-east-1'; hand over to an event bus, and forward from there by a rule");
  expect(() => new sftp.SftpLanding(stack, 'Untold', { target: of(Lazy.string({ produce: () => 'eu-west-1' })) })).not.toThrow();
});

test.each<readonly [sftp.SftpLandingProps, string]>([
  [{ scanDeadline: Duration.minutes(4) }, "'scanDeadline' must be between 300 and 604800 seconds, got 240; choose a whole number of seconds in that range"],
  [{ scanDeadline: Duration.days(8) }, "'scanDeadline' must be between 300 and 604800 seconds, got 691200; choose a whole number of seconds in that range"],
  [{ incomingRetention: Duration.days(0) }, "'incomingRetention' must be between 1 and 3650 days, got 0; choose a whole number of days in that range"],
  [{ cleanRetention: Duration.days(3651) }, "'cleanRetention' must be between 1 and 3650 days, got 3651; choose a whole number of days in that range"],
  [{ maxAttempts: 0 }, "'maxAttempts' must be a whole number between 1 and 100, got 0; choose one in that range"],
  [{ maxConcurrency: 1001 }, "'maxConcurrency' must be a whole number between 1 and 1000, got 1001; choose one in that range"],
])('refuses %j', (props, message) => {
  expect(() => landingWorld(props)).toThrow(`[Stack/Landing] ${message}`);
});

test.each(['scanDeadline', 'incomingRetention'])('refuses a %s that deployment alone knows', (prop) => {
  expect(() => landingWorld({ [prop]: Duration.days(Lazy.number({ produce: () => 1 })) }))
    .toThrow(`[Stack/Landing] '${prop}' must be known at synthesis, got an unresolved token; write the duration down`);
});

test('keeps what it knows of a version for longer than the version', () => {
  const { stack } = landingWorld({ incomingRetention: Duration.days(400), cleanRetention: Duration.days(7), scanDeadline: Duration.minutes(30) });
  expect(functionIn(stack, ROUTER).Environment.Variables).toMatchObject({ KEEP_DAYS: '437', DEADLINE_SECONDS: '1800' });
});

test('lets an operator have stuck files released', () => {
  const { stack, landing } = landingWorld();
  landing.grantRedrive(new iam.Role(stack, 'Operator', { assumedBy: new iam.AccountRootPrincipal() }));
  expect(allowedTo(stack, /^Operator/)).toEqual([['lambda:InvokeFunction', expect.stringMatching(/LandingSweepFunction/)]]);
});

test('the largest retention is one that the functions read', () => {
  const { stack } = landingWorld({ incomingRetention: Duration.days(3650), maxAttempts: 100, scanDeadline: Duration.days(7) });
  const { KEEP_DAYS, MAX_ATTEMPTS, DEADLINE_SECONDS } = functionIn(stack, ROUTER).Environment.Variables;
  expect(() => parseRouterSettings({ ...ROUTER_ENVIRONMENT, KEEP_DAYS, MAX_ATTEMPTS, DEADLINE_SECONDS })).not.toThrow();
});

describe('under policies', () => {
  test('this library\'s own policy finds nothing', () => {
    const { stack } = landingWorld();
    policy.IntegrationPolicy.enforce(stack.node.root as App, { asOf: '2026-11-24' });
    expect(() => (stack.node.root as App).synth()).not.toThrow();
  });

  test.each(NAG_PACKS)('%s finds nothing', (_pack, make) => {
    const { violations } = judgedBy(make(), landingWorld().stack.node.root as App);
    expect(violations).toEqual([]);
  });
});

describe('partners of a server that uploads to it', () => {
  test('are known to its functions by their prefixes, where those are not the usual ones', () => {
    const { stack, server } = serving(undefined, { incomingOf: (scope) => new sftp.SftpLanding(scope, 'Landing').incoming });
    server.addPartner('acme', acme());
    server.addPartner('globex', acme({ keys: [key(ED25519[1])], prefix: 'legacy/in/globex' }));
    server.addPartner('hooli', acme({ keys: [key(ED25519[2])], prefix: 'partners/initech' }));
    for (const id of [ROUTER, SWEEP]) {
      const { PARTNER_PREFIXES: prefixes } = functionIn(stack, id).Environment.Variables;
      expect(JSON.parse(prefixes)).toEqual({ 'legacy/in/globex': 'globex', 'partners/initech': 'hooli' });
    }
  });

  test('are refused where their prefixes are too long together for the functions', () => {
    const { stack, landing } = landingWorld();
    const note = (index: number) => noteUploader(stack, landing.incoming, `legacy/in/of-the-old-system/p${index}`, `p${index}`);
    expect(() => Array.from({ length: 70 }, (_, index) => note(index + 10))).toThrow("[Stack] 'prefix' must be left out for some partners, got number 63 "
      + 'with one of its own; all of them together are too long for the function that tells of uploads');
  });
});
