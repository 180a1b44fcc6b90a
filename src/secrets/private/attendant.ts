import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';
import { HandlerFunction } from '../../functions/handler-function';
import { runRegularly } from '../../functions/run-regularly';
import { DeadLetterQueue, EncryptedLogGroup } from '../../storage';

/** Properties of an `Attendant`. */
export interface AttendantProps {
  readonly foundation: IFoundation;
  /** Folder of the handler below `assets/secrets`. */
  readonly bundle: string;
  readonly description: string;
  readonly roleDescription: string;
  readonly environment: Record<string, string>;
  readonly reservedConcurrentExecutions: number;
  /** What the function does elsewhere. */
  readonly statements: readonly iam.PolicyStatement[];
  /** Grants on the secret. */
  grant(role: iam.Role): void;
}

/** What looks after one secret: a function with its role, its log and the queue of what did not reach it. */
export interface Attendant {
  readonly function: lambda.Function;
  readonly role: iam.Role;
  readonly log: EncryptedLogGroup;
  readonly undelivered: DeadLetterQueue;
}

/** Makes the attendant of a secret, in the tree of the construct that the secret belongs to. */
export function createAttendant(scope: Construct, props: AttendantProps): Attendant {
  const { bundle, grant, statements, ...rest } = props;
  const undelivered = new DeadLetterQueue(scope, 'Undelivered', { foundation: props.foundation });
  const handler = new HandlerFunction(scope, { ...rest, bundle: `secrets/${bundle}`, timeout: Duration.minutes(5), undelivered });
  grant(handler.role);
  for (const statement of statements) handler.role.addToPrincipalPolicy(statement);
  return { function: handler.function, role: handler.role, log: handler.log, undelivered };
}

/** Has the function look after its secret each hour. */
export function runHourly(scope: Construct, { function: handler, undelivered }: Attendant, description: string): void {
  runRegularly(scope, 'Hourly', Duration.hours(1), handler, undelivered, { description, task: 'reconcile', retries: 3 });
}
