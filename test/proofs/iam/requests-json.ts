import { Asked, Body, Known, unknown } from './asked';
import { Context, Place } from './call';
import { SeenRequest } from '../../runtime-e2e/bundle';

const onTable = (action: string) => (body: Body, place: Place, known: Known): Asked[] =>
  [[`dynamodb:${action}`, tableArn(body.TableName, place), leadingKeys(body, known.partitionKeyOf(tableArn(body.TableName, place)))]];
const onTableOrIndex = (action: string) => (body: Body, place: Place, known: Known): Asked[] => body.IndexName === undefined
  ? onTable(action)(body, place, known)
  : [[`dynamodb:${action}`, `${tableArn(body.TableName, place)}/index/${body.IndexName}`]];
const onTables = (action: string) => (body: Body, place: Place): Asked[] =>
  Object.keys(body.RequestItems as object).map((table) => [`dynamodb:${action}`, tableArn(table, place)]);
const onSecret = (action: string) => ({ SecretId }: Body): Asked[] => {
  if (!String(SecretId).startsWith('arn:')) throw new Error('the proof knows a secret by its ARN alone, since a name says nothing of the rest of it');
  return [[`secretsmanager:${action}`, String(SecretId)]];
};
const onKey = (action: string) => ({ KeyId, MacAlgorithm }: Body, { account }: Place): Asked[] => {
  if (!String(KeyId).startsWith('arn:')) throw new Error('the proof knows a key by its ARN alone, since an alias may be moved to another');
  return [[`kms:${action}`, String(KeyId), { 'kms:CallerAccount': account, 'kms:MacAlgorithm': String(MacAlgorithm) }]];
};
const onUserPool = (action: string) => ({ UserPoolId }: Body, { account, region }: Place): Asked[] =>
  [[`cognito-idp:${action}`, `arn:aws:cognito-idp:${region}:${account}:userpool/${UserPoolId}`]];
const onParameter = (action: string) => ({ Name }: Body, { account, region }: Place): Asked[] =>
  [[`ssm:${action}`, `arn:aws:ssm:${region}:${account}:parameter/${String(Name).replace(/^\//, '')}`]];
const onOpsItem = (action: string) => ({ OpsItemId }: Body, { account, region }: Place): Asked[] =>
  [[`ssm:${action}`, `arn:aws:ssm:${region}:${account}:opsitem/${OpsItemId}`]];
const onServer = (action: string) => ({ ServerId }: Body, place: Place): Asked[] => [[`transfer:${action}`, transferArn(`server/${ServerId}`, place)]];
const onUser = (action: string) => ({ ServerId, UserName }: Body, place: Place): Asked[] =>
  [[`transfer:${action}`, transferArn(`user/${ServerId}/${UserName}`, place)]];
const onQueue = (action: string) => ({ QueueUrl }: Body, place: Place): Asked[] => [[`sqs:${action}`, queueArn(QueueUrl, place)]];

const onConnector = (action: string) => ({ ConnectorId }: Body, place: Place): Asked[] =>
  [[`transfer:${action}`, transferArn(`connector/${ConnectorId}`, place)]];

