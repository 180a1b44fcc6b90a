// Runs the function that receives webhooks as it ships against moto, an emulation of AWS that others wrote: `ts-node scripts/emulated-inbox.ts`.
// A hundred equal deliveries at once, to ten processes, over connections of their own, have to leave one record (adversarial test 62).
import { resolve } from 'node:path';
import { CreateTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { withMoto } from './moto';
import { RunningBundle } from '../test/runtime-e2e/bundle';
import { BODY, githubRequest, RECEIVER_ENVIRONMENT, SECRET } from '../test/runtime-e2e/inbox-cloud';

const DELIVERIES = 100;
const PROCESSES = 10;

/** Deliveries of one event and of others, and forgeries; throws where they do not leave what is promised. */
async function receive(AWS_ENDPOINT_URL: string): Promise<void> {
  const config = { endpoint: AWS_ENDPOINT_URL, region: 'eu-west-1', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example-secret' } };
  const dynamo = new DynamoDBClient(config);
  const TableName = RECEIVER_ENVIRONMENT.TABLE_NAME;
  await dynamo.send(new CreateTableCommand({
    TableName, BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  }));
  const { ARN } = await new SecretsManagerClient(config).send(new CreateSecretCommand({ Name: 'github', SecretString: SECRET }));
  const start = async () => RunningBundle.start(
    resolve(__dirname, '../assets/webhooks/receive/index.js'), { ...RECEIVER_ENVIRONMENT, SECRET_ARN: ARN!, AWS_ENDPOINT_URL },
  );
  const bundles = await Promise.all(Array.from({ length: PROCESSES }, start));
  const deliver = async (request: (index: number) => object) => {
    const answers = Array.from({ length: DELIVERIES }, (_, index) => bundles[index % PROCESSES].invoke(request(index)));
    return [...new Set((await Promise.all(answers) as Array<{ statusCode: number }>).map(({ statusCode }) => statusCode))];
  };
  const records = async () => (await dynamo.send(new ScanCommand({ TableName, ConsistentRead: true }))).Items!;
  try {
    insist(await deliver(() => githubRequest(BODY, 'a secret that is not the one')), [401], 'forgeries are refused');
    insist((await records()).length, 0, 'forgeries leave nothing');
    insist(await deliver(() => githubRequest()), [200], 'equal deliveries are acknowledged, each');
    insist((await records()).map(({ state }) => state.S), ['RECEIVED'], 'equal deliveries leave one record');
    const outcomes = bundles.flatMap(({ log }) => log).filter((line) => line.includes('"outcome"'));
    insist(outcomes.filter((line) => line.includes('"stored"')).length, 1, 'one of them was told to be stored');
    insist(outcomes.filter((line) => line.includes('"duplicate"')).length, DELIVERIES - 1, 'the others were told to be duplicates');
    insist(await deliver((index) => githubRequest(JSON.stringify({ index }))), [200], 'other deliveries are acknowledged');
    insist((await records()).length, 1 + DELIVERIES, 'other deliveries leave a record each');
    console.log(`webhook receiver: ${DELIVERIES} equal deliveries at once to ${PROCESSES} processes, 1 record; ${DELIVERIES} others, ${DELIVERIES} records`);
  } finally {
    await Promise.all(bundles.map((bundle) => bundle.stop()));
  }
}

function insist(found: unknown, expected: unknown, claim: string): void {
  if (JSON.stringify(found) !== JSON.stringify(expected)) throw new Error(`does not hold: ${claim}; found ${JSON.stringify(found)}`);
}

withMoto(receive).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
