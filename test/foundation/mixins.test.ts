import { App, CfnCondition, CfnResource, Duration, Fn, Mixin, Mixins, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import { core, foundation, storage } from '../../src';
import { check, RULES } from '../../src/rules';

const { mixins } = foundation;
const TOPIC_ARN = 'arn:aws:sns:eu-west-1:111122223333:alerts';
const ALARM: cloudwatch.CfnAlarmProps = { comparisonOperator: 'GreaterThanThreshold', evaluationPeriods: 1 };

let app: App;
let stack: Stack;

beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
});

const importedTopic = () => sns.Topic.fromTopicArn(stack, 'Imported', TOPIC_ARN);
const cfnKey = (props: Partial<kms.CfnKeyProps> = {}) => new kms.CfnKey(stack, 'It', { keyPolicy: {}, ...props });
const cfnAlarm = () => new cloudwatch.CfnAlarm(stack, 'It', ALARM);

function cfnFunction(role = 'arn:aws:iam::111122223333:role/function'): lambda.CfnFunction {
  return new lambda.CfnFunction(stack, 'It', { code: { zipFile: ' ' }, role });
}

function findings(control: string): string[] {
  return check([{ name: 'Stack', template: Template.fromStack(stack).toJSON() }], RULES.filter((rule) => rule.control === control))
    .filter(({ finding }) => finding !== '').map(({ finding, message }) => `${finding}: ${message}`);
}

describe('a key', () => {
  test.each([[undefined, 365], [Duration.days(90), 90]])('rotates every %s', (period, days) => {
    cfnKey({ rotationPeriodInDays: 2000 }).with(new mixins.KeyRotation(period));
    Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true, RotationPeriodInDays: days });
  });

  test('rotates at a period that only deployment tells', () => {
    new kms.Key(stack, 'Key').with(new mixins.KeyRotation(Duration.days(Token.asNumber({ Ref: 'Days' }))));
    Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', { RotationPeriodInDays: { Ref: 'Days' } });
  });

  test.each([89, 366])('rejects a period of %d days', (days) => {
    expect(() => cfnKey().with(new mixins.KeyRotation(Duration.days(days))))
      .toThrow(`[Stack/It] 'period' must be between 90 and 365 days, got ${days}; choose a whole number of days in that range`);
  });

  test.each<Partial<kms.CfnKeyProps>>([{ keySpec: 'RSA_4096' }, { keyUsage: 'GENERATE_VERIFY_MAC' }, { origin: 'EXTERNAL' }])('that cannot rotate is left alone: %j', (props) => {
    cfnKey(props).with(new mixins.KeyRotation());
    Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: Match.absent() });
  });

  test('waits for 30 days, is retained and keeps its safety check', () => {
    cfnKey({ pendingWindowInDays: 7, bypassPolicyLockoutSafetyCheck: true })
      .with(new mixins.KeyPendingWindow(), new mixins.KeyRetain(), new mixins.KeyLockout());
    Template.fromStack(stack).hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Retain',
      Properties: { BypassPolicyLockoutSafetyCheck: false, PendingWindowInDays: 30 },
      UpdateReplacePolicy: 'Retain',
    });
  });
});