/** Operations of the JSON protocols. What is conditional is not a permission of its own, but for a `ConditionCheck` in a transaction. */
const OPERATIONS: Readonly<Record<string, Readonly<Record<string, (body: Body, place: Place, known: Known) => Asked[]>>>> = {
  // Service Authorization Reference, "Actions, resources, and condition keys for Amazon Cognito User Pools".
  'cognito-idp': {
    AddUserPoolClientSecret: onUserPool('AddUserPoolClientSecret'),
    DeleteUserPoolClientSecret: onUserPool('DeleteUserPoolClientSecret'),
    ListUserPoolClientSecrets: onUserPool('ListUserPoolClientSecrets'),
  },
  // Amazon DynamoDB Developer Guide, "DynamoDB API permissions reference"; transactions: "IAM permissions" of "Amazon DynamoDB Transactions".
  'dynamodb': {
    BatchGetItem: onTables('BatchGetItem'),
    BatchWriteItem: onTables('BatchWriteItem'),
    DeleteItem: onTable('DeleteItem'),
    GetItem: onTable('GetItem'),
    PutItem: onTable('PutItem'),
    Query: onTableOrIndex('Query'),
    Scan: onTableOrIndex('Scan'),
    TransactWriteItems: ({ TransactItems }, place) => (TransactItems as Array<Record<string, Body>>).flatMap((item) => Object.entries(item))
      .map(([kind, { TableName }]) => [`dynamodb:${kind === 'ConditionCheck' ? 'ConditionCheckItem' : `${kind}Item`}`, tableArn(TableName, place)]),
    UpdateItem: onTable('UpdateItem'),
  },
  // Amazon EventBridge User Guide, "Using IAM policy conditions in Amazon EventBridge": for each entry, with what it says of itself.
  'events': {
    PutEvents: ({ Entries }, { account, region }) => (Entries as Body[]).map(({ EventBusName, Source, DetailType }) => ['events:PutEvents',
      String(EventBusName).startsWith('arn:') ? String(EventBusName) : `arn:aws:events:${region}:${account}:event-bus/${EventBusName}`,
      { 'events:source': [String(Source)], 'events:detail-type': String(DetailType) }]),
  },
  'kms': { GenerateMac: onKey('GenerateMac'), VerifyMac: onKey('VerifyMac') },
  // Service Authorization Reference, "Amazon CloudWatch Logs"; a group is asked for with its streams. The stand-in's id of a query names its log group.
  'logs': {
    GetQueryResults: ({ queryId }) => [['logs:GetQueryResults', `${String(queryId).split('#')[0]}:log-stream:`]],
    StartQuery: ({ logGroupIdentifiers }) => (logGroupIdentifiers as string[]).map((arn) => ['logs:StartQuery', `${arn}:log-stream:`]),
    StopQuery: () => [['logs:StopQuery', '*']],
  },
  'secretsmanager': {
    DescribeSecret: onSecret('DescribeSecret'),
    GetSecretValue: onSecret('GetSecretValue'),
    ListSecretVersionIds: onSecret('ListSecretVersionIds'),
    PutSecretValue: onSecret('PutSecretValue'),
    UpdateSecretVersionStage: onSecret('UpdateSecretVersionStage'),
  },
  // Amazon SQS Developer Guide, "Amazon SQS API permissions": the batch operations need the permission of the single one.
  'sqs': {
    ChangeMessageVisibility: onQueue('ChangeMessageVisibility'),
    DeleteMessage: onQueue('DeleteMessage'),
    ReceiveMessage: onQueue('ReceiveMessage'),
    SendMessage: onQueue('SendMessage'),
    SendMessageBatch: onQueue('SendMessage'),
  },
  // Service Authorization Reference, "AWS Systems Manager"; what is opened or searched for has no name yet.
  'ssm': {
    CreateOpsItem: () => [['ssm:CreateOpsItem', '*']],
    DescribeOpsItems: () => [['ssm:DescribeOpsItems', '*']],
    GetOpsItem: onOpsItem('GetOpsItem'),
    GetParameter: onParameter('GetParameter'),
    GetParameterHistory: onParameter('GetParameterHistory'),
    LabelParameterVersion: onParameter('LabelParameterVersion'),
    PutParameter: onParameter('PutParameter'),
    UpdateOpsItem: onOpsItem('UpdateOpsItem'),
  },
  // Service Authorization Reference, "Actions, resources, and condition keys for AWS Transfer".
  'transfer': {
    DeleteSshPublicKey: onUser('DeleteSshPublicKey'),
    DescribeUser: onUser('DescribeUser'),
    ImportSshPublicKey: onUser('ImportSshPublicKey'),
    ListUsers: onServer('ListUsers'),
    DeleteHostKey: ({ ServerId, HostKeyId }, place) => [['transfer:DeleteHostKey', transferArn(`host-key/${ServerId}/${HostKeyId}`, place)]],
    DescribeServer: onServer('DescribeServer'),
    ImportHostKey: onServer('ImportHostKey'),
    ListHostKeys: onServer('ListHostKeys'),
    ListFileTransferResults: onConnector('ListFileTransferResults'),
    StartDirectoryListing: onConnector('StartDirectoryListing'),
    StartFileTransfer: onConnector('StartFileTransfer'),
    StartRemoteDelete: onConnector('StartRemoteDelete'),
    TestConnection: onConnector('TestConnection'),
  },
};

/** What a request of a JSON protocol asks for. */
export function askedByJson(service: string, operation: string, request: SeenRequest, place: Place, known: Known): Asked[] {
  const asked = OPERATIONS[service]?.[operation];
  if (!asked) throw unknown(service, operation);
  return asked(JSON.parse(request.body) as Body, place, known);
}

/** The partition keys that a request touches, by which policies may be narrowed (Amazon DynamoDB Developer Guide, "Using IAM policy conditions"). */
function leadingKeys(body: Body, partitionKey?: string): Context {
  const { Key, Item, KeyConditionExpression, ExpressionAttributeNames = {}, ExpressionAttributeValues } = body;
  if (partitionKey === undefined) return {};
  const attribute = (Key ?? Item)?.[partitionKey] as Record<string, string> | undefined;
  const [, placeholder] = [...String(KeyConditionExpression ?? '').matchAll(/(#?\w+)\s*=\s*(:\w+)/g)]
    .map(([, name, value]) => [(ExpressionAttributeNames as Record<string, string>)[name] ?? name, value])
    .find(([name]) => name === partitionKey) ?? [];
  const value = attribute ?? (placeholder === undefined ? undefined : ExpressionAttributeValues[placeholder] as Record<string, string>);
  return value === undefined ? {} : { 'dynamodb:LeadingKeys': [Object.values(value)[0]] };
}

function tableArn(table: string, { account, region }: Place): string {
  return table.startsWith('arn:') ? table : `arn:aws:dynamodb:${region}:${account}:table/${table}`;
}

function transferArn(resource: string, { account, region }: Place): string {
  return `arn:aws:transfer:${region}:${account}:${resource}`;
}

function queueArn(url: string, { region }: Place): string {
  const [account, name] = new URL(url).pathname.slice(1).split('/');
  return `arn:aws:sqs:${region}:${account}:${name}`;
}
