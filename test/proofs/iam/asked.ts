import { Context } from './call';
import { SeenRequest } from '../../runtime-e2e/bundle';

/** What a request asks for: an action on a resource, with what the service itself tells IAM of it. */
export type Asked = readonly [action: string, resource: string, context?: Context];

/** Body of a request of a JSON protocol. */
export type Body = Readonly<Record<string, any>>;

/** What AWS knows of resources beside the request. */
export interface Known {
  /** Tags of a resource that is made while the handler is exercised. */
  tagsOf(arn: string): Readonly<Record<string, string>>;
  /** Name of the partition key of a table; undefined for a table that is not there. */
  partitionKeyOf(tableArn: string): string | undefined;
  /** ARN and permissions boundary of a role, which requests name without its path; undefined for one that is not there. */
  roleNamed(name: string): { readonly arn: string; readonly boundary?: string } | undefined;
}

export const NOTHING: Known = { tagsOf: () => ({}), partitionKeyOf: () => undefined, roleNamed: () => undefined };

export function pathOf({ url }: SeenRequest): string {
  return new URL(url, 'http://aws').pathname;
}

export function unknown(service: string, operation: string): Error {
  return new Error(`the proof does not know which permission ${operation} of ${service} needs; add it to test/proofs/iam/requests-*.ts`);
}
