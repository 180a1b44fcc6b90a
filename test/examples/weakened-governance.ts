import { Change, unreportedOf, Weakening, weakeningsIn, without } from './weakenings';
import { RULES, TemplateSource } from '../../src/rules';
import { CIS_FILTERS } from '../rules/cloudtrail/cis-filters';

/**
 * What is no protection, or whose absence locks out instead of letting in, by type (ADR 0046): which selectors other than those of management events
 * and of data there are; how buckets grow old and are named in logs; the lock that a bucket cannot have without versions and its flag.
 */
const HARMLESS: Readonly<Record<string, RegExp>> = {
  'AWS::CloudTrail::Trail': /\.(IncludeGlobalServiceEvents|AdvancedEventSelectors\.(\d\.|[1456]$).*)$/,
  'AWS::S3::Bucket': /\.(LifecycleConfiguration\.Rules\.\d.*|LoggingConfiguration\.LogFilePrefix|MetricsConfigurations.*|NotificationConfiguration.*|ObjectLock(Configuration\.ObjectLock)?Enabled)$/,
  'AWS::Config::ConfigurationRecorder': /\.(RecordingMode.*|RoleARN)$/,
};

const OF_REVIEW = /^HubReviewDigest/;
/** Roles of people that hold a privileged right, or may get one. */
const PRIVILEGED = /^HubStaff(Auditor|Emergency|KeyAdministrator|Trainer)Role/;
const EMERGENCY = /^HubStaffEmergencyRole/;

/** Everything that a stack that governs an environment is protected by, taken away piece by piece. */
function weakeningsOf(source: TemplateSource): Weakening[] {
  const filters = Object.keys(CIS_FILTERS);
  return weakeningsIn(source, (id, { Type, Properties, DeletionPolicy }, change): Weakening[] => {
    const drop = (...names: readonly string[]) => names.filter((name) => name in Properties).map((name) => change(`without ${name}`, (properties) => delete properties[name]));
    const gone = change('gone', (_, all) => delete all[id]);
    const lost = DeletionPolicy === undefined ? [] : [change('not kept', (_, all) => delete all[id].DeletionPolicy)];
    const ofCis = filters.some((name) => id.startsWith(`HubDetections${name}`));
    switch (Type) {
      case 'AWS::CloudTrail::Trail':
        return [
          ...without(Properties, change, HARMLESS[Type]),
          ...['IsLogging', 'IsMultiRegionTrail', 'EnableLogFileValidation'].map((name) => change(`${name} is false`, (properties) => properties[name] = false)),
        ];
      case 'AWS::S3::Bucket': return [...without(Properties, change, HARMLESS[Type]), ...lost];
      case 'AWS::S3::BucketPolicy': return statementWeakenings('PolicyDocument', Properties, change);
      case 'AWS::KMS::Key': return [...drop('EnableKeyRotation'), ...lost, ...statementWeakenings('KeyPolicy', Properties, change)];
      case 'AWS::Logs::LogGroup': return drop('KmsKeyId', 'RetentionInDays');
      case 'AWS::Logs::MetricFilter':
        return ofCis ? [gone, change('counts nothing', (properties) => properties.FilterPattern = '{ $.never = "so" }'), change('of another log', (properties) => properties.LogGroupName = 'other')] : [];
      case 'AWS::CloudWatch::Alarm':
        return [...drop('AlarmActions', 'TreatMissingData'), ...(ofCis ? [gone, change('switched off', (properties) => properties.ActionsEnabled = false)] : [])];
      case 'AWS::Events::Rule':
        return Properties.Targets.flatMap((target: any, index: number) => (target.DeadLetterConfig === undefined ? []
          : [change(`target ${index} without DeadLetterConfig`, ({ Targets }) => delete Targets[index].DeadLetterConfig)]));
      case 'AWS::IAM::Role': return roleWeakenings(id, Properties, change);
      case 'AWS::IAM::Policy': return grantWeakenings(id, Properties, change);
      case 'AWS::IAM::ManagedPolicy':
        return id.includes('Boundary') ? [change('bounds nothing', ({ PolicyDocument }) => PolicyDocument.Statement = [{ Effect: 'Allow', Action: '*', Resource: '*' }])] : [];
      case 'AWS::Lambda::Function': return drop('DeadLetterConfig', 'KmsKeyArn', 'LoggingConfig', 'ReservedConcurrentExecutions', 'TracingConfig');
      case 'AWS::Lambda::Permission': return drop('SourceArn', 'SourceAccount');
      case 'AWS::SQS::Queue': return drop('KmsMasterKeyId', 'RedrivePolicy');
      case 'AWS::SQS::QueuePolicy': return statementWeakenings('PolicyDocument', Properties, change);
      case 'AWS::SNS::Topic': return drop('KmsMasterKeyId');
      case 'AWS::SNS::TopicPolicy': return statementWeakenings('PolicyDocument', Properties, change);
      case 'AWS::DynamoDB::Table': return [...drop('DeletionProtectionEnabled', 'PointInTimeRecoverySpecification', 'SSESpecification'), ...lost];
      case 'AWS::Config::ConfigurationRecorder': return [gone, ...without(Properties, change, HARMLESS[Type])];
      case 'AWS::Config::DeliveryChannel': case 'AWS::Config::ConformancePack': return [gone];
      case 'AWS::AccessAnalyzer::Analyzer': return Properties.Type === 'ACCOUNT' ? [gone, change('of unused access', (properties) => properties.Type = 'ACCOUNT_UNUSED_ACCESS')] : [];
      case 'AWS::GuardDuty::Detector': return [gone, change('off', (properties) => properties.Enable = false)];
      case 'AWS::ApiGateway::Method': return [change('for everybody', (properties) => properties.AuthorizationType = 'NONE'), ...drop('RequestModels', 'RequestValidatorId')];
      case 'AWS::ApiGateway::Stage': return drop('AccessLogSetting', 'TracingEnabled');
      case 'AWS::WAFv2::WebACLAssociation': return [gone];
      default: return [];
    }
  });
}

