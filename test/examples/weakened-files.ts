import { check, RULES, TemplateSource } from '../../src/rules';

/** One change of a template that takes a protection away. */
interface Weakening {
  readonly name: string;
  /** The stack that it changes. */
  readonly stack: string;
  apply(resources: Record<string, any>): void;
}

/** What is no protection, or whose absence locks out instead of letting in (ADR 0036 and 0037). */
const HARMLESS = /\.(VpcId|AddressAllocationIds|ProtocolDetails|SetStatOption|S3StorageOptions(\.DirectoryListingOptimization)?|MaxConcurrentConnections|OrderedUserSecretVersionStages(\.\d)?)$/;

const TRUSTED = 'transfer.amazonaws.com';

/** Everything that SFTP servers, connectors, partners' roles and scanned buckets of a stack are protected by, taken away piece by piece. */
function weakeningsOf({ name: stack, template }: TemplateSource): Weakening[] {
  return Object.entries((template as any).Resources as Record<string, any>).flatMap(([id, { Type, Properties }]): Weakening[] => {
    const change = (what: string, apply: (properties: any, all: Record<string, any>) => void): Weakening =>
      ({ name: `${Type} ${id}: ${what}`, stack, apply: (all) => apply(all[id].Properties, all) });
    switch (Type) {
      case 'AWS::Transfer::Server': return [...without(Properties, change), change('not kept', (_, all) => delete all[id].DeletionPolicy)];
      case 'AWS::Transfer::Connector': return without(Properties, change);
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

type Change = (what: string, apply: (properties: any, all: Record<string, any>) => void) => Weakening;

/** Each property, and each member of it. */
function without(properties: Record<string, any>, change: Change): Weakening[] {
  const members = (value: any, path: readonly string[]): string[][] => (typeof value !== 'object' || value === null ? []
    : Object.keys(value).filter((key) => !/^(Ref|Fn::)|^Tags$/.test(key)).flatMap((key) => [[...path, key], ...members(value[key], [...path, key])]));
  return members(properties, []).map((path) => ({ path, what: `without .${path.join('.')}` })).filter(({ what }) => !HARMLESS.test(what))
    .map(({ path, what }) => change(what, (changed) => {
      const holder = path.slice(0, -1).reduce((value, key) => value[key], changed);
      const last = path[path.length - 1];
      if (Array.isArray(holder)) holder.splice(Number(last), 1);
      else delete holder[last];
    }));
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
  const findings = (sources: readonly TemplateSource[]): string[] => check(sources, rules).filter(({ finding }) => finding !== '')
    .map(({ control, finding, logicalId, property }) => `${control} ${finding} ${logicalId} ${property}`);
  const before = new Set(findings(templates));
  const weakenings = templates.flatMap(weakeningsOf);
  return {
    tried: weakenings.length,
    unreported: weakenings.filter(({ stack, apply }) => {
      const changed = structuredClone(templates.find(({ name }) => name === stack)!);
      apply((changed.template as any).Resources);
      return findings(templates.map((source) => (source.name === stack ? changed : source))).every((finding) => before.has(finding));
    }).map(({ name }) => name),
  };
}
