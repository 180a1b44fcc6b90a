import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';
import { IntegrationTable } from '../../storage';

/** Name of the index by due time, as the sweeper knows it. */
const DUE_INDEX = 'due';

const text = (name: string): dynamodb.Attribute => ({ name, type: dynamodb.AttributeType.STRING });

/** The table of endpoints: where each leads, whose it is, how it does. */
export function createEndpointTable(scope: Construct, foundation: IFoundation): IntegrationTable {
  return new IntegrationTable(scope, 'Endpoints', { foundation, partitionKey: text('endpoint') });
}

/** The table of deliveries, which is the truth about each message; its stream rings the bell of the queue. */
export function createDeliveryTable(scope: Construct, foundation: IFoundation): IntegrationTable {
  const table = new IntegrationTable(scope, 'Deliveries', {
    foundation,
    partitionKey: text('endpoint'),
    sortKey: text('message'),
    timeToLiveAttribute: 'expires',
    stream: dynamodb.StreamViewType.NEW_IMAGE,
  });
  table.addIndex({
    indexName: DUE_INDEX,
    partitionKey: text('dueShard'),
    sortKey: { name: 'dueAt', type: dynamodb.AttributeType.NUMBER },
    // Not the body, which would be stored twice and written with each change.
    projectionType: dynamodb.ProjectionType.INCLUDE,
    nonKeyAttributes: ['phase', 'attempt', 'seriesStart', 'releases'],
  });
  return table;
}

/** ARN of the index by due time. */
export function dueIndexArn({ table }: IntegrationTable): string {
  return `${table.tableArn}/index/${DUE_INDEX}`;
}
