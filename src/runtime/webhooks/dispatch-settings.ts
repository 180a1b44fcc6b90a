import type { SweepSettings } from './sweep';
import { bodyBucket, Environment, tableName, whole } from '../shared/environment';

/** Everything that the functions of dispatch are configured with. */
export interface DispatcherSettings extends SweepSettings {
  readonly tableName: string;
  readonly targetArn: TargetArn;
}

/** The ARN of a target, and the service that it names. */
export interface TargetArn { readonly service: TargetService; readonly arn: string }

export type TargetService = 'events' | 'lambda' | 'sqs' | 'states';

/** What the ARN of each kind of target looks like. */
export const TARGET_ARNS: Readonly<Record<TargetService, RegExp>> = {
  events: /^arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:event-bus\/[\w./-]{1,256}$/,
  lambda: /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]{1,64}(?::[\w$-]{1,128})?$/,
  sqs: /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[\w-]{1,80}(?:\.fifo)?$/,
  states: /^arn:aws[a-z-]*:states:[a-z0-9-]+:\d{12}:stateMachine:[\w-]{1,80}(?::[\w-]{1,80})?$/,
};

/** AWS Lambda Developer Guide, "Lambda quotas", timeout. */
const MAX_TIMEOUT_SECONDS = 900;

/** Clocks of two functions differ by less; and what a function sent as it was stopped has arrived. */
const MARGIN_MILLISECONDS = 10_000;

/**
 * Reads `TABLE_NAME`, `BODY_BUCKET`, `TARGET_ARN`, `TIMEOUT_SECONDS` (the longest of the functions that dispatch from this table) and
 * `MAX_ATTEMPTS`; throws, saying what is wrong, so that the function does not start.
 */
export function parseDispatcherSettings(environment: Environment): DispatcherSettings {
  const timeoutMilliseconds = whole(environment, 'TIMEOUT_SECONDS', 10, MAX_TIMEOUT_SECONDS) * 1000;
  return {
    tableName: tableName(environment),
    bucket: bodyBucket(environment),
    targetArn: targetArn(environment),
    leaseMilliseconds: timeoutMilliseconds + MARGIN_MILLISECONDS,
    budgetMilliseconds: timeoutMilliseconds / 2,
    maxAttempts: whole(environment, 'MAX_ATTEMPTS', 1, 100),
  };
}

function targetArn({ TARGET_ARN: arn = '' }: Environment): TargetArn {
  const services = Object.keys(TARGET_ARNS) as TargetService[];
  const service = services.find((one) => TARGET_ARNS[one].test(arn));
  if (!service) throw new Error(`TARGET_ARN must be the ARN of a resource of ${services.join(', ')}`);
  return { service, arn };
}
