// Runs the rotating functions as they ship against moto, an emulation of AWS that others wrote: `ts-node scripts/emulated-aws.ts`.
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import {
  APIGatewayClient, CreateApiKeyCommand, CreateUsagePlanCommand, GetApiKeysCommand, GetUsagePlanKeysCommand,
} from '@aws-sdk/client-api-gateway';
import { CreateTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { CreateKeyCommand, KMSClient, VerifyMacCommand } from '@aws-sdk/client-kms';
import {
  CreateSecretCommand, DescribeSecretCommand, GetSecretValueCommand, RotateSecretCommand, SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { LossyLine, Loss } from './lossy-line';
import { withMoto } from './moto';
import { standIn } from './moto-function';
import { macMessageOf, tryReadBearerKey } from '../src/runtime/api/bearer-key';
import { tryRowOf } from '../src/runtime/secrets/credential-row';
import { verifyPassword } from '../src/runtime/secrets/password-verifier';
import { sftpPassword } from '../src/runtime/secrets/sftp-password';
import { storedCredential } from '../src/runtime/secrets/stored-credential';
import { RunningBundle } from '../test/runtime-e2e/bundle';

const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

const DAY = 24 * 60 * 60 * 1000;

const VERSION = '3b1f7f0e-53a4-4c3a-9d0e-0a4c6f1f9b11';

async function main(endpoint: string): Promise<void> {
  for (const strategy of ['webhook-secret', 'webhook-signing-key', 'api-key', 'bearer-key', 'sftp-password']) {
    await rotate(strategy, endpoint);
    let lost = 0;
    for (let call = 1; await survives(strategy, endpoint, { call, when: 'before' }) && await survives(strategy, endpoint, { call, when: 'after' }); call++) lost++;
    insist(lost >= 10, 'a rotation makes some calls');
    console.log(`${strategy}: rotated over HTTP, and in spite of the loss of each of ${lost} calls, before AWS saw it and after`);
  }
}

/** One rotation whose function dies at a call and is started again; false if it makes fewer calls. */
async function survives(strategy: string, endpoint: string, loss: Loss): Promise<boolean> {
  const line = await LossyLine.start(endpoint, loss);
  try {
    await rotate(strategy, endpoint, line);
    return line.hasLost;
  } finally {
    await line.stop();
  }
}

/**
 * One rotation, each step twice, or once where a call is lost and the rotation begins anew; then what the schedule does. Throws where the outcome
 * is not as promised.
 */
async function rotate(strategy: string, endpoint: string, line?: LossyLine): Promise<void> {
  await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
  const config = { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example-secret' } };
  const secrets = new SecretsManagerClient(config);
  const gateway = new APIGatewayClient(config);
  const { ARN: SecretId } = await secrets.send(new CreateSecretCommand({ Name: `partner/${strategy}`, SecretString: '{"placeholder":true}' }));
  const { id: usagePlanId } = await gateway.send(new CreateUsagePlanCommand({ name: 'acme' }));
  const store = strategy === 'bearer-key' || strategy === 'sftp-password' ? await storeFor(strategy, config) : undefined;
  await secrets.send(new RotateSecretCommand({
    SecretId, ClientRequestToken: VERSION, RotationLambdaARN: await standIn(endpoint, strategy), RotationRules: { AutomaticallyAfterDays: 30 },
  }));

  const bundle = await RunningBundle.start(resolve(__dirname, `../assets/secrets/${strategy}/index.js`), {
    SECRET_ARN: SecretId!, OVERLAP_SECONDS: '3600', MAX_AGE_SECONDS: '2592000', USAGE_PLAN_IDS: JSON.stringify([usagePlanId]),
    AWS_ENDPOINT_URL: line?.endpoint ?? endpoint,
    ...store?.environment,
  });
  const run = async (times: number) => {
    for (const Step of STEPS.flatMap((step) => Array<string>(times).fill(step))) await bundle.invoke({ Step, SecretId, ClientRequestToken: VERSION });
    await bundle.invoke({ task: 'reconcile' });
  };
  try {
    await (line ? run(1).catch(() => {
      line.mend();
      return run(1);
    }) : run(2));
  } finally {
    await bundle.stop();
  }

  const { VersionIdsToStages = {} } = await secrets.send(new DescribeSecretCommand({ SecretId }));
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId, VersionId: VERSION }));
  const content = JSON.parse(SecretString) as Record<string, string>;
  const value = content.apiKey ?? content.secret ?? content.key ?? content.password;
  insist(VersionIdsToStages[VERSION].includes('AWSCURRENT'), 'the new version is current');
  insist(Object.values(VersionIdsToStages).some((stages) => stages.includes('AWSPREVIOUS')), 'the old version is the previous one');
  insist(content.kid === VERSION && value.length >= 40, 'the content names its version');
  insist(!bundle.log.join('\n').includes(value), 'the log does not tell the value');
  if (strategy === 'api-key') {
    const { items = [] } = await gateway.send(new GetApiKeysCommand({ includeValues: true }));
    const members = await gateway.send(new GetUsagePlanKeysCommand({ usagePlanId }));
    insist(items.length === 1 && items[0].value === value && items[0].enabled === true, 'there is one key, enabled, with the value of the secret');
    insist(members.items?.length === 1 && members.items[0].id === items[0].id, 'the key is in the usage plan, once');
  }
  await store?.insistOn(value);
  if (!line) await store?.insistOnRevocation(SecretId!);
}

