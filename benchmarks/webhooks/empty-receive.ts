import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** The clients of the receiver, and the calls that it makes. */
export const handler = {
  table: new DynamoDBClient({}),
  bucket: new S3Client({}),
  secrets: new SecretsManagerClient({}),
  PutItemCommand,
  PutObjectCommand,
  GetSecretValueCommand,
};
