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
  /** Details that the event bus took. */
  public readonly details: Array<Readonly<Record<string, unknown>>> = [];

  /** Answers as DynamoDB, Secrets Manager and EventBridge do (AWS JSON), and Amazon S3. */
  public readonly answer = ({ method, url, headers, body }: SeenRequest): Answer => {
    const target = headers['x-amz-target'];
    const operation = typeof target === 'string' ? target.split('.')[1] : method === 'PUT' ? 'PutObject' : `${method} ${url}`;
    this.operations.push(operation);
    if (this.failing.includes(operation)) return { status: 500, body: '{"message":"CANARY"}' };
    if (operation === 'PutObject') return this.putObject(url, headers, body);
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
    const { pathname } = new URL(url, 'http://s3');
    const answered = callAws(this.world, {
      operation: 'PutObject',
      input: { Key: pathname.slice(`/${BUCKET}/`.length), Body: Buffer.from(body).toString('base64'), ChecksumSHA256: headers['x-amz-checksum-sha256'] },
    });
    return 'error' in answered ? { status: 400, body: `<Error><Code>${answered.error}</Code></Error>` } : { status: 200 };
  }
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
