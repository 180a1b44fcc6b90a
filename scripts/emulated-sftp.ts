// Runs the functions of the SFTP room as they ship against moto, an emulation of AWS that others wrote, and the host keys that they make through the
// real ssh-keygen: `ts-node scripts/emulated-sftp.ts`. Moto has no host keys of a server, and no ListUsers; the latter stands before it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { CreateSecretCommand, GetSecretValueCommand, RotateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateServerCommand, CreateUserCommand, DescribeUserCommand, TransferClient } from '@aws-sdk/client-transfer';
import { withMoto } from './moto';
import { standIn } from './moto-function';
import { withUsers } from './moto-transfer';
import { HOST_KEY_TYPES, newHostKeyPair } from '../src/runtime/sftp/host-key-pair';
import { RunningBundle } from '../test/runtime-e2e/bundle';

const DAY = 24 * 60 * 60 * 1000;
const VERSION = '3b1f7f0e-53a4-4c3a-9d0e-0a4c6f1f9b11';
const ROLE_PREFIX = 'arn:aws:iam::123456789012:role/sftp/0a1b2c3d/';
const KEY_ARN = 'arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';
const DIRECTORIES = JSON.stringify([{ entry: '/', bucket: 'incoming-123456789012', prefix: 'runtime', keyArn: KEY_ARN, actions: ['list', 'write'] }]);
const TABLES = { partners: ['partner'], activity: ['subject'], credentials: ['holder', 'credential'] };

let checks = 0;
let failed = 0;
const users: string[] = [];
const bundles: RunningBundle[] = [];

function check(holds: boolean, claim: string): void {
  checks++;
  if (holds) return;
  failed++;
  console.error(`does not hold: ${claim}`);
}

async function start(name: string, endpoint: string, environment: Readonly<Record<string, string>>): Promise<RunningBundle> {
  const bundle = await RunningBundle.start(resolve(__dirname, `../assets/${name}/index.js`), { ...environment, AWS_ENDPOINT_URL: endpoint });
  bundles.push(bundle);
  return bundle;
}

/** A key of a partner, made by the real ssh-keygen. */
function partnerKey(folder: string, name: string): { readonly line: string; readonly fingerprint: string } {
  const file = join(folder, name);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', `${name}@laptop`, '-f', file]);
  return { line: execFileSync('cat', [`${file}.pub`], { encoding: 'utf8' }).trim(), fingerprint: fingerprintOf(file) };
}

function fingerprintOf(file: string): string {
  return execFileSync('ssh-keygen', ['-l', '-f', file], { encoding: 'utf8' }).split(' ')[1];
}

const isGoodFor = (days: number) => ({ expires: new Date(Date.now() + days * DAY).toISOString() });

/** What the rotation gives to ImportHostKey is a private key to OpenSSH, whose public half is what it announces. */
async function hostKeys(folder: string): Promise<void> {
  for (const type of HOST_KEY_TYPES) {
    const { privateKey, publicKey, fingerprint } = await newHostKeyPair(type);
    const file = join(folder, `host-${type}`);
    writeFileSync(file, privateKey, { mode: 0o600 });
    const shown = execFileSync('ssh-keygen', ['-y', '-P', '', '-f', file], { encoding: 'utf8' }).trim().split(' ').slice(0, 2).join(' ');
    check(shown === publicKey, `ssh-keygen reads the host key of ${type}, and its public half`);
    check(fingerprintOf(file) === fingerprint, `ssh-keygen shows the fingerprint of ${type}`);
    check(privateKey.length <= 4096, `ImportHostKey takes a key of ${type}`);
  }
}

async function tables(endpoint: string): Promise<DynamoDBClient> {
  const client = new DynamoDBClient(configOf(endpoint));
  for (const [TableName, keys] of Object.entries(TABLES)) {
    await client.send(new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
      KeySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' as const : 'RANGE' as const })),
    }));
  }
  return client;
}

