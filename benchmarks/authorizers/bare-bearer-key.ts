import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { KMSClient, VerifyMacCommand } from '@aws-sdk/client-kms';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';

const [table, kms] = [new DynamoDBClient({}), new KMSClient({})];

/** Reads the row of a key and verifies its MAC, and nothing more: no form, no consumers, no limits, no scopes, no log. */
export async function handler({ headers, methodArn }: APIGatewayRequestAuthorizerEvent) {
  const [prefix, id, secret] = headers!.Authorization!.slice('Bearer '.length).split('_');
  const { Item } = await table.send(new GetItemCommand({
    TableName: process.env.TABLE_NAME,
    Key: { holder: { S: id.slice(0, 10) }, credential: { S: id.slice(10) } },
    ConsistentRead: true,
    ProjectionExpression: 'verifier, planKey, disabledAt',
  }));
  await kms.send(new VerifyMacCommand({
    KeyId: process.env.MAC_KEY_ARN,
    MacAlgorithm: 'HMAC_SHA_256',
    Message: Buffer.from(`${prefix}_${id}_${secret.slice(0, -8)}`),
    Mac: Buffer.from(Item!.verifier.S!, 'base64'),
  }));
  return {
    principalId: id,
    policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: methodArn }] },
    usageIdentifierKey: Item!.planKey.S,
  };
}
