import * as iam from 'aws-cdk-lib/aws-iam';
import { KeyHome } from './key-home';

/** Operators, keys and values of a condition block. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** One thing that a key policy allows. */
export interface KeyUse {
  /** Service principal; without it, the principals of the key's account. */
  readonly service?: string;
  readonly actions: readonly string[];
  readonly conditions?: Conditions;
}

/** What a service does with the key of a topic or queue that it delivers to (Amazon SQS and SNS Developer Guides, "Key management"). */
export const DELIVERY_ACTIONS: readonly string[] = ['kms:Decrypt', 'kms:GenerateDataKey*'];

/** The statement of a key policy that allows a use. */
export function statementOf(use: KeyUse, home: KeyHome): iam.PolicyStatement {
  return new iam.PolicyStatement({
    principals: [use.service === undefined ? new iam.ArnPrincipal(home.rootArn) : new iam.ServicePrincipal(use.service)],
    actions: [...use.actions],
    resources: ['*'],
    conditions: use.conditions,
  });
}

/**
 * Conditions that hold a service down to what it delivers for one source, or for the whole account where the key policy cannot name it;
 * undefined for a service that is not known to send a source.
 */
export function sourceConditions(service: string, home: KeyHome, sourceArn?: string): Conditions | undefined {
  switch (service) {
    case 'cloudwatch.amazonaws.com': return sentFor(home, home.nameable(sourceArn, home.arn('cloudwatch', 'alarm:*')));
    case 'events.amazonaws.com': return sentFor(home, home.nameable(sourceArn, home.arn('events', 'rule/*')));
    case 's3.amazonaws.com': return sentFor(home, home.nameable(sourceArn, `arn:${home.stack.partition}:s3:::*`));
    // The documented statement has the topic alone, whose ARN says the account too (Amazon SNS Developer Guide, "Subscribe an encrypted queue").
    case 'sns.amazonaws.com': return { ArnLike: { 'aws:SourceArn': home.nameable(sourceArn, home.arn('sns', '*')) } };
    default: return undefined;
  }
}

/** Conditions for requests on behalf of one resource, whose ARN may be a pattern. */
export function sentFor(home: KeyHome, arn: string): Conditions {
  return { ArnLike: { 'aws:SourceArn': arn }, StringEquals: { 'aws:SourceAccount': home.accountOf(arn) } };
}

/** Conditions for requests that the account's principals make through services, `kms:ViaService` (AWS KMS Developer Guide, "AWS KMS condition keys"). */
export function viaServices(home: KeyHome, services: readonly string[]): Conditions {
  const names = [...services].sort().map((service) => `${service}.${home.region}.amazonaws.com`);
  return { StringEquals: { 'kms:CallerAccount': home.account, 'kms:ViaService': names.length === 1 ? names[0] : names } };
}

/** Conditions that hold together; a key of the later block wins. */
export function both(first: Conditions, second: Conditions): Conditions {
  const operators = [...new Set([...Object.keys(first), ...Object.keys(second)])].sort();
  return Object.fromEntries(operators.map((operator) => [operator, { ...first[operator], ...second[operator] }]));
}

/** Conditions under which a grant may be made: by a service, for a resource that it keeps (AWS KMS Developer Guide, `kms:GrantIsForAWSResource`). */
export const GRANT_FOR_RESOURCE: Conditions = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
