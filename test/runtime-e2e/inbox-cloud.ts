import { createHmac } from 'node:crypto';
import { Answer, SeenRequest } from './bundle';
import { Item } from '../runtime/dynamodb-expressions';
import { BUCKET, callAws, newWorld, TABLE, World } from '../runtime/webhooks/inbox/fake-aws';

export const SECRET = 'CANARY-secret-that-is-long-enough';
export const BODY = JSON.stringify({ note: 'CANARY', pad: 'x'.repeat(1000) });

/** What a receiver is configured with. */
export const RECEIVER_ENVIRONMENT = {
  SCHEME: '{"preset":"github"}',
  PUBLIC_URL: 'https://hooks.example.com/github',
  ENDPOINT: 'github',
  SECRET_ARN: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:github-AbCdEf',
  OVERLAP_SECONDS: '86400',
  TABLE_NAME: TABLE,
  BODY_BUCKET: BUCKET,
  HEADERS: '["content-type"]',
};

/** What a receiver of Amazon SNS is configured with, which has no secret. */
export const SNS_TOPIC = 'arn:aws:sns:eu-west-1:111122223333:orders';
export const SNS_ENVIRONMENT = {
  SCHEME: JSON.stringify({ preset: 'aws-sns', require: [{ pointer: '/TopicArn', oneOf: [SNS_TOPIC] }] }),
  PUBLIC_URL: 'https://hooks.example.com/sns',
  ENDPOINT: 'sns',
  TABLE_NAME: TABLE,
  BODY_BUCKET: BUCKET,
  HEADERS: '[]',
};

/** What the functions of dispatch are configured with. */
export const DISPATCH_ENVIRONMENT = {
  TABLE_NAME: TABLE,
  BODY_BUCKET: BUCKET,
  TARGET_ARN: 'arn:aws:events:eu-west-1:111122223333:event-bus/orders',
  TIMEOUT_SECONDS: '60',
  MAX_ATTEMPTS: '12',
};

/** Where an inbox stores and publishes, over HTTP. */
export class InboxCloud {
  public readonly world: World = newWorld(0);
  /** Operations that fail. */
  public failing: readonly string[] = [];
  /** Every operation that was asked for. */
  public readonly operations: string[] = [];
  /** Requests that were kept unverified, by key. */
  public readonly kept = new Map<string, string>();
  /** Details that the event bus took. */
  public readonly details: Array<Readonly<Record<string, unknown>>> = [];

  /** Answers as DynamoDB, Secrets Manager and EventBridge do (AWS JSON), and Amazon S3. */
  public readonly answer = ({ method, url, headers, body }: SeenRequest): Answer => {
    const target = headers['x-amz-target'];
    const operation = typeof target === 'string' ? target.split('.')[1] : objectOperation(method, url);
    this.operations.push(operation);
    if (this.failing.includes(operation)) return { status: 500, body: '{"message":"CANARY"}' };
    if (operation === 'PutObject') return this.putObject(url, headers, body);
    if (operation === 'ListObjectsV2') return this.list(url);
    if (operation === 'GetObject') return this.getObject(keyOf(url));
    if (operation === 'DeleteObject') return this.deleteObject(keyOf(url));
    const input = JSON.parse(body) as Readonly<Record<string, unknown>>;
    if (operation === 'GetSecretValue') return this.secret(input);
    if (operation === 'PutEvents') return this.putEvents(input);
    const answered = callAws(this.world, { operation, input });
    return 'error' in answered ? refused(answered.error, answered.item) : ok(answered.output);
  };

  private secret({ VersionStage }: Readonly<Record<string, unknown>>): Answer {
    if (VersionStage !== 'AWSCURRENT') return refused('ResourceNotFoundException');
    return ok({ SecretString: SECRET, CreatedDate: 1_700_000_000 });
  }

  private putEvents({ Entries }: Readonly<Record<string, unknown>>): Answer {
    for (const { Detail } of Entries as Array<{ Detail: string }>) this.details.push(JSON.parse(Detail) as Readonly<Record<string, unknown>>);
    return ok({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] });
  }

  private putObject(url: string, headers: SeenRequest['headers'], body: string): Answer {
    const key = keyOf(url);
    if (key.startsWith('unverified/')) {
      this.kept.set(key, body);
      return { status: 200 };
    }
    const answered = callAws(this.world, {
      operation: 'PutObject',
      input: { Key: key, Body: Buffer.from(body).toString('base64'), ChecksumSHA256: headers['x-amz-checksum-sha256'] },
    });
    return 'error' in answered ? { status: 400, body: `<Error><Code>${answered.error}</Code></Error>` } : { status: 200 };
  }

  private deleteObject(key: string): Answer {
    this.kept.delete(key);
    return { status: 204 };
  }

  private getObject(key: string): Answer {
    const body = this.kept.get(key);
    return body === undefined ? { status: 404, body: '<Error><Code>NoSuchKey</Code></Error>' } : { status: 200, body };
  }

  /** One key a page, so that pages are asked for. */
  private list(url: string): Answer {
    const { searchParams } = new URL(url, 'http://s3');
    const found = [...this.kept.keys()].sort().filter((key) => key.startsWith(searchParams.get('prefix')!) && key > (searchParams.get('start-after') ?? ''));
    const contents = found.slice(0, 1).map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
    return { status: 200, body: `<ListBucketResult><IsTruncated>${found.length > 1}</IsTruncated>${contents}</ListBucketResult>` };
  }
}

/** Operations of Amazon S3 are methods (API Reference). */
function objectOperation(method: string, url: string): string {
  const operations: Readonly<Record<string, string>> = { PUT: 'PutObject', DELETE: 'DeleteObject', GET: url.includes('list-type=2') ? 'ListObjectsV2' : 'GetObject' };
  return operations[method] ?? `${method} ${url}`;
}

function keyOf(url: string): string {
  return new URL(url, 'http://s3').pathname.slice(`/${BUCKET}/`.length);
}

/** What API Gateway hands over for a delivery of GitHub. */
export function githubRequest(body = BODY, secret = SECRET) {
  return {
    httpMethod: 'POST',
    multiValueHeaders: {
      'Content-Type': ['application/json'],
      'X-Hub-Signature-256': [`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`],
    },
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
  };
}

/** What the stream hands over for every record that it has not yet. */
export function streamEvent({ stream }: World) {
  return { Records: stream.splice(0).map((id) => ({ eventName: 'INSERT', dynamodb: { Keys: { id: { S: id } } } })) };
}

function ok(output: object): Answer {
  return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(output) };
}

function refused(name: string, item?: Item): Answer {
  return {
    status: 400,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': name },
    body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'said the service', ...item && { Item: item } }),
  };
}
