import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';
import { HandlerConstruct } from '../../functions/handler-construct';
import { LISTS_STREAMS } from '../../functions/handler-function';
import { DeadLetterQueue, IntegrationQueue, IntegrationTable } from '../../storage';

/** Longer than this it need not be tried: after a quarter of an hour the sweeper asks for the same attempt again. */
const MAX_AGE = Duration.minutes(15);

/** Properties of a `QueueFeed`. */
export interface QueueFeedProps {
  readonly foundation: IFoundation;
  readonly deliveries: IntegrationTable;
  readonly queue: IntegrationQueue;
}

/**
 * Puts a delivery into the queue once it was changed to `queued`, by way of the table's stream.
 *
 * What it fails on for a quarter of an hour is left in a queue, by the place in the stream, to be looked at; the sweeper makes up for it.
 */
export class QueueFeed extends HandlerConstruct {
  constructor(scope: Construct, id: string, { foundation, deliveries, queue }: QueueFeedProps) {
    super(scope, id, {
      foundation,
      bundle: 'webhooks/outbound/feed',
      description: 'Puts deliveries that are to be sent into the queue',
      environment: { QUEUE_URL: queue.queue.queueUrl },
      timeout: Duration.minutes(1),
      reservedConcurrentExecutions: 10,
      namesNoResource: LISTS_STREAMS,
    });

    const streamArn = deliveries.table.tableStreamArn!;
    this.allowStream(streamArn);
    deliveries.encryptionKey.grantDecrypt(this.role);
    const unfed = new DeadLetterQueue(this, 'Unfed', { foundation });
    this.allow(['sqs:SendMessage'], queue.queue.queueArn);
    this.allow(['sqs:SendMessage'], unfed.queue.queueArn);
    queue.encryptionKey.grant(this.role, 'kms:GenerateDataKey', 'kms:Decrypt');

    this.function.addEventSourceMapping('Queued', {
      eventSourceArn: streamArn,
      startingPosition: lambda.StartingPosition.TRIM_HORIZON,
      filters: [lambda.FilterCriteria.filter({
        eventName: lambda.FilterRule.isEqual('MODIFY'),
        dynamodb: { NewImage: { phase: { S: lambda.FilterRule.isEqual('queued') } } },
      })],
      bisectBatchOnError: true,
      maxRecordAge: MAX_AGE,
      reportBatchItemFailures: true,
      onFailure: { bind: () => ({ destination: unfed.queue.queueArn }) },
    });
  }
}
