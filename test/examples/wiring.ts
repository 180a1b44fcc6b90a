import { findings } from './synthesize';
import { TemplateSource } from '../../src/rules';

/** Where a template keeps the policies of keys, topics, queues and buckets. */
const POLICIES: Readonly<Record<string, string>> = {
  'AWS::KMS::Key': 'KeyPolicy', 'AWS::SNS::TopicPolicy': 'PolicyDocument', 'AWS::SQS::QueuePolicy': 'PolicyDocument', 'AWS::S3::BucketPolicy': 'PolicyDocument',
};

/** A statement of a policy in a template. */
export interface Place {
  readonly name: string;
  readonly logicalId: string;
  readonly policy: string;
  readonly index: number;
  readonly text: string;
}

/** Every statement in the policies of the production environment that fits. */
function statements(templates: readonly TemplateSource[], fits: (statement: any, type: string) => boolean): Place[] {
  return templates.filter(({ name }) => name.startsWith('Production/')).flatMap(({ name, template }) =>
    Object.entries((template as any).Resources as Record<string, any>).flatMap(([logicalId, { Type, Properties }]) => {
      const policy = POLICIES[Type];
      const found: any[] = policy === undefined ? [] : Properties?.[policy]?.Statement ?? [];
      return found.flatMap((statement, index) => (fits(statement, Type)
        ? [{ name, logicalId, policy, index, text: `${JSON.stringify(statement.Principal)} ${JSON.stringify(statement.Action)}` }] : []));
    }));
}

/** Every Allow to an AWS service. */
export function serviceStatements(templates: readonly TemplateSource[]): Place[] {
  return statements(templates, ({ Effect, Principal }) => Effect === 'Allow' && Principal?.Service !== undefined);
}

/** Every Allow to the account by which DynamoDB and Lambda store, or make grants, with a key. */
export function storageStatements(templates: readonly TemplateSource[]): Place[] {
  return statements(templates, ({ Action, Condition }, type) => type === 'AWS::KMS::Key'
    && /^(dynamodb|lambda)\./.test(Condition?.StringEquals?.['kms:ViaService']) && /kms:(CreateGrant|Encrypt)"/.test(JSON.stringify(Action)));
}

/** Those of some statements whose removal no delivery rule reports as a violation; of two that let a service do the same, one may go, and not both. */
export function unnoticed(templates: readonly TemplateSource[], places: readonly Place[]): Place[] {
  return places.filter((place) => {
    const alike = places.filter(({ name, logicalId, policy, text }) => name === place.name && logicalId === place.logicalId && policy === place.policy && text === place.text);
    return ![[place], ...(alike.length > 1 ? [alike] : [])].some((gone) => findings(without(templates, gone), 'DELIVERY-').some(({ outcome }) => outcome === 'violation'));
  });
}

/** Templates without some statements of one policy; the stacks of another environment have nothing to do with it. */
function without(templates: readonly TemplateSource[], places: readonly Place[]): TemplateSource[] {
  const [{ name, logicalId, policy }] = places;
  const changed = structuredClone(templates.find((source) => source.name === name)!);
  const document = (changed.template as any).Resources[logicalId].Properties[policy];
  document.Statement = document.Statement.filter((_: unknown, index: number) => !places.some((place) => place.index === index));
  return templates.filter((source) => source.name.split('/')[0] === name.split('/')[0]).map((source) => (source.name === name ? changed : source));
}