/** Each Deny but that of deletion, which the lock holds in its place; each Allow to a service, and its conditions; everybody. */
function statementWeakenings(policy: string, properties: any, change: Change): Weakening[] {
  const statements: any[] = properties[policy].Statement;
  return statements.flatMap(({ Action, Condition, Effect, Principal, Sid }, index): Weakening[] => {
    const at = (of: any): any => of[policy].Statement[index];
    const removed = change(`without ${Effect} ${Sid ?? index}`, (of) => of[policy].Statement.splice(index, 1));
    if (Effect === 'Deny') return Sid === 'NobodyDeletes' ? [] : [removed];
    // Whoever describes a key learns nothing of what it encrypts.
    if (Principal.Service === undefined || Action === 'kms:DescribeKey') return [];
    return [removed, ...(Condition === undefined ? [] : [change(`for any source by ${Sid ?? index}`, (of) => delete at(of).Condition)])];
  });
}

/** Who takes on a role, and how. */
function roleWeakenings(id: string, { AssumeRolePolicyDocument: { Statement: statements } }: any, change: Change): Weakening[] {
  const trust = (of: any): any[] => of.AssumeRolePolicyDocument.Statement;
  return [
    change('everybody', (of) => { trust(of)[0].Principal = { AWS: '*' }; delete trust(of)[0].Condition; }),
    ...(statements[0].Principal.Service !== undefined && statements[0].Condition ? [change('for any source', (of) => delete trust(of)[0].Condition)] : []),
    ...(PRIVILEGED.test(id) ? [
      change('without MFA', (of) => ['Bool', 'NumericLessThan'].forEach((operator) => delete trust(of)[0].Condition[operator])),
      change('for half a day', (of) => of.MaxSessionDuration = 43_200),
    ] : []),
    ...(EMERGENCY.test(id) ? [
      change('without a boundary', (of) => delete of.PermissionsBoundary),
      change('with AdministratorAccess', (of) => of.ManagedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess']),
      change('without a source identity', (of) => trust(of).forEach(({ Condition }) => delete Condition?.StringEquals?.['sts:SourceIdentity'])),
    ] : []),
  ];
}

/** What a role may do: more of each statement, and decryption without a place. */
function grantWeakenings(id: string, { PolicyDocument: { Statement: statements } }: any, change: Change): Weakening[] {
  const at = (of: any, index: number): any => of.PolicyDocument.Statement[index];
  return (statements as any[]).flatMap(({ Action, Condition, Effect, Resource }, index) => (Effect !== 'Allow' ? [] : [
    change(`any action in ${index}`, (of) => at(of, index).Action = '*'),
    ...(Resource === '*' ? [] : [change(`any resource in ${index}`, (of) => at(of, index).Resource = '*')]),
    ...(/^HubStaff/.test(id) && Condition && [Action].flat().includes('kms:Decrypt') && !/Handler/.test(id) ? [change(`decrypts anything by ${index}`, (of) => delete at(of, index).Condition)] : []),
  ]));
}

/** What more than one resource holds together. */
function combined({ name: stack, template }: TemplateSource): Weakening[] {
  const ids = Object.keys((template as any).Resources);
  const both = (name: string, type: string, apply: (all: Record<string, any>) => void): Weakening => ({ name, stack, type, apply });
  return [
    both('no review on a schedule', 'AWS::CloudTrail::Trail', (all) => ids.filter((id) => OF_REVIEW.test(id) && all[id].Type === 'AWS::Events::Rule').forEach((id) => all[id].Properties.State = 'DISABLED')),
    both('no alarm on the review', 'AWS::CloudTrail::Trail', (all) => ids.filter((id) => OF_REVIEW.test(id) && all[id].Type === 'AWS::CloudWatch::Alarm').forEach((id) => delete all[id])),
    both('nobody hears of an emergency', 'AWS::IAM::Role', (all) => ids.filter((id) => /^HubDetectionsBreakGlassUseAlarm|^HubStaffEmergencyFunctionUsed/.test(id)).forEach((id) => delete all[id])),
  ];
}

/** Those of the weakenings of some stacks that no rule reports; `beside` is what they refer to. */
export function unreported(
  governing: readonly TemplateSource[], beside: readonly TemplateSource[],
): { readonly tried: number; readonly unreported: readonly string[] } {
  const weakenings = governing.flatMap((source) => [...weakeningsOf(source), ...combined(source)]);
  return { tried: weakenings.length, unreported: unreportedOf(weakenings, [...governing, ...beside], RULES) };
}