interface Store {
  readonly environment: Record<string, string>;
  /** Throws where whoever checks credentials would not let in a consumer with that one. */
  insistOn(value: string): Promise<void>;
  /** Revokes what is stored, as the function does once an overlap has ended, and a day later. */
  insistOnRevocation(secretArn: string): Promise<void>;
}

/** What a credential is stored in: a table, and for a bearer key the key of its MAC and a key that meters. */
async function storeFor(strategy: string, config: { readonly endpoint: string; readonly region: string }): Promise<Store> {
  const [tables, kms, gateway] = [new DynamoDBClient(config), new KMSClient(config), new APIGatewayClient(config)];
  const TableName = strategy;
  await tables.send(new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['holder', 'credential'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
    KeySchema: [{ AttributeName: 'holder', KeyType: 'HASH' }, { AttributeName: 'credential', KeyType: 'RANGE' }],
  }));
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }));
  const { id: PLAN_KEY_ID = '', value: planKey } = await gateway.send(new CreateApiKeyCommand({ name: 'metering', enabled: true }));
  const MAC_KEY_ARN = KeyMetadata!.Arn!;
  return {
    environment: { TABLE_NAME: TableName, USER_NAME: 'acme.edi', HOLDER: '0a1b2c3d4e', KEY_PREFIX: 'acme', MAC_KEY_ARN, PLAN_KEY_ID },
    async insistOn(value) {
      const { Items = [] } = await tables.send(new ScanCommand({ TableName }));
      const row = tryRowOf(Items[0]);
      insist(Items.length === 1 && row?.version === VERSION && row.disabledAt === undefined, 'the table has one row, for the new version, enabled');
      insist(!JSON.stringify(Items).includes(value), 'the table does not have the value');
      if (strategy === 'sftp-password') return insist(row?.holder === 'acme.edi' && verifyPassword(value, row.verifier), 'the row vouches for the password');
      const key = tryReadBearerKey(value);
      insist(key?.holder === row?.holder && key?.credential === row?.id && row?.planKey === planKey, 'the key names its row, and the row the metering key');
      const { MacValid } = await kms.send(new VerifyMacCommand({
        KeyId: MAC_KEY_ARN, MacAlgorithm: 'HMAC_SHA_256', Message: macMessageOf(key!), Mac: Buffer.from(row!.verifier, 'base64'),
      }));
      insist(MacValid === true, 'KMS verifies the MAC of the row');
    },
    async insistOnRevocation(secretArn) {
      const holder = strategy === 'sftp-password' ? 'acme.edi' : '0a1b2c3d4e';
      const became: string[] = [];
      for (const now of [Date.now(), Date.now() + DAY / 2, Date.now() + DAY]) {
        const kind = sftpPassword({ userName: holder, randomBytes }); // which kind it is makes no difference to a revocation
        const adapter = storedCredential({ kind, secretArn, tableName: TableName, holder, client: tables, now: () => now });
        for (const row of await adapter.list()) became.push(await adapter.revoke(row), await adapter.revoke(row));
      }
      const { Items = [] } = await tables.send(new ScanCommand({ TableName }));
      insist(became.join() === 'disabled,waiting,waiting,waiting,deleted,waiting' && Items.length === 0, 'a row is disabled, and a day later deleted, each once');
    },
  };
}

function insist(holds: boolean, claim: string): void {
  if (!holds) throw new Error(`does not hold: ${claim}`);
}

withMoto(main).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
