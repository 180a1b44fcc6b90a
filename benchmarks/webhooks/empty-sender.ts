import { request } from 'node:https';
import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** The clients of the sender, and the calls that it makes. */
export const handler = {
  table: new DynamoDBClient({}), secrets: new SecretsManagerClient({}), GetItemCommand, UpdateItemCommand, GetSecretValueCommand, request,
};