function configOf(endpoint: string) {
  return { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example-secret' } };
}

/** The function by which operators register partners of a server. */
function registrarOf(endpoint: string, serverId: string, authentication: string): Promise<RunningBundle> {
  return start('sftp/registrar', endpoint, {
    CALLER: 'operator',
    PARTNERS_TABLE: 'partners',
    SERVER_ID: serverId,
    AUTHENTICATION: authentication,
    MAX_KEY_DAYS: '180',
    RUNTIME_ROLE_ARN: `${ROLE_PREFIX}runtime`,
    ALLOWED_NETWORKS: '["203.0.113.0/24"]',
    DIRECTORIES,
  });
}

/** Partners with key and password: registered, given a password by its rotation, let in, shut out. */
async function identityProvider(endpoint: string, folder: string): Promise<void> {
  const serverId = await serverOf(endpoint, 'AWS_LAMBDA');
  const registrar = await registrarOf(endpoint, serverId, 'PUBLIC_KEY_AND_PASSWORD');
  const provider = await start('sftp/identity-provider', endpoint, {
    PARTNERS_TABLE: 'partners', ACTIVITY_TABLE: 'activity', CREDENTIALS_TABLE: 'credentials', AUTHENTICATION: 'PUBLIC_KEY_AND_PASSWORD', ROLE_PREFIX,
    LOCKOUT_FAILURES: '3', LOCKOUT_WINDOW_SECONDS: '600', LOCKOUT_SECONDS: '900', CACHE_SECONDS: '0',
  });
  const login = (changes: object = {}) => provider.invoke({ username: 'acme', protocol: 'SFTP', serverId, sourceIp: '203.0.113.9', ...changes });
  const isIn = (answer: unknown) => String((answer as { Role?: string }).Role).startsWith(ROLE_PREFIX);
  const isOut = (answer: unknown) => JSON.stringify(answer) === '{}';
  const key = partnerKey(folder, 'acme');

  check(isOut(await login()), 'nobody is let in whom nobody has registered');
  await registrar.invoke({ operation: 'put', name: 'acme', keys: [{ key: key.line, ...isGoodFor(90) }], networks: ['203.0.113.0/28'] });
  const shared = { operation: 'put', name: 'other', keys: [{ key: key.line, ...isGoodFor(90) }], networks: ['203.0.113.0/28'] };
  check((await registrar.invoke(shared) as { outcome: string }).outcome === 'refused', 'a key that is another partner\'s is refused');
  const answer = await login() as { PublicKeys?: readonly string[] };
  check(isIn(answer) && answer.PublicKeys?.join() === key.line.split(' ').slice(0, 2).join(' '), 'a partner gets its key, as ssh-keygen made it');
  check(isOut(await login({ sourceIp: '203.0.113.16' })), 'not from a network of others');
  check(isOut(await login({ password: 'CANARY-guess' })), 'not with a password while there is none');

  const password = await rotatedPassword(endpoint, 'acme');
  check(isIn(await login({ password })), 'the password that rotation has made lets the partner in');
  check(isOut(await login({ password: `${password}x` })), 'another one does not');
  for (let times = 0; times < 3; times++) await login({ password: 'CANARY-guess' });
  check(isOut(await login({ password })), 'after some wrong ones nothing does, from that address');
  check(isIn(await login({ password, sourceIp: '203.0.113.10' })), 'and it does from another one');
  await registrar.invoke({ operation: 'suspend', name: 'acme' });
  check(isOut(await login()), 'not while suspended');
  await registrar.invoke({ operation: 'resume', name: 'acme' });
  await registrar.invoke({ operation: 'revoke-key', name: 'acme', fingerprint: key.fingerprint });
  check(isOut(await login()), 'not with a key that was revoked');
  const log = bundles.flatMap((bundle) => bundle.log).join('\n');
  check(!log.includes(password) && !log.includes('CANARY'), 'no log tells a password');
}

/** Rotates a new secret with what ships for `RotationStrategy.sftpPassword`, and gives the password. */
async function rotatedPassword(endpoint: string, userName: string): Promise<string> {
  const secrets = new SecretsManagerClient(configOf(endpoint));
  const { ARN: SecretId = '' } = await secrets.send(new CreateSecretCommand({ Name: `sftp/${userName}`, SecretString: '{"placeholder":true}' }));
  const RotationLambdaARN = await standIn(endpoint, 'rotation');
  await secrets.send(new RotateSecretCommand({ SecretId, ClientRequestToken: VERSION, RotationLambdaARN, RotationRules: { AutomaticallyAfterDays: 30 } }));
  const rotation = await start('secrets/sftp-password', endpoint, {
    SECRET_ARN: SecretId, OVERLAP_SECONDS: '3600', MAX_AGE_SECONDS: '2592000', TABLE_NAME: 'credentials', USER_NAME: userName,
  });
  for (const Step of ['createSecret', 'setSecret', 'testSecret', 'finishSecret']) await rotation.invoke({ Step, SecretId, ClientRequestToken: VERSION });
  const { SecretString = '{}' } = await secrets.send(new GetSecretValueCommand({ SecretId, VersionId: VERSION }));
  return (JSON.parse(SecretString) as { password: string }).password;
}

async function serverOf(endpoint: string, IdentityProviderType: 'AWS_LAMBDA' | 'SERVICE_MANAGED'): Promise<string> {
  const { ServerId = '' } = await new TransferClient(configOf(endpoint)).send(new CreateServerCommand({ IdentityProviderType, Protocols: ['SFTP'] }));
  return ServerId;
}

/** Partners of a server whose users AWS manages: keys come, change, and go. */
async function reconciler(endpoint: string, folder: string): Promise<void> {
  const ServerId = await serverOf(endpoint, 'SERVICE_MANAGED');
  const transfer = new TransferClient(configOf(endpoint));
  for (const UserName of ['globex', 'stranger']) {
    await transfer.send(new CreateUserCommand({ ServerId, UserName, Role: `${ROLE_PREFIX}runtime` }));
    users.push(UserName);
  }
  const registrar = await registrarOf(endpoint, ServerId, 'PUBLIC_KEY');
  const settings = { SERVER_ID: ServerId, PARTNERS_TABLE: 'partners', MODE: 'report', EVENT_BUS_NAME: 'default' };
  const reconcile = await start('sftp/reconcile', endpoint, settings);
  const run = async (more: object = {}) => (await reconcile.invoke({ task: 'reconcile', ...more })) as { imported: number; removed: number };
  const bodies = async () => {
    const { User } = await transfer.send(new DescribeUserCommand({ ServerId, UserName: 'globex' }));
    return (User?.SshPublicKeys ?? []).map(({ SshPublicKeyBody }) => SshPublicKeyBody).join();
  };
  const [old, next] = ['globex-old', 'globex-new'].map((name) => partnerKey(folder, name));
  const bodyOf = ({ line }: { line: string }) => line.split(' ').slice(0, 2).join(' ');

  await registrar.invoke({ operation: 'put', name: 'globex', keys: [{ key: old.line, ...isGoodFor(5) }], networks: ['203.0.113.0/24'] });
  await run({ dryRun: true });
  check(await bodies() === '', 'a dry run changes nothing');
  check((await run()).imported === 1 && await bodies() === bodyOf(old), 'a user gets the key of its partner');
  check((await run()).imported === 0 && await bodies() === bodyOf(old), 'once');
  await registrar.invoke({ operation: 'add-key', name: 'globex', key: { key: next.line, ...isGoodFor(90) } });
  await run();
  check(await bodies() === [old, next].map(bodyOf).join(), 'both keys are good for the overlap');
  await watch(endpoint, old.fingerprint);
  await registrar.invoke({ operation: 'revoke-key', name: 'globex', fingerprint: old.fingerprint });
  check((await run()).removed === 1 && await bodies() === bodyOf(next), 'a key that was revoked goes');
  await registrar.invoke({ operation: 'suspend', name: 'globex' });
  await run();
  check(await bodies() === '', 'who is suspended has no key');
  await registrar.invoke({ operation: 'resume', name: 'globex' });
  await run();
  check(await bodies() === bodyOf(next), 'and has it again afterwards');
  check(reconcile.log.join('\n').includes('"reason":"unknown-user","user":"stranger"'), 'a user that nobody knows is told');
}

/** A key that ends in five days, and is in use although there is a newer one. */
async function watch(endpoint: string, fingerprint: string): Promise<void> {
  const usage = await start('sftp/key-usage', endpoint, { ACTIVITY_TABLE: 'activity' });
  const message = JSON.stringify({ 'activity-type': 'CONNECTED', 'user': 'globex', 'ssh-public-key-fingerprint': fingerprint });
  const logEvents = [{ timestamp: Date.now() + 1000, message }];
  await usage.invoke({ awslogs: { data: gzipSync(JSON.stringify({ messageType: 'DATA_MESSAGE', logEvents })).toString('base64') } });
  const variables = { PARTNERS_TABLE: 'partners', ACTIVITY_TABLE: 'activity', EVENT_BUS_NAME: 'default', STALE_DAYS: '60' };
  const watcher = await start('sftp/key-watch', endpoint, variables);
  for (let times = 0; times < 2; times++) await watcher.invoke({ task: 'watch' });
  const told = watcher.log.filter((line) => line.includes('"outcome":"told"'));
  for (const event of ['SFTP Partner Key Expiring', 'SFTP Partner Key Still In Use']) {
    check(told.filter((line) => line.includes(event) && line.includes(fingerprint)).length === 1, `${event} is told once`);
  }
  const { Item } = await new DynamoDBClient(configOf(endpoint)).send(new GetItemCommand({
    TableName: 'activity', Key: { subject: { S: `warned#${fingerprint}` } },
  }));
  check(Item?.rank?.N === '7', 'which threshold was told is kept');
}

async function main(moto: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'emulated-sftp-'));
  try {
    await hostKeys(folder);
    await withUsers(moto, () => users, async (endpoint) => {
      const client = await tables(endpoint);
      await identityProvider(endpoint, folder);
      await reconciler(endpoint, folder);
      const { Items = [] } = await client.send(new ScanCommand({ TableName: 'partners' }));
      check(!JSON.stringify(Items).includes('PRIVATE KEY'), 'the table of partners has no private key');
    });
  } finally {
    await Promise.all(bundles.map((bundle) => bundle.stop()));
    rmSync(folder, { recursive: true });
  }
  console.log(`emulated-sftp: ${checks} checks, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

withMoto(main).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
