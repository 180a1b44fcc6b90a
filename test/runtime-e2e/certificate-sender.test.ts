import { sign } from 'node:crypto';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { RunningBundle } from './bundle';
import { InboxCloud, SNS_ENVIRONMENT, SNS_TOPIC } from './inbox-cloud';
import { TrustedServer } from './trusted-server';

jest.setTimeout(30_000);

const CERTIFICATE_PATH = '/SimpleNotificationService-abc.pem';
const HOST = 'https://sns.eu-west-1.amazonaws.com';

let cloud: InboxCloud;
let sender: TrustedServer;
let receive: RunningBundle;
let asked: string[];
let certificate: { readonly cert: string; readonly private: string };
let isAway: boolean;

beforeAll(async () => {
  certificate = await generate([{ name: 'commonName', value: 'sns.amazonaws.com' }], { algorithm: 'sha256', keySize: 2048 });
});

beforeEach(async () => {
  cloud = new InboxCloud();
  asked = [];
  isAway = false;
  sender = await TrustedServer.start((url, response) => {
    asked.push(url);
    if (isAway) response.writeHead(302, { location: '/elsewhere' }).end();
    else if (url === CERTIFICATE_PATH) response.end(certificate.cert);
    else response.writeHead(url.startsWith('/?Action=ConfirmSubscription') ? 200 : 404).end('<CANARY/>');
  });
  receive = await start();
});

afterEach(async () => {
  expect(receive.log.join('\n')).not.toMatch(/CANARY|Token/);
  await receive.stop();
  await sender.stop();
});

function start(environment: Record<string, string> = {}): Promise<RunningBundle> {
  const variables = { ...sender.variables, NODE_OPTIONS: `--require ${join(__dirname, 'fetch-elsewhere.cjs')}`, TEST_ORIGIN: sender.origin };
  return RunningBundle.start(join(__dirname, '../../assets/webhooks/receive/index.js'), { ...SNS_ENVIRONMENT, ...variables, ...environment }, cloud.answer);
}

/** What API Gateway hands over for a message of SNS, which has the body as text. */
function message(more: Readonly<Record<string, string>> = {}, url = `${HOST}${CERTIFICATE_PATH}`) {
  const fields: Readonly<Record<string, string>> = {
    Message: 'CANARY', MessageId: 'evt_1', Timestamp: new Date().toISOString(), TopicArn: SNS_TOPIC, Type: 'Notification', ...more,
  };
  const content = Object.keys(fields).sort().map((name) => `${name}\n${fields[name]}\n`).join('');
  const body = JSON.stringify({
    ...fields, SignatureVersion: '2', SigningCertURL: url, Signature: sign('sha256', Buffer.from(content), certificate.private).toString('base64'),
  });
  return { httpMethod: 'POST', multiValueHeaders: { 'Content-Type': ['text/plain; charset=UTF-8'] }, body, isBase64Encoded: false };
}

const statusOf = async (event: unknown) => (await receive.invoke(event) as { statusCode: number }).statusCode;

test('a message is verified by the certificate that it names, had over HTTPS and once; no secret is read', async () => {
  expect([await statusOf(message()), await statusOf(message({ MessageId: 'evt_2' }))]).toEqual([200, 200]);
  expect([asked, Object.keys(cloud.world.items)]).toEqual([[CERTIFICATE_PATH], ['sns#id:evt_1', 'sns#id:evt_2']]);
  expect(cloud.operations).toEqual(['PutItem', 'PutItem']);
});

test('a subscription to a topic that is allowed is confirmed', async () => {
  const query = `/?Action=ConfirmSubscription&TopicArn=${SNS_TOPIC}&Token=abc`;
  expect(await statusOf(message({ Type: 'SubscriptionConfirmation', Token: 'abc', SubscribeURL: `${HOST}${query}` }))).toBe(200);
  expect([asked, cloud.world.items]).toEqual([[CERTIFICATE_PATH, query], {}]);
});

test('a message is refused whose certificate is elsewhere, without asking there', async () => {
  expect(await statusOf(message({}, `https://sns.attacker-bucket.amazonaws.com${CERTIFICATE_PATH}`))).toBe(401);
  expect(asked).toEqual([]);
});

test('no redirect is followed, and what cannot be judged is 503, or kept where that was asked for', async () => {
  isAway = true;
  expect(await statusOf(message())).toBe(503);
  await receive.stop();
  receive = await start({ KEEP_UNVERIFIED: 'true' });
  expect(await statusOf(message())).toBe(200);
  expect([asked, cloud.kept.size, cloud.world.items]).toEqual([[CERTIFICATE_PATH, CERTIFICATE_PATH], 1, {}]);
});

test('a certificate that there is not is 503, since the sender may have it a moment later, and nothing is kept', async () => {
  expect(await statusOf(message({}, `${HOST}/SimpleNotificationService-def.pem`))).toBe(503);
  expect([cloud.kept.size, cloud.world.items]).toEqual([0, {}]);
});
