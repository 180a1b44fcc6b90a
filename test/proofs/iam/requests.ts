import { Call, Context, Place } from './call';
import { SeenRequest } from '../../runtime-e2e/bundle';

/** What a request asks for: an action on a resource, with what the service itself tells IAM of it. */
type Asked = readonly [action: string, resource: string, context?: Context];

/** Body of a request of a JSON protocol. */
type Body = Readonly<Record<string, any>>;

/** Signature Version 4 (IAM User Guide, "Elements of an AWS API request signature"): `Credential=<key>/<date>/<region>/<service>/aws4_request`. */
const CREDENTIAL_SCOPE = /Credential=[^/]+\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/;

/** The AWS calls that a request makes. Throws for a request that the tables below do not know, since it could be allowed by nothing. */
export function callsOf(request: SeenRequest, account: string): Call[] {
  const [, region, service] = CREDENTIAL_SCOPE.exec(request.headers.authorization ?? '') ?? [];
  if (!service) throw new Error(`${request.method} ${pathOf(request)} is not signed, so it is no AWS call that the proof knows`);
  const place = { account, region };
  const operation = operationOf(request, service);
  const asked = service === 's3' ? s3(request, operation) : json(service, operation, request, place);
  return asked.map(([action, resource, context = {}]) => ({
    action, resource, context: { 'aws:RequestedRegion': region, 'aws:SecureTransport': 'true', ...context }, because: 'the handler',
  }));
}

function operationOf({ method, url, headers }: SeenRequest, service: string): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.split('.')[1];
  const query = new URL(url, 'http://aws').searchParams;
  // The SDK names the operation, but in listings and in HEAD requests.
  const named = query.get('x-id');
  if (named !== null) return named;
  if (query.get('list-type') === '2') return 'ListObjectsV2';
  return service === 's3' && method === 'HEAD' ? 'HeadObject' : `${method} without a name`;
}

/** Permissions as in Amazon S3 User Guide, "Required permissions for Amazon S3 API operations". */
function s3(request: SeenRequest, operation: string): Asked[] {
  const { searchParams: query } = new URL(request.url, 'http://aws');
  const [bucket, key] = /^\/([^/]+)\/?(.*)$/.exec(decodeURIComponent(pathOf(request)))!.slice(1);
  const object = `arn:aws:s3:::${bucket}/${key}`;
  const tls: Context = { 's3:TlsVersion': '1.3' };
  const version = query.get('versionId');
  // Each of these headers needs one more permission.
  const more = Object.keys(request.headers).filter((header) => /^x-amz-(acl|copy-source|grant-|object-lock-|tagging)/.test(header));
  if (more.length > 0) throw unknown('s3', `${operation} with ${more.join(', ')}`);
  if (key === '' && operation === 'HeadObject') throw unknown('s3', `${operation} without a key`);
  switch (operation) {
    case 'GetObject':
    case 'HeadObject':
      return [version === null ? ['s3:GetObject', object, tls] : ['s3:GetObjectVersion', object, { ...tls, 's3:VersionId': version }]];
    case 'PutObject': return [['s3:PutObject', object, tls]];
    case 'DeleteObject':
      return [version === null ? ['s3:DeleteObject', object, tls] : ['s3:DeleteObjectVersion', object, { ...tls, 's3:VersionId': version }]];
    case 'ListObjectsV2': return [['s3:ListBucket', `arn:aws:s3:::${bucket}`, { ...tls, 's3:prefix': query.get('prefix') ?? '' }]];
    default: throw unknown('s3', operation);
  }
}

const onTable = (action: string) => (body: Body, place: Place): Asked[] => [[`dynamodb:${action}`, tableArn(body.TableName, place)]];
const onTableOrIndex = (action: string) => (body: Body, place: Place): Asked[] =>
  [[`dynamodb:${action}`, tableArn(body.TableName, place) + (body.IndexName === undefined ? '' : `/index/${body.IndexName}`)]];
const onTables = (action: string) => (body: Body, place: Place): Asked[] =>
  Object.keys(body.RequestItems as object).map((table) => [`dynamodb:${action}`, tableArn(table, place)]);
const onQueue = (action: string) => ({ QueueUrl }: Body, place: Place): Asked[] => [[`sqs:${action}`, queueArn(QueueUrl, place)]];

/** Operations of the JSON protocols. What is conditional is not a permission of its own, but for a `ConditionCheck` in a transaction. */
const OPERATIONS: Readonly<Record<string, Readonly<Record<string, (body: Body, place: Place) => Asked[]>>>> = {
  // Amazon DynamoDB Developer Guide, "DynamoDB API permissions reference"; transactions: "IAM permissions" of "Amazon DynamoDB Transactions".
  dynamodb: {
    BatchGetItem: onTables('BatchGetItem'),
    BatchWriteItem: onTables('BatchWriteItem'),
    DeleteItem: onTable('DeleteItem'),
    GetItem: onTable('GetItem'),
    PutItem: onTable('PutItem'),
    Query: onTableOrIndex('Query'),
    TransactWriteItems: ({ TransactItems }, place) => (TransactItems as Array<Record<string, Body>>).flatMap((item) => Object.entries(item))
      .map(([kind, { TableName }]) => [`dynamodb:${kind === 'ConditionCheck' ? 'ConditionCheckItem' : `${kind}Item`}`, tableArn(TableName, place)]),
    UpdateItem: onTable('UpdateItem'),
  },
  // AWS KMS Developer Guide, "AWS KMS permissions"; the stand-in is asked for a key by its ARN.
  kms: {
    GenerateMac: ({ KeyId, MacAlgorithm }) => [['kms:GenerateMac', String(KeyId), { 'kms:MacAlgorithm': String(MacAlgorithm) }]],
    VerifyMac: ({ KeyId, MacAlgorithm }) => [['kms:VerifyMac', String(KeyId), { 'kms:MacAlgorithm': String(MacAlgorithm) }]],
  },
  secretsmanager: {
    GetSecretValue: ({ SecretId }) => {
      if (!String(SecretId).startsWith('arn:')) throw new Error('the proof knows a secret by its ARN alone, since a name says nothing of the rest of it');
      return [['secretsmanager:GetSecretValue', String(SecretId)]];
    },
  },
  // Amazon SQS Developer Guide, "Amazon SQS API permissions": the batch operations need the permission of the single one.
  sqs: {
    ChangeMessageVisibility: onQueue('ChangeMessageVisibility'),
    DeleteMessage: onQueue('DeleteMessage'),
    ReceiveMessage: onQueue('ReceiveMessage'),
    SendMessage: onQueue('SendMessage'),
    SendMessageBatch: onQueue('SendMessage'),
  },
};

function json(service: string, operation: string, request: SeenRequest, place: Place): Asked[] {
  const asked = OPERATIONS[service]?.[operation];
  if (!asked) throw unknown(service, operation);
  return asked(JSON.parse(request.body) as Body, place);
}

function tableArn(table: string, { account, region }: Place): string {
  return table.startsWith('arn:') ? table : `arn:aws:dynamodb:${region}:${account}:table/${table}`;
}

function queueArn(url: string, { region }: Place): string {
  const [account, name] = new URL(url).pathname.slice(1).split('/');
  return `arn:aws:sqs:${region}:${account}:${name}`;
}

function pathOf({ url }: SeenRequest): string {
  return new URL(url, 'http://aws').pathname;
}

function unknown(service: string, operation: string): Error {
  return new Error(`the proof does not know which permission ${operation} of ${service} needs; add it to test/proofs/iam/requests.ts`);
}
