// Runs the functions that send webhooks as they ship against moto, an emulation of AWS that others wrote: `ts-node scripts/emulated-sender.ts`.
// It judges every expression that they write. Nothing is sent: the endpoint's name has an address that the guard refuses.
import { resolve } from 'node:path';
import {
  AttributeValue, CreateTableCommand, DynamoDBClient, GetItemCommand, UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { withMoto } from './moto';
import { RunningBundle } from '../test/runtime-e2e/bundle';

const MESSAGE = { endpoint: { S: 'ep_1' }, message: { S: 'msg_1' } };

/** A message whose endpoint leads to loopback: stored, refused, swept, disabled, dead and sent anew; throws where that is not what happens. */
async function send(AWS_ENDPOINT_URL: string): Promise<void> {
  const config = { endpoint: AWS_ENDPOINT_URL, region: 'eu-west-1', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example-secret' } };
  const dynamo = new DynamoDBClient(config);
  await createTables(dynamo);
  const secrets = new SecretsManagerClient(config);
  const { ARN } = await secrets.send(new CreateSecretCommand({ Name: 'acme', SecretString: JSON.stringify({ secret: Buffer.alloc(32, 'k').toString('base64'), kid: 'v1' }) }));
  const sqs = new SQSClient(config);
  await sqs.send(new CreateQueueCommand({ QueueName: 'webhooks' }));
  const bundles = await Promise.all(['sender', 'sweeper', 'replayer', 'feed', 'registrar'].map((name) => RunningBundle.start(
    resolve(__dirname, `../assets/webhooks/outbound/${name}/index.js`),
    {
      ENDPOINT_TABLE: 'endpoints', DELIVERY_TABLE: 'deliveries', QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/webhooks', AWS_ENDPOINT_URL,
      NODE_OPTIONS: `--require ${resolve(__dirname, '../test/runtime-e2e/names.cjs')}`, TEST_ANSWERS: JSON.stringify([[name === 'registrar' ? '8.8.8.8' : '127.0.0.1']]),
    },
  )));
  const [sender, sweeper, replayer, feed, registrar] = bundles;
  const row = async () => (await dynamo.send(new GetItemCommand({ TableName: 'deliveries', Key: MESSAGE, ConsistentRead: true }))).Item!;
  const change = async (TableName: string, Key: Record<string, AttributeValue>, UpdateExpression: string, value: AttributeValue) =>
    dynamo.send(new UpdateItemCommand({ TableName, Key, UpdateExpression, ExpressionAttributeValues: { ':value': value } }));
  const deliver = async (body: object) => sender.invoke({ Records: [{ messageId: 'sqs-1', body: JSON.stringify(body) }] });
  const endpoint = { endpoint: 'ep_1', tenant: 'acme' };
  try {
    const registration = { action: 'register', ...endpoint, url: 'https://hooks.customer.com/', keySecretArn: ARN, headers: { 'x-tenant': 'acme' } };
    for (const time of ['once', 'again']) insist(await registrar.invoke(registration), { outcome: 'registered' }, `an endpoint is registered ${time}`);
    insist(await registrar.invoke({ ...registration, tenant: 'other' }), { outcome: 'refused', reason: 'endpoint-exists' }, 'an endpoint is one tenant\'s');
    insist(await registrar.invoke({ action: 'change', ...endpoint, url: 'https://hooks.customer.com/in' }), { outcome: 'changed' }, 'its URL changes');
    insist(await registrar.invoke({ action: 'disable', ...endpoint }), { outcome: 'disabled' }, 'it is disabled');
    insist(await registrar.invoke({ action: 'enable', ...endpoint }), { outcome: 'enabled' }, 'and enabled');
    insist(await deliver({ endpoint: 'ep_1', message: 'msg_1', body: '{}' }), { batchItemFailures: [] }, 'a message is dealt with');
    await deliver({ endpoint: 'ep_1', message: 'msg_1', body: '{}' });
    insist([(await row()).phase, (await row()).attempt], [{ S: 'waiting' }, { N: '2' }], 'what was refused is tried again, and once');
    await change('deliveries', MESSAGE, 'SET dueAt = :value', { N: '1' });
    await sweeper.invoke({});
    insist((await row()).phase, { S: 'queued' }, 'what is due is put back');
    await change('endpoints', { endpoint: { S: 'ep_1' } }, 'SET openUntil = :value', { N: '9999999999999' });
    await deliver({ endpoint: 'ep_1', message: 'msg_1', attempt: '2' });
    insist([(await row()).phase, (await row()).attempt], [{ S: 'waiting' }, { N: '2' }], 'what cannot be sent now is put off');
    await change('deliveries', MESSAGE, 'SET dueAt = :value', { N: '1' });
    await sweeper.invoke({});
    await change('endpoints', { endpoint: { S: 'ep_1' } }, 'SET disabledBecause = :value', { S: 'gone' });
    await deliver({ endpoint: 'ep_1', message: 'msg_1', attempt: '2' });
    insist([(await row()).phase, (await row()).ending], [{ S: 'dead' }, { S: 'endpoint-disabled' }], 'to a disabled endpoint nothing is sent');
    insist(await replayer.invoke({ endpoint: 'ep_1', enable: true }), { replayed: 1 }, 'what is dead is sent anew');
    insist([(await row()).phase, (await row()).attempt, (await row()).seriesStart], [{ S: 'queued' }, { N: '3' }, { N: '2' }], 'attempts are numbered on');
    insist(await feed.invoke({ Records: [{ eventName: 'MODIFY', dynamodb: { SequenceNumber: '1', NewImage: await row() } }] }), { batchItemFailures: [] }, 'the stream is fed');
    const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: `${AWS_ENDPOINT_URL}/123456789012/webhooks` }));
    insist(message?.Body, '{"endpoint":"ep_1","message":"msg_1","attempt":"3"}', 'what is put back is in the queue');
    await change('deliveries', MESSAGE, 'SET attempt = :value', { N: '12' });
    await change('deliveries', MESSAGE, 'SET phase = :value', { S: 'sending' });
    await change('deliveries', MESSAGE, 'SET dueAt = :value', { N: '1' });
    await sweeper.invoke({});
    insist((await row()).ending, { S: 'abandoned' }, 'a last attempt that died is the end');
    console.log('webhook sender: registers, stores, refuses, tries again, gives up and sends anew, as promised');
  } finally {
    await Promise.all(bundles.map((bundle) => bundle.stop()));
  }
}

async function createTables(dynamo: DynamoDBClient): Promise<void> {
  const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
  await dynamo.send(new CreateTableCommand({
    TableName: 'endpoints', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [text('endpoint')], KeySchema: [{ AttributeName: 'endpoint', KeyType: 'HASH' }],
  }));
  await dynamo.send(new CreateTableCommand({
    TableName: 'deliveries',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [text('endpoint'), text('message'), text('dueShard'), { AttributeName: 'dueAt', AttributeType: 'N' }],
    KeySchema: [{ AttributeName: 'endpoint', KeyType: 'HASH' }, { AttributeName: 'message', KeyType: 'RANGE' }],
    GlobalSecondaryIndexes: [{
      IndexName: 'due',
      KeySchema: [{ AttributeName: 'dueShard', KeyType: 'HASH' }, { AttributeName: 'dueAt', KeyType: 'RANGE' }],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['phase', 'attempt', 'seriesStart', 'releases'] },
    }],
  }));
}

function insist(found: unknown, expected: unknown, claim: string): void {
  if (JSON.stringify(found) !== JSON.stringify(expected)) throw new Error(`does not hold: ${claim}; found ${JSON.stringify(found)}`);
}

withMoto(send).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
