import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { IFoundation } from '../foundation';
import { IntegrationTable } from '../storage';

/** Properties of a `ConsumedEvents`. */
export interface ConsumedEventsProps {
  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;
}

/**
 * What a consumer has done: a table for the function `idempotent`, which acts once for each `dedupeId`.
 *
 * A target may get an event more than once, as anything may that is delivered at least once. Give each consumer a table of its own, since
 * what one has done another has not. The table outlives the stack.
 *
 * @example
 * declare const consumer: iam.IRole;
 * const consumed = new webhooks.ConsumedEvents(this, 'Consumed');
 * consumed.grantUse(consumer);
 */
export class ConsumedEvents extends Construct {
  /** The underlying table, for whatever this construct does not cover. */
  public readonly table: dynamodb.ITable;

  private readonly events: IntegrationTable;

  constructor(scope: Construct, id: string, props: ConsumedEventsProps = {}) {
    super(scope, id);
    this.events = new IntegrationTable(this, 'Events', {
      foundation: props.foundation,
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      timeToLiveAttribute: 'expires',
    });
    this.table = this.events.table;
  }

  /** Lets `grantee` note what it is doing and what it has done, and take back what failed. It reads nothing but what its writes tell. */
  public grantUse(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee, actions: ['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], resourceArns: [this.table.tableArn],
    }).combine(this.events.encryptionKey.grantDecrypt(grantee));
  }
}