describe('an alarm', () => {
  test('tells the topic beside what it told before, and what an L2 adds later', () => {
    const metric = new cloudwatch.Metric({ namespace: 'N', metricName: 'M' });
    const alarm = new cloudwatch.Alarm(stack, 'Alarm', { metric, evaluationPeriods: 1, threshold: 1 });
    alarm.addAlarmAction({ bind: () => ({ alarmActionArn: 'arn:aws:sns:eu-west-1:111122223333:before' }) });
    alarm.with(new mixins.AlarmActions(importedTopic()), new mixins.AlarmActions(importedTopicAgain()));
    alarm.addAlarmAction({ bind: () => ({ alarmActionArn: 'arn:aws:sns:eu-west-1:111122223333:after' }) });

    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
      ActionsEnabled: true,
      AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:before', 'arn:aws:sns:eu-west-1:111122223333:after', TOPIC_ARN],
    });
  });

  test('that is composite tells it too', () => {
    new cloudwatch.CfnCompositeAlarm(stack, 'It', { alarmRule: 'TRUE', actionsEnabled: false }).with(new mixins.AlarmActions(importedTopic()));
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::CompositeAlarm', { ActionsEnabled: true, AlarmActions: [TOPIC_ARN] });
  });

  test.each<[string, () => sns.ITopic]>([
    ['a plain topic', () => new sns.Topic(stack, 'Topic')],
    ['a topic with TLS only', () => new sns.Topic(stack, 'Topic', { enforceSSL: true })],
    ['a topic with a key', () => new sns.Topic(stack, 'Topic', { masterKey: new kms.Key(stack, 'Key') })],
    ['a topic that a mixin encrypted', () => new sns.Topic(stack, 'Topic').with(new storage.mixins.TopicEncryption(new kms.Key(stack, 'Key'))) as sns.Topic],
    ['the topic of the foundation', () => new foundation.AlertTopic(stack, 'Topic').topic],
  ])('reaches %s', (_which, make) => {
    const topic = make();
    cfnAlarm();
    new cloudwatch.CfnAlarm(stack, 'Second', ALARM);
    Mixins.of(stack).apply(new mixins.AlarmActions(topic));
    expect(findings('DELIVERY-ALARM-TOPIC')).toEqual([]);
    expect(findings('TOPIC-POLICY-PUBLIC')).toEqual([]);
  });

  test('does not take from a topic what its default policy let the account do', () => {
    cfnAlarm().with(new mixins.AlarmActions(new sns.Topic(stack, 'Topic')));
    Template.fromStack(stack).hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: Match.objectLike({ Statement: [Match.objectLike({ Sid: 'AllowOwnAccount' }), Match.objectLike({ Principal: { Service: 'cloudwatch.amazonaws.com' } })] }),
    });
  });

  test('leaves a key alone that is an L1 of the user', () => {
    const topic = new sns.Topic(stack, 'Topic');
    (topic.node.defaultChild as sns.CfnTopic).kmsMasterKeyId = new kms.CfnKey(stack, 'Key', { keyPolicy: { Statement: [] } }).attrArn;
    cfnAlarm().with(new mixins.AlarmActions(topic));
    Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', { KeyPolicy: { Statement: [] } });
  });

  test('whose actions only deployment tells is refused', () => {
    new cloudwatch.CfnAlarm(stack, 'It', { ...ALARM, alarmActions: Token.asList({ Ref: 'Actions' }) }).with(new mixins.AlarmActions(importedTopic()));
    expect(() => app.synth()).toThrow("[Stack/It] ALARM-ACTION does not hold although foundation.mixins.AlarmActions applied it: 'AlarmActions' must have the topic and 'ActionsEnabled' be true");
  });

  test.each<[string, string | undefined, cloudwatch.TreatMissingData | undefined, string]>([
    ['says nothing', undefined, undefined, 'notBreaching'],
    ['says nothing, and the mixin something', undefined, cloudwatch.TreatMissingData.BREACHING, 'breaching'],
    ['says what it means', 'ignore', undefined, 'ignore'],
    ['says what is no treatment', 'whatever', undefined, 'notBreaching'],
  ])('that %s treats missing data accordingly', (_what, before, treatment, after) => {
    new cloudwatch.CfnAlarm(stack, 'It', { ...ALARM, treatMissingData: before }).with(new mixins.AlarmMissingData(treatment));
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { TreatMissingData: after });
  });

  function importedTopicAgain(): sns.ITopic {
    return sns.Topic.fromTopicArn(stack, 'Again', TOPIC_ARN);
  }
});

