// Runs the rotating functions as they ship against moto, an emulation of AWS that others wrote: `ts-node scripts/emulated-aws.ts`.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { APIGatewayClient, CreateUsagePlanCommand, GetApiKeysCommand, GetUsagePlanKeysCommand } from '@aws-sdk/client-api-gateway';
import {
  CreateSecretCommand, DescribeSecretCommand, GetSecretValueCommand, RotateSecretCommand, SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { RunningBundle } from '../test/runtime-e2e/bundle';

const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];
/** The end record of a zip file, in base64: an archive of nothing. */
const EMPTY_ZIP = 'UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==';

const ANYONE = '{"Version":"2012-10-17","Statement":[]}';

const VERSION = '3b1f7f0e-53a4-4c3a-9d0e-0a4c6f1f9b11';

async function main(): Promise<void> {
  const port = await freePort();
  const moto = spawn('moto_server', ['-p', String(port)], { stdio: 'ignore' });
  try {
    const endpoint = `http://127.0.0.1:${port}`;
    await listening(endpoint);
    for (const strategy of ['webhook-secret', 'api-key']) await rotate(strategy, endpoint);
  } finally {
    moto.kill();
  }
}

/** One rotation, each step twice, then what the schedule does; throws where the outcome is not as promised. */
async function rotate(strategy: string, endpoint: string): Promise<void> {
  const config = { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example-secret' } };
  const secrets = new SecretsManagerClient(config);
  const gateway = new APIGatewayClient(config);
  const { ARN: SecretId } = await secrets.send(new CreateSecretCommand({ Name: `partner/${strategy}`, SecretString: '{"placeholder":true}' }));
  const { id: usagePlanId } = await gateway.send(new CreateUsagePlanCommand({ name: 'acme' }));
  await secrets.send(new RotateSecretCommand({
    SecretId, ClientRequestToken: VERSION, RotationLambdaARN: await standIn(endpoint, strategy), RotationRules: { AutomaticallyAfterDays: 30 },
  }));

  const bundle = await RunningBundle.start(resolve(__dirname, `../assets/secrets/${strategy}/index.js`), {
    SECRET_ARN: SecretId!, OVERLAP_SECONDS: '3600', MAX_AGE_SECONDS: '2592000', USAGE_PLAN_IDS: JSON.stringify([usagePlanId]), AWS_ENDPOINT_URL: endpoint,
  });
  try {
    for (const Step of STEPS.flatMap((step) => [step, step])) await bundle.invoke({ Step, SecretId, ClientRequestToken: VERSION });
    await bundle.invoke({ task: 'reconcile' });
  } finally {
    await bundle.stop();
  }

  const { VersionIdsToStages = {} } = await secrets.send(new DescribeSecretCommand({ SecretId }));
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId, VersionId: VERSION }));
  const content = JSON.parse(SecretString) as Record<string, string>;
  const value = content.apiKey ?? content.secret;
  insist(VersionIdsToStages[VERSION].includes('AWSCURRENT'), 'the new version is current');
  insist(Object.values(VersionIdsToStages).some((stages) => stages.includes('AWSPREVIOUS')), 'the old version is the previous one');
  insist(content.kid === VERSION && value.length >= 44, 'the content names its version');
  insist(!bundle.log.join('\n').includes(value), 'the log does not tell the value');
  if (strategy === 'api-key') {
    const { items = [] } = await gateway.send(new GetApiKeysCommand({ includeValues: true }));
    const members = await gateway.send(new GetUsagePlanKeysCommand({ usagePlanId }));
    insist(items.length === 1 && items[0].value === value && items[0].enabled === true, 'there is one key, enabled, with the value of the secret');
    insist(members.items?.length === 1 && members.items[0].id === items[0].id, 'the key is in the usage plan, once');
  }
  console.log(`${strategy}: rotated over HTTP, ${bundle.log.length} lines of log`);
}

/** A function that does nothing: RotateSecret calls it, and leaves the version that it announced to the bundle. */
async function standIn(endpoint: string, name: string): Promise<string> {
  await fetch(`${endpoint}/moto-api/config`, { method: 'POST', body: JSON.stringify({ lambda: { use_docker: false } }) });
  const role = { Action: 'CreateRole', Version: '2010-05-08', RoleName: 'rotation', AssumeRolePolicyDocument: ANYONE };
  await fetch(endpoint, { method: 'POST', headers: signedFor('iam'), body: new URLSearchParams(role) });
  const response = await fetch(`${endpoint}/2015-03-31/functions`, {
    method: 'POST',
    headers: signedFor('lambda'),
    body: JSON.stringify({
      FunctionName: name, Runtime: 'nodejs22.x', Handler: 'index.handler', Role: 'arn:aws:iam::123456789012:role/rotation', Code: { ZipFile: EMPTY_ZIP },
    }),
  });
  const { FunctionArn } = await response.json() as { FunctionArn?: string };
  if (FunctionArn === undefined) throw new Error(`moto made no function: ${response.status}`);
  return FunctionArn;
}

/** What moto tells services apart by; it checks no signature. */
function signedFor(service: string): Record<string, string> {
  return { Authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261125/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0` };
}

function insist(holds: boolean, claim: string): void {
  if (!holds) throw new Error(`does not hold: ${claim}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}

async function listening(endpoint: string): Promise<void> {
  for (let attempt = 0; attempt < 60; attempt++) {
    if (await fetch(endpoint).then(() => true, () => false)) return;
    await setTimeout(500);
  }
  throw new Error('moto_server did not start');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
