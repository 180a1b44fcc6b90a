import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

/** The clients of the dispatcher, of which it makes the table's and the one of its target, and the calls that it makes. */
export const handler = {
  table: new DynamoDBClient({}),
  bus: new EventBridgeClient({}),
  UpdateItemCommand,
  PutEventsCommand,
  InvokeCommand,
  StartExecutionCommand,
  SendMessageCommand,
  others: [LambdaClient, SFNClient, SQSClient],
};
