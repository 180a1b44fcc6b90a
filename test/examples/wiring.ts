import { findings } from './synthesize';
import { TemplateSource } from '../../src/rules';

/** Where a template keeps the policies of keys, topics, queues and buckets. */
const POLICIES: Readonly<Record<string, string>> = {
  'AWS::KMS::Key': 'KeyPolicy', 'AWS::SNS::TopicPolicy': 'PolicyDocument', 'AWS::SQS::QueuePolicy': 'PolicyDocument', 'AWS::S3::BucketPolicy': 'PolicyDocument',
};

const PRODUCTION = 'Production/';

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
  return templates.filter(({ name }) => name.startsWith(PRODUCTION)).flatMap(({ name, template }) =>
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

/** Those of some statements whose removal no delivery rule reports as a violation. The environment alone is judged, since nothing in it delivers to another. */
export function unnoticed(templates: readonly TemplateSource[], places: readonly Place[]): Place[] {
  const production = templates.filter(({ name }) => name.startsWith(PRODUCTION));
  return places.filter(({ name, logicalId, policy, index }) => {
    const changed = structuredClone(production.find((source) => source.name === name)!);
    (changed.template as any).Resources[logicalId].Properties[policy].Statement.splice(index, 1);
    const weakened = production.map((source) => (source.name === name ? changed : source));
    return !findings(weakened, 'DELIVERY-').some(({ outcome }) => outcome === 'violation');
  });
}
