import { createHmac } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { BUCKET, TABLE } from './fake-aws';
import * as bodies from '../../../../src/runtime/webhooks/bodies';
import * as claims from '../../../../src/runtime/webhooks/claims';
import type { ProxyEvent } from '../../../../src/runtime/webhooks/delivery';
import * as inboxes from '../../../../src/runtime/webhooks/inbox';
import { dedupeIdOf, HELD_QUEUES, idOf, pendingQueueOf } from '../../../../src/runtime/webhooks/inbox-record';
import { readKeys } from '../../../../src/runtime/webhooks/key-formats';
import { parseScheme } from '../../../../src/runtime/webhooks/parse-scheme';
import * as receivers from '../../../../src/runtime/webhooks/receive';
import * as redrives from '../../../../src/runtime/webhooks/redrive';
import * as streams from '../../../../src/runtime/webhooks/stream';
import * as sweeps from '../../../../src/runtime/webhooks/sweep';
import type { Target } from '../../../../src/runtime/webhooks/targets/target';
import { Call, clientOf } from '../../secrets/harness/service';

/** The code of the inbox; a mutant has the same shape. */
export interface Machine {
  readonly BodyBucket: typeof bodies.BodyBucket;
  readonly Claims: typeof claims.Claims;
  readonly Inbox: typeof inboxes.Inbox;
  readonly Queue: typeof sweeps.Queue;
  readonly onStream: typeof streams.onStream;
  readonly receive: typeof receivers.receive;
  readonly redrive: typeof redrives.redrive;
  readonly sweep: typeof sweeps.sweep;
}

export const MACHINE: Machine = { ...bodies, ...claims, ...inboxes, ...receivers, ...redrives, ...streams, ...sweeps };

export const ENDPOINT = 'orders';
export const EVENT_ID = 'evt_1';
export const SECRET = 'CANARY-secret-that-is-long-enough';

/** A sender that signs its own identifier, and no time. */
export const SCHEME = parseScheme({
  type: 'detached',
  key: 'utf8',
  accepts: [{ algorithm: 'hmac-sha256', encoding: 'hex' }],
  signature: { from: 'header', names: ['x-signature'] },
  content: ['body'],
  id: { pointer: '/id' },
});

/** The function that dispatches, and how long others stay away. */
const DISPATCH = { bucket: BUCKET, leaseMilliseconds: 60_000, maxAttempts: 2, budgetMilliseconds: 25_000 };

/** What a function is asked: to take a delivery, to dispatch a new record, or to sweep. */
export type Ask =
  | { readonly do: 'receive'; readonly body: string }
  | { readonly do: 'stream'; readonly id: string }
  | { readonly do: 'sweep' }
  | { readonly do: 'redrive' };

/** What one execution environment has. */
export interface Surroundings {
  readonly answer: (call: Call) => Promise<unknown>;
  readonly log: (entry: object) => void;
  readonly now: number;
}

/** Runs one function, as its bundle builds it, with AWS and clock from outside; gives the status that a sender gets. */
export async function run(machine: Machine, ask: Ask, { answer, log, now }: Surroundings): Promise<number | undefined> {
  const client = clientOf<DynamoDBClient>(answer);
  const clock = () => now;
  if (ask.do === 'receive') {
    const keys = readKeys(SECRET, 'utf8');
    const response = await machine.receive({ scheme: SCHEME, publicUrl: 'https://hooks.example.com/orders' }, {
      keys: { current: async () => keys, tryRefresh: async () => undefined },
      inbox: new machine.Inbox({
        client,
        tableName: TABLE,
        bodies: new machine.BodyBucket(clientOf<S3Client>(answer), BUCKET),
        endpoint: ENDPOINT,
        headers: ['content-type'],
        retention: { keepSeconds: 7 * 86_400, isTombstone: false },
      }),
      confirm: async () => undefined,
      now: clock,
      log,
    })(requestOf(ask.body));
    return response.statusCode;
  }
  const target: Target = { publish: async (event) => void await answer({ operation: 'Publish', input: { ...event } }) };
  const ports = { claims: new machine.Claims(client, TABLE), queue: new machine.Queue(client, TABLE), target, now: clock, log };
  if (ask.do === 'stream') await machine.onStream(DISPATCH, ports)({ Records: [{ eventName: 'INSERT', dynamodb: { Keys: { id: { S: ask.id } } } }] });
  // The partition of the one event: other partitions are empty, and their reads would multiply the schedules without telling them apart.
  if (ask.do === 'sweep') await machine.sweep(DISPATCH, ports, [pendingQueueOf(RECORD_ID)]);
  if (ask.do === 'redrive') await machine.redrive({ task: 'redrive', state: Object.keys(HELD_QUEUES)[0] as 'DEAD' }, ports);
  return undefined;
}

export const RECORD_ID = idOf(ENDPOINT, `id:${EVENT_ID}`);
export const DEDUPE_ID = dedupeIdOf(RECORD_ID);

/** What API Gateway hands over for a genuine delivery. */
export function requestOf(body: string, signature = createHmac('sha256', SECRET).update(body).digest('hex')): ProxyEvent {
  return {
    httpMethod: 'POST',
    multiValueHeaders: { 'Content-Type': ['application/json'], 'X-Signature': [signature] },
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
  };
}
