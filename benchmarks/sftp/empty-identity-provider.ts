import { DeleteItemCommand, DynamoDBClient, GetItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

/** The client of the identity provider, and the calls that it makes. */
export const handler = { tables: new DynamoDBClient({}), DeleteItemCommand, GetItemCommand, QueryCommand, UpdateItemCommand };
