import { createHmac } from 'node:crypto';
import type { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Handler, Variables } from './handlers';
import { takesMessages } from './sender-handlers';
import { Delivery, ProxyEvent, readDelivery } from '../../../src/runtime/webhooks/delivery';
import { itemOf } from '../../../src/runtime/webhooks/inbox-record';
import { UnverifiedBucket } from '../../../src/runtime/webhooks/unverified';
import { Item } from '../../runtime/dynamodb-expressions';
import { BUCKET } from '../../runtime/webhooks/inbox/fake-aws';
import { Answer, RunningBundle, SeenRequest } from '../../runtime-e2e/bundle';
import { InboxCloud, SECRET, streamEvent } from '../../runtime-e2e/inbox-cloud';

type Sender = 'github' | 'stripe' | 'standard-webhooks';

const AMZ_JSON = { 'content-type': 'application/x-amz-json-1.0' };

/** So large that it goes to the bucket, as the record of it goes to the table. */
const BODY = JSON.stringify({ id: 'evt_1', type: 'ping', pad: 'x'.repeat(70_000) });

/** Each sender's own headers, signed now. */
const SIGNED: Readonly<Record<Sender, () => Readonly<Record<string, string>>>> = {
  'github': () => ({ 'X-Hub-Signature-256': `sha256=${hmac('hex', BODY)}` }),
  'stripe': () => {
    const time = seconds();
    return { 'Stripe-Signature': `t=${time},v1=${hmac('hex', `${time}.${BODY}`)}` };
  },
  'standard-webhooks': () => {
    const time = seconds();
    return { 'webhook-id': 'msg_1', 'webhook-timestamp': time, 'webhook-signature': `v1,${hmac('base64', `msg_1.${time}.${BODY}`)}` };
  },
};

/** How a receiver is exercised: by a genuine delivery whose body is large, and first, if it keeps those, by one while its keys cannot be read. */
export function receiverHandler(sender: Sender): Handler {
  const content = sender === 'standard-webhooks' ? JSON.stringify({ secret: Buffer.from(SECRET).toString('base64'), kid: 'v1' }) : SECRET;
  let cloud: InboxCloud;
  return {
    cloud: ({ BODY_BUCKET }) => {
      cloud = new InboxCloud();
      return (request) => cloud.failing.length === 0 && isOf(request, 'GetSecretValue') ? secretOf(request, content) : cloud.answer(inHarness(request, BODY_BUCKET));
    },
    async exercise(bundle, _, { KEEP_UNVERIFIED }) {
      if (KEEP_UNVERIFIED === 'true') {
        cloud.failing = ['GetSecretValue'];
        await deliver(bundle, sender);
        if (cloud.kept.size !== 1) throw new Error(`the receiver kept ${cloud.kept.size} webhooks of ${sender} that it could not verify, not one`);
        cloud.failing = [];
      }
      await deliver(bundle, sender);
    },
  };
}

/** How the function is exercised that judges later: by a genuine delivery that was kept, whose body is large. */
export function rejudgeHandler(sender: Exclude<Sender, 'standard-webhooks'>): Handler {
  let cloud: InboxCloud;
  return {
    cloud: ({ BODY_BUCKET }) => {
      cloud = new InboxCloud();
      return (request) => cloud.answer(inHarness(request, BODY_BUCKET));
    },
    async exercise(bundle, _, { ENDPOINT, PUBLIC_URL }) {
      await keepIn(cloud, ENDPOINT, readDelivery(signed(sender), PUBLIC_URL) as Delivery);
      await bundle.invoke({ task: 'rejudge' });
      if (cloud.kept.size !== 0) throw new Error(`a genuine webhook of ${sender} is still unverified`);
      const objects = Object.keys(cloud.world.objects);
      if (objects.length !== 1) throw new Error(`a genuine webhook of ${sender} that was judged later is ${objects.length} times in the inbox`);
    },
  };
}

/** How the functions of an inbox are exercised, by path of the inbox. */
export function inboxHandlers(path: string): Record<string, Handler> {
  return {
    [`${path}/Dispatch/Function`]: withRecord(async (bundle, cloud) => { await bundle.invoke(streamEvent(cloud.world)); }),
    [`${path}/Sweep/Function`]: withRecord(async (bundle) => {
      await bundle.invoke({ task: 'sweep' });
      await bundle.invoke({ task: 'redrive', state: 'DEAD' });
    }),
  };
}

async function deliver(bundle: RunningBundle, sender: Sender): Promise<void> {
  const { statusCode } = await bundle.invoke(signed(sender)) as { readonly statusCode: number };
  if (statusCode !== 200) throw new Error(`the receiver answered a genuine webhook of ${sender} with ${statusCode}`);
}

/** What API Gateway hands over for a genuine delivery. */
function signed(sender: Sender): ProxyEvent {
  const headers = Object.entries({ 'Content-Type': 'application/json', ...SIGNED[sender]() }).map(([name, value]) => [name, [value]]);
  return { httpMethod: 'POST', multiValueHeaders: Object.fromEntries(headers) as Record<string, string[]>, body: Buffer.from(BODY).toString('base64'), isBase64Encoded: true };
}

/** Stores a delivery as a receiver does that cannot read its keys. */
async function keepIn({ kept }: InboxCloud, endpoint: string, delivery: Delivery): Promise<void> {
  const send = async ({ input }: PutObjectCommand) => kept.set(input.Key!, String(input.Body));
  await new UnverifiedBucket({ send } as unknown as S3Client, BUCKET, endpoint).keep({ delivery, receivedAt: Date.now() });
}

/** A function in the cloud of the runtime's tests, which has one record, and a queue that takes what is sent. */
function withRecord(exercise: (bundle: RunningBundle, cloud: InboxCloud) => Promise<void>): Handler {
  let cloud: InboxCloud;
  return {
    cloud: ({ BODY_BUCKET }: Variables) => {
      cloud = new InboxCloud();
      const record = { id: 'github#sha256:1', endpoint: 'github', receivedAt: 0, integrity: 'body', bodySha256: 'e3b0', headers: {} } as const;
      // It points to its body, so that it has no bytes, which JSON would not keep.
      cloud.world.items[record.id] = itemOf({ ...record, payload: { bodyAt: 'github/e3b0' } }, 'RECEIVED', 0, false) as Item;
      cloud.world.stream.push(record.id);
      return (request) => isOf(request, 'SendMessage') ? takesMessages(request) : cloud.answer(inHarness(request, BODY_BUCKET));
    },
    exercise: (bundle) => exercise(bundle, cloud),
  };
}

function isOf({ headers }: SeenRequest, operation: string): boolean {
  return String(headers['x-amz-target']).endsWith(`.${operation}`);
}

function secretOf({ body }: SeenRequest, content: string): Answer {
  const { VersionStage } = JSON.parse(body) as { readonly VersionStage: string };
  if (VersionStage !== 'AWSCURRENT') return { status: 400, headers: AMZ_JSON, body: '{"__type":"ResourceNotFoundException"}' };
  return { status: 200, headers: AMZ_JSON, body: JSON.stringify({ SecretString: content, CreatedDate: 1_700_000_000 }) };
}

/** A bucket of the template under the name that the harness knows. */
function inHarness(request: SeenRequest, bucket: string): SeenRequest {
  return { ...request, url: request.url.replace(`/${bucket}/`, `/${BUCKET}/`) };
}

function hmac(encoding: 'hex' | 'base64', text: string): string {
  return createHmac('sha256', SECRET).update(text).digest(encoding);
}

function seconds(): string {
  return String(Math.floor(Date.now() / 1000));
}
