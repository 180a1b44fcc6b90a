/** What AWS knows of a request when it decides on it: keys of conditions with their values. */
export type Context = Readonly<Record<string, string | string[]>>;

/** One AWS call, as IAM sees it. */
export interface Call {
  /** For example `dynamodb:PutItem`. */
  readonly action: string;
  /** ARN of what is called; `*` for an action that names no resource. */
  readonly resource: string;
  readonly context: Context;
  /** Who makes the call and why: a request that was seen, or what a service does in the role's name and where AWS says so. */
  readonly because: string;
}

/** Where an environment is deployed. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** Shows a call, without its context. */
export function shown({ action, resource, because }: Call): string {
  return `${action} on ${resource} (${because})`;
}
