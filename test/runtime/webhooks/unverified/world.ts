import { createHash, createHmac } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as bodies from '../../../../src/runtime/webhooks/bodies';
import type { ProxyEvent } from '../../../../src/runtime/webhooks/delivery';
import * as inboxes from '../../../../src/runtime/webhooks/inbox';
import * as rings from '../../../../src/runtime/webhooks/key-ring';
import * as receivers from '../../../../src/runtime/webhooks/receive';
import * as rejudgers from '../../../../src/runtime/webhooks/rejudge';
import type { Scheme } from '../../../../src/runtime/webhooks/scheme';
import * as buckets from '../../../../src/runtime/webhooks/unverified';
import * as queues from '../../../../src/runtime/webhooks/unverified-queue';
import { Call, clientOf, Input, ServiceError } from '../../secrets/harness/service';
import { BUCKET, callAws, newWorld, TABLE } from '../inbox/fake-aws';
import { ENDPOINT, requestOf, SCHEME, SECRET } from '../inbox/machine';

export const NOW = Date.UTC(2026, 0, 1);
export const PREFIX = `unverified/${ENDPOINT}/`;

const PAGE_SIZE = 2;
const FRESH = { keepSeconds: 7 * 86_400, isTombstone: false };

/** The code that keeps requests and judges them later; a mutant has the same shape. */
export interface Rejudging {
  readonly BodyBucket: typeof bodies.BodyBucket;
  readonly Inbox: typeof inboxes.Inbox;
  readonly KeyRing: typeof rings.KeyRing;
  readonly UnverifiedBucket: typeof buckets.UnverifiedBucket;
  readonly UnverifiedQueue: typeof queues.UnverifiedQueue;
  readonly receive: typeof receivers.receive;
  readonly rejudger: typeof rejudgers.rejudger;
}

export const REJUDGING: Rejudging = { ...bodies, ...inboxes, ...rings, ...buckets, ...queues, ...receivers, ...rejudgers };

/** What goes wrong with one call: it has no effect, it has one that is not told, or its function is no more. */
export type Fault = 'fails' | 'succeeds untold' | 'dies' | 'dies untold';

/** AWS and a clock, in memory. */
export class KeptWorld {
  public readonly aws = newWorld(NOW);
  /** Requests that were kept, by key. */
  public readonly kept = new Map<string, string>();
  public readonly log: Array<Readonly<Record<string, string>>> = [];
  public readonly confirmed: string[] = [];
  /** `<operation> <key>` of each call. */
  public calls: string[] = [];
  public secret: string | undefined = SECRET;
  /** Operations that fail. */
  public failing: readonly string[] = [];
  /** What happens to the call of that number. */
  public fault?: { readonly at: number; readonly how: Fault };
  public now = NOW;
  /** What else happens once requests were listed. */
  public onList?: () => void;

  constructor(private readonly code: Rejudging = REJUDGING, private readonly scheme: Scheme = SCHEME) {}

  /** Answers one delivery, as a receiver that keeps what it fails to judge. */
  public async receive(event: ProxyEvent): Promise<number> {
    const { receive, UnverifiedBucket } = this.code;
    const unverified = new UnverifiedBucket(clientOf<S3Client>(this.answer), BUCKET, ENDPOINT);
    const { statusCode } = await receive({ scheme: this.scheme, publicUrl: 'https://hooks.example.com/orders?a=b' }, { ...this.ports(), unverified })(event);
    return statusCode;
  }

  /** Judges what was kept, in a new execution environment; what its calls do to others is over when it ends. */
  public async rejudge(budgetMilliseconds = 60_000): Promise<void> {
    const { rejudger, UnverifiedQueue } = this.code;
    const queue = new UnverifiedQueue(clientOf<S3Client>(this.answer), BUCKET, ENDPOINT);
    await rejudger({ scheme: this.scheme, budgetMilliseconds }, { ...this.ports(), queue })({ task: 'rejudge' });
  }

  private ports() {
    const { BodyBucket, Inbox, KeyRing } = this.code;
    const now = () => this.now;
    const log = (entry: Readonly<Record<string, string>>) => void this.log.push(entry);
    return {
      keys: new KeyRing({ client: clientOf<SecretsManagerClient>(this.answer), secretArn: 'arn', format: this.scheme.key, overlapMilliseconds: 0, now, log }),
      inbox: new Inbox({
        client: clientOf<DynamoDBClient>(this.answer),
        tableName: TABLE,
        bodies: new BodyBucket(clientOf<S3Client>(this.answer), BUCKET),
        endpoint: ENDPOINT,
        headers: ['content-type'],
        retention: FRESH,
      }),
      confirm: async (url: string) => void this.confirmed.push(url),
      now,
      log,
    };
  }

  private readonly answer = async (call: Call): Promise<unknown> => {
    const { at, how } = this.fault ?? {};
    const isFaulty = at === this.calls.length;
    this.calls.push([call.operation, call.input.Key ?? ''].join(' ').trim());
    if (isFaulty && how === 'dies') return new Promise(() => undefined);
    if (isFaulty && how === 'fails' || this.failing.includes(call.operation)) throw new ServiceError('InternalServerError', 'CANARY');
    const output = this.perform(call);
    if (isFaulty && how === 'dies untold') return new Promise(() => undefined);
    if (isFaulty) throw new ServiceError('TimeoutError');
    return output;
  };

  private perform(call: Call): unknown {
    const { operation, input } = call;
    if (operation === 'GetSecretValue') return this.secretOf(input);
    if (operation === 'ListObjectsV2') return this.list(input);
    const key = String(input.Key);
    if (operation === 'GetObject') {
      if (!this.kept.has(key)) throw new ServiceError('NoSuchKey');
      return { Body: { transformToString: async () => this.kept.get(key) } };
    }
    if (operation === 'DeleteObject') return this.kept.delete(key) && {};
    if (operation === 'PutObject' && key.startsWith('unverified/')) return this.put(key, input);
    const answered = callAws(this.aws, call);
    if ('error' in answered) throw Object.assign(new ServiceError(answered.error), { Item: answered.item });
    return answered.output;
  }

  private secretOf({ VersionStage }: Input): unknown {
    if (VersionStage !== 'AWSCURRENT') throw new ServiceError('ResourceNotFoundException');
    return { SecretString: this.secret, CreatedDate: new Date(NOW) };
  }

  private list({ Prefix, StartAfter = '' }: Input): unknown {
    const found = [...this.kept.keys()].sort().filter((key) => key.startsWith(String(Prefix)) && key > String(StartAfter));
    this.onList?.();
    return found.length === 0 ? {} : { Contents: found.slice(0, PAGE_SIZE).map((Key) => ({ Key })), IsTruncated: found.length > PAGE_SIZE };
  }

  private put(key: string, { Body, ChecksumSHA256 }: Input): unknown {
    const bytes = Buffer.from(String(Body), 'base64');
    if (createHash('sha256').update(bytes).digest('base64') !== ChecksumSHA256) throw new ServiceError('BadDigest');
    this.kept.set(key, bytes.toString());
    return {};
  }
}

/** What API Gateway hands over for a delivery that is signed with a secret. */
export function signed(body: string, secret = SECRET): ProxyEvent {
  return requestOf(body, createHmac('sha256', secret).update(body).digest('hex'));
}
