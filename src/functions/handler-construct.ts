import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { HandlerFunction, HandlerFunctionProps } from './handler-function';
import { EncryptedLogGroup } from '../storage';

/** A `HandlerFunction` with a place of its own in the tree, for constructs that have several. */
export class HandlerConstruct extends Construct {
  public readonly function: lambda.Function;
  public readonly role: iam.Role;
  public readonly log: EncryptedLogGroup;
  private readonly handler: HandlerFunction;

  constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    super(scope, id);
    this.handler = new HandlerFunction(this, props);
    ({ function: this.function, role: this.role, log: this.log } = this.handler);
  }

  /** Lets the function do some things with one resource. */
  public allow(actions: string[], resourceArn: string): void {
    this.handler.allow(actions, resourceArn);
  }

  /** Lets Lambda read a stream for the function. */
  public allowStream(streamArn: string): void {
    this.handler.allowStream(streamArn);
  }
}
