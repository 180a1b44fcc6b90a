import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, RULES } from '../../src/rules';

/** What a reviewer expects, as `logical id: CONTROL`, and what would be a false alarm. */
interface Expectation {
  readonly file: string;
  readonly found: readonly string[];
  readonly quiet: readonly string[];
}

const EXPECTATIONS: readonly Expectation[] = [
  {
    file: 'DynamoDB_Secondary_Indexes.json',
    found: ['TableOfBooks: TABLE-CMK', 'TableOfBooks: TABLE-DELETION-PROTECTION', 'TableOfBooks: TABLE-RETAIN'],
    quiet: ['TableOfBooks: TABLE-PITR', 'TableOfBooks: TABLE-POLICY-PUBLIC'],
  },
  {
    file: 'RDS_with_DBParameterGroup.json',
    found: ['MyDB: DATABASE-ENCRYPTION', 'MyDB: DATABASE-IAM-AUTH', 'MyDB: DATABASE-TLS', 'MyDB: DATABASE-DELETION', 'MyDB: DATABASE-LOGS'],
    quiet: ['MyDB: DATABASE-PUBLIC', 'MyDB: DATABASE-MASTER-PASSWORD', 'MyDB: DATABASE-BACKUP'],
  },
  {
    file: 'S3_LambdaTrigger.json',
    found: [
      'S3BucketNotification: STORAGE-CMK', 'S3BucketNotification: STORAGE-TLS', 'S3BucketNotification: STORAGE-TLS-VERSION',
      'S3BucketNotification: STORAGE-OWNERSHIP', 'S3BucketNotification: STORAGE-VERSIONING', 'S3BucketNotification: STORAGE-ACCESS-LOG',
      'S3BucketNotification: STORAGE-LIFECYCLE', 'S3BucketNotification: STORAGE-RETAIN', 'S3BucketNotification: STORAGE-SSE-C',
      'S3TriggerLambdaFunction: LAMBDA-RUNTIME', 'S3TriggerLambdaFunction: LAMBDA-DLQ', 'S3TriggerLambdaFunction: LAMBDA-CONCURRENCY',
      'S3TriggerLambdaFunction: LAMBDA-TRACING', 'LambdaIAMRole: IAM-RESOURCE-WILDCARD',
    ],
    quiet: [
      'S3BucketNotification: STORAGE-PUBLIC-ACCESS', 'S3BucketNotification: STORAGE-POLICY-PUBLIC', 'LambdaInvokePermission: LAMBDA-PERMISSION-SOURCE',
      'LambdaInvokePermission: LAMBDA-PERMISSION-PUBLIC', 'LambdaIAMRole: ROLE-TRUST-PUBLIC', 'LambdaIAMRole: IAM-ADMIN',
    ],
  },
  {
    file: 'SNSTopic.json',
    found: ['SNSTopic: TOPIC-CMK', 'SNSTopic: TOPIC-TLS', 'SNSSubscription: TOPIC-SUBSCRIPTION-TLS'],
    quiet: ['SNSTopic: TOPIC-POLICY-PUBLIC'],
  },
  {
    file: 'SQSStandardQueue.json',
    found: [
      'SQSQueue: QUEUE-CMK', 'SQSQueue: QUEUE-TLS', 'SQSQueue: QUEUE-DLQ', 'MyDeadLetterQueue: QUEUE-CMK', 'MyDeadLetterQueue: QUEUE-TLS',
      'MyDeadLetterQueue: QUEUE-DLQ-ALARM',
    ],
    quiet: ['MyDeadLetterQueue: QUEUE-DLQ-RETENTION', 'SQSQueue: QUEUE-POLICY-PUBLIC'],
  },
  {
    file: 'apigateway_lambda_integration.json',
    // RestApi: a parameter decides whether the endpoint is Regional, whose default is TLS 1.0, or private, whose default is TLS 1.2.
    found: ['RestApi: API-TLS', 'ApiMethod: API-AUTHORIZATION', 'ApiMethod: API-REQUEST-VALIDATION', 'LambdaFunction: LAMBDA-CONCURRENCY', 'LambdaFunction: LAMBDA-TRACING', 'LambdaIamRole: IAM-RESOURCE-WILDCARD'],
    // RestApi: its methods are resources, and no document says more.
    quiet: ['RestApi: API-AUTHORIZATION', 'RestApi: API-BACKEND-TLS', 'RestApi: DELIVERY-API-INVOKE', 'LambdaFunction: LAMBDA-RUNTIME', 'LambdaApiGatewayInvoke: LAMBDA-PERMISSION-SOURCE', 'LambdaIamRole: IAM-ADMIN'],
  },
  {
    file: 'destination.json',
    found: [
      'KmsKey: KEY-ROOT-SPLIT', 'KmsKey: KEY-FOREIGN-ACCOUNT', 'KmsKey: KEY-RETAIN', 'S3BucketDestination: STORAGE-TLS',
      'S3BucketDestination: STORAGE-TLS-VERSION', 'S3BucketDestination: STORAGE-ACCESS-LOG', 'S3BucketDestination: STORAGE-LIFECYCLE',
      'S3BucketDestination: STORAGE-RETAIN', 'S3BucketDestination: STORAGE-OWNERSHIP', 'S3BucketDestination: STORAGE-SSE-C',
      'S3BucketDestination: STORAGE-CROSS-ACCOUNT',
    ],
    quiet: ['KmsKey: KEY-ROTATION', 'KmsKey: KEY-POLICY-PUBLIC', 'S3BucketDestination: STORAGE-VERSIONING', 'S3BucketDestination: STORAGE-PUBLIC-ACCESS'],
  },
];

describe.each(EXPECTATIONS)('$file', ({ file, found, quiet }) => {
  const template = JSON.parse(readFileSync(join(__dirname, '../fixtures/templates', file), 'utf8')) as unknown;
  const reported = new Set(check([{ name: file, template }], RULES).filter((v) => v.finding !== '').map((v) => `${v.logicalId}: ${v.control}`));

  test('has the weaknesses that a reviewer expects', () => {
    expect(found.filter((expected) => !reported.has(expected))).toEqual([]);
  });

  test('raises no false alarm', () => {
    expect(quiet.filter((silent) => reported.has(silent))).toEqual([]);
  });
});