describe('tracing of a function', () => {
  const traces = Match.objectLike({
    Statement: [{ Effect: 'Allow', Action: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], Resource: '*' }],
  });

  test('lets the role of an L2 send traces', () => {
    new lambda.Function(stack, 'Fn', { code: lambda.Code.fromInline(' '), handler: 'index.handler', runtime: lambda.Runtime.NODEJS_22_X })
      .with(new mixins.FunctionTracing());
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } });
    template.hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: traces });
  });

  test('lets the role of an L1 send traces, under the condition of the role', () => {
    const role = new iam.CfnRole(stack, 'Role', { assumeRolePolicyDocument: {} });
    role.cfnOptions.condition = new CfnCondition(stack, 'IsProd', { expression: Fn.conditionEquals('a', 'b') });
    cfnFunction(role.attrArn).with(new mixins.FunctionTracing());
    Template.fromStack(stack).hasResource('AWS::IAM::RolePolicy', {
      Condition: 'IsProd', Properties: { PolicyDocument: traces, PolicyName: 'Tracing', RoleName: { Ref: 'Role' } },
    });
  });

  test('adds one policy to a role that functions share', () => {
    const role = new iam.CfnRole(stack, 'Role', { assumeRolePolicyDocument: {} });
    cfnFunction(role.attrArn);
    new lambda.CfnFunction(stack, 'Second', { code: { zipFile: ' ' }, role: role.attrArn });
    Mixins.of(stack).apply(new mixins.FunctionTracing());
    Template.fromStack(stack).resourceCountIs('AWS::IAM::RolePolicy', 1);
  });

  test('leaves an imported role to its owner', () => {
    cfnFunction().with(new mixins.FunctionTracing());
    Template.fromStack(stack).resourceCountIs('AWS::IAM::RolePolicy', 0);
  });
});

describe('what a later line undoes', () => {
  const drop = (property: string) => (it: CfnResource) => it.addPropertyDeletionOverride(property);

  test.each<[string, () => CfnResource, () => Mixin, (it: CfnResource) => void]>([
    ['KEY-ROTATION', cfnKey, () => new mixins.KeyRotation(), drop('EnableKeyRotation')],
    ['KEY-PENDING-WINDOW', cfnKey, () => new mixins.KeyPendingWindow(), drop('PendingWindowInDays')],
    ['KEY-RETAIN', cfnKey, () => new mixins.KeyRetain(), (it) => it.applyRemovalPolicy(RemovalPolicy.DESTROY)],
    ['KEY-LOCKOUT', cfnKey, () => new mixins.KeyLockout(), (it) => it.addPropertyOverride('BypassPolicyLockoutSafetyCheck', true)],
    ['ALARM-ACTION', cfnAlarm, () => new mixins.AlarmActions(importedTopic()), drop('AlarmActions')],
    ['ALARM-MISSING-DATA', cfnAlarm, () => new mixins.AlarmMissingData(), drop('TreatMissingData')],
    ['LAMBDA-TRACING', cfnFunction, () => new mixins.FunctionTracing(), drop('TracingConfig')],
  ])('%s fails the synthesis, unless it is waived', (control, make, mixin, undo) => {
    const it = make();
    const applied = mixin();
    it.with(applied);
    undo(it);
    expect(() => app.synth()).toThrow(`[Stack/It] ${control} does not hold although foundation.mixins.${applied.constructor.name} applied it: `);

    if (!core.Control.of(control).waivable) return;
    core.Waiver.because('the vendor forbids it until the migration', { owner: 'edi-team', expires: '2027-06-30' }).applyTo(it, control);
    expect(() => app.synth({ force: true })).not.toThrow();
  });
});

test('mixins leave other resources alone', () => {
  const all = [
    new mixins.KeyRotation(), new mixins.KeyPendingWindow(), new mixins.KeyRetain(), new mixins.KeyLockout(),
    new mixins.AlarmActions(importedTopic()), new mixins.AlarmMissingData(), new mixins.FunctionTracing(),
  ];
  const other = new CfnResource(stack, 'Other', { type: 'Custom::Other' });
  for (const mixin of all) {
    expect(mixin.supports(other)).toBe(false);
    mixin.applyTo(other);
  }
  Template.fromStack(stack).templateMatches({ Resources: { Other: { Type: 'Custom::Other' } } });
});
