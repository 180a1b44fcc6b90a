import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';
import { HandlerConstruct } from '../../functions/handler-construct';
import { LISTS_STREAMS } from '../../functions/handler-function';
import { DeadLetterQueue, IntegrationTable } from '../../storage';

/** Properties of a `Dispatcher`. */
export interface DispatcherProps {
  readonly foundation: IFoundation;
  readonly records: IntegrationTable;
  readonly environment: Record<string, string>;
  readonly timeout: Duration;
  readonly reservedConcurrentExecutions: number;
}

/**
 * Dispatches each new record, by way of the table's stream.
 *
 * Its handler fails for no record, so a batch fails only if the function cannot run; it is then halved, tried for a quarter of an hour, and its
 * place in the stream is left in a queue, to be looked at. The sweeper makes up for it.
 */
export class Dispatcher extends HandlerConstruct {
  constructor(scope: Construct, id: string, { records, ...props }: DispatcherProps) {
    super(scope, id, { ...props, bundle: 'webhooks/dispatch', description: 'Dispatches webhooks that were received', namesNoResource: LISTS_STREAMS });

    const streamArn = records.table.tableStreamArn!;
    this.allowStream(streamArn);
    const missed = new DeadLetterQueue(this, 'Missed', { foundation: props.foundation });
    this.allow(['sqs:SendMessage'], missed.queue.queueArn);
    missed.encryptionKey.grant(this.role, 'kms:Decrypt', 'kms:GenerateDataKey');

    this.function.addEventSourceMapping('Received', {
      eventSourceArn: streamArn,
      startingPosition: lambda.StartingPosition.TRIM_HORIZON,
      filters: [lambda.FilterCriteria.filter({ eventName: lambda.FilterRule.isEqual('INSERT') })],
      batchSize: 100,
      bisectBatchOnError: true,
      // As often as fits in: attempts that fail at once would use up any number of them.
      maxRecordAge: Duration.minutes(15),
      onFailure: { bind: () => ({ destination: missed.queue.queueArn }) },
    });
  }
}
