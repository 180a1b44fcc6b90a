import { Change, unreportedOf, Weakening, weakeningsIn, without } from './weakenings';
import { RULES, TemplateSource } from '../../src/rules';

/** What is no protection, or whose absence locks out instead of letting in (ADR 0036 and 0037). */
const HARMLESS = /\.(VpcId|AddressAllocationIds|ProtocolDetails|SetStatOption|S3StorageOptions(\.DirectoryListingOptimization)?|MaxConcurrentConnections|OrderedUserSecretVersionStages(\.\d)?)$/;

const TRUSTED = 'transfer.amazonaws.com';

/** Everything that SFTP servers, connectors, partners' roles and scanned buckets of a stack are protected by, taken away piece by piece. */
function weakeningsOf(source: TemplateSource): Weakening[] {
  return weakeningsIn(source, (id, { Type, Properties }, change): Weakening[] => {
    switch (Type) {
      case 'AWS::Transfer::Server': return [...without(Properties, change, HARMLESS), change('not kept', (_, all) => delete all[id].DeletionPolicy)];
      case 'AWS::Transfer::Connector': return without(Properties, change, HARMLESS);
      case 'AWS::EC2::SecurityGroup':
        return (Properties.SecurityGroupIngress ?? []).map((_: unknown, index: number) =>
          change(`everybody by rule ${index}`, ({ SecurityGroupIngress }) => SecurityGroupIngress[index].CidrIp = '0.0.0.0/0'));
      case 'AWS::GuardDuty::MalwareProtectionPlan':
        return [change('no tag', ({ Actions }) => Actions.Tagging.Status = 'DISABLED'), change('gone', (_, all) => delete all[id])];
      case 'AWS::S3::BucketPolicy':
        return Properties.PolicyDocument.Statement.flatMap(({ Effect, Sid }: any, index: number) => (Effect === 'Deny'
          ? [change(`without Deny ${Sid ?? index}`, ({ PolicyDocument }) => PolicyDocument.Statement.splice(index, 1))] : []));
      case 'AWS::Lambda::Permission':
        return Properties.Principal !== TRUSTED ? []
          : ['SourceArn', 'SourceAccount'].map((key) => change(`without ${key}`, (properties) => delete properties[key]));
      case 'AWS::Logs::MetricFilter':
        return /(AUTH|KEX)_FAILURE|REJECTED|"ERROR"/.test(JSON.stringify(Properties.FilterPattern)) && !Properties.MetricTransformations[0].Dimensions
          ? [change('counts nothing', (properties) => properties.FilterPattern = '{ $.never = "so" }')] : [];
      case 'AWS::SecretsManager::RotationSchedule': return [change('gone', (_, all) => delete all[id])];
      case 'AWS::IAM::Role': return JSON.stringify(Properties.AssumeRolePolicyDocument).includes(TRUSTED) ? roleWeakenings(Properties, change) : [];
      default: return [];
    }
  });
}

/** A role of a partner has its rights in itself. */
function roleWeakenings({ Policies }: any, change: Change): Weakening[] {
  const statements: any[] = (Policies ?? []).flatMap((policy: any) => policy.PolicyDocument.Statement);
  const each = statements.flatMap((statement, index) => [
    change(`any action in ${index}`, (properties) => properties.Policies[0].PolicyDocument.Statement[index].Action = '*'),
    change(`any resource in ${index}`, (properties) => properties.Policies[0].PolicyDocument.Statement[index].Resource = '*'),
    ...(/partners\/\w+\/\*/.test(JSON.stringify(statement.Resource)) ? [change(`the folders of all in ${index}`, ({ Policies: [{ PolicyDocument }] }) => {
      PolicyDocument.Statement[index] = JSON.parse(JSON.stringify(statement).replace(/partners\/\w+\//g, 'partners/'));
    })] : []),
    ...(statement.Action !== 's3:ListBucket' ? []
      : [change(`all listed by ${index}`, (properties) => delete properties.Policies[0].PolicyDocument.Statement[index].Condition)]),
  ]);
  return [...each, change('for any source', ({ AssumeRolePolicyDocument }) => delete AssumeRolePolicyDocument.Statement[0].Condition)];
}

/** Those of the weakenings of some stacks that no rule reports. */
export function unreported(templates: readonly TemplateSource[]): { readonly tried: number; readonly unreported: readonly string[] } {
  const rules = RULES.filter(({ control }) => /^(SFTP|STORAGE|ROLE-TRUST|IAM|NETWORK|LAMBDA-PERMISSION|DELIVERY-SECRET|SECRET)/.test(control));
  const weakenings = templates.flatMap(weakeningsOf);
  return { tried: weakenings.length, unreported: unreportedOf(weakenings, templates, rules) };
}
