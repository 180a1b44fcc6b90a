import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';
import { HandlerFunction } from '../../functions/handler-function';
import { DeadLetterQueue, IntegrationTable } from '../../storage';

/** Properties of a `UsersFunction`. */
export interface UsersFunctionProps {
  readonly foundation: IFoundation;
  /** Folder of the handler below `assets/sftp`. */
  readonly bundle: string;
  readonly description: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeout: Duration;
  readonly reservedConcurrentExecutions: number;
  readonly memorySize?: number;
  /** Absent for a function whose answer is waited for. */
  readonly undelivered?: DeadLetterQueue;
  /** Why nothing has to wait for it, where `undelivered` is absent. */
  readonly neverDeferred?: string;
}

/** A function around the users of a server. */
export class UsersFunction extends Construct {
  private readonly handler: HandlerFunction;

  constructor(scope: Construct, id: string, props: UsersFunctionProps) {
    super(scope, id);
    this.handler = new HandlerFunction(this, { ...props, bundle: `sftp/${props.bundle}` });
  }

  public get function(): lambda.Function {
    return this.handler.function;
  }

  public get role() {
    return this.handler.role;
  }

  public get log() {
    return this.handler.log;
  }

  /** Lets the function do some things with one resource. */
  public allow(actions: string[], resourceArn: string): void {
    this.handler.allow(actions, resourceArn);
  }

  /** Lets the function do some things with the items of a table. */
  public allowTable({ table, encryptionKey }: IntegrationTable, ...actions: string[]): void {
    this.allow(actions.map((action) => `dynamodb:${action}`), table.tableArn);
    encryptionKey.grantDecrypt(this.role);
  }
}
