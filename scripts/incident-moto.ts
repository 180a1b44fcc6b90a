import { CreateTableCommand, DynamoDBClient, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand, DeleteObjectCommand, GetObjectCommand, ListObjectVersionsCommand, PutObjectLockConfigurationCommand, S3Client,
} from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteMessageBatchCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { AuditWorld } from './audit-world';

const ACCOUNT = '123456789012';
export const TABLE = 'incidents';
export const EVIDENCE = 'incident-evidence';
export const topicArn = (name: string) => `arn:aws:sns:eu-west-1:${ACCOUNT}:${name}`;

/** A page as its receiver gets it from Amazon SNS by way of Amazon SQS. */
export interface Received { readonly incident: string; readonly page: string; readonly topic: string; readonly text: string }

/** Tables, topics, queues and the bucket of evidence, in moto. */
export class IncidentAws {
  public static async make({ config }: AuditWorld): Promise<IncidentAws> {
    const aws = new IncidentAws(new DynamoDBClient(config), new S3Client(config), new SQSClient(config));
    await aws.tables.send(new CreateTableCommand({
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        ...['incident', 'part', 'pending'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
        { AttributeName: 'nextAt', AttributeType: 'N' },
      ],
      KeySchema: [{ AttributeName: 'incident', KeyType: 'HASH' }, { AttributeName: 'part', KeyType: 'RANGE' }],
      GlobalSecondaryIndexes: [{
        IndexName: 'Pending',
        KeySchema: [{ AttributeName: 'pending', KeyType: 'HASH' }, { AttributeName: 'nextAt', KeyType: 'RANGE' }],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      }],
    }));
    await makeEvidence(aws.objects, EVIDENCE);
    for (const QueueName of ['pages', 'reports']) await aws.queues.send(new CreateQueueCommand({ QueueName }));
    const topics = new SNSClient(config);
    for (const Name of ['on-call', 'managers']) {
      const { TopicArn } = await topics.send(new CreateTopicCommand({ Name }));
      await topics.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: `arn:aws:sqs:eu-west-1:${ACCOUNT}:pages` }));
    }
    return aws;
  }

  private constructor(private readonly tables: DynamoDBClient, private readonly objects: S3Client, private readonly queues: SQSClient) {}

  public async incidents(): Promise<readonly string[]> {
    const { Items = [] } = await this.tables.send(new ScanCommand({ TableName: TABLE, ConsistentRead: true }));
    return Items.filter(({ part }) => part.S === 'record').map(({ incident }) => incident.S!);
  }

  /** The texts of the entries of an incident, in order. */
  public async history(id: string): Promise<readonly string[]> {
    const { Items = [] } = await this.tables.send(new QueryCommand({
      TableName: TABLE,
      KeyConditionExpression: 'incident = :id AND begins_with(part, :entry)',
      ExpressionAttributeValues: { ':id': { S: id }, ':entry': { S: 'entry#' } },
    }));
    return Items.map(({ entry }) => entry.S!);
  }

  public async happened(id: string): Promise<readonly string[]> {
    return (await this.history(id)).map((text) => (JSON.parse(text) as { what: string }).what);
  }

  /** The texts that are kept as evidence, of every version of every object. */
  public async evidenceOf(id: string): Promise<readonly string[]> {
    const texts: string[] = [];
    for (const { Key, VersionId } of await this.versions(id)) {
      const { Body } = await this.objects.send(new GetObjectCommand({ Bucket: EVIDENCE, Key, VersionId }));
      texts.push(await Body!.transformToString());
    }
    return texts;
  }

  public async isLocked(id: string): Promise<boolean> {
    const [{ Key, VersionId }] = await this.versions(id);
    const deletion = this.objects.send(new DeleteObjectCommand({ Bucket: EVIDENCE, Key, VersionId }));
    return deletion.then(() => false, (error: Error) => error.name === 'AccessDenied');
  }

  /** What was told since the last look. */
  public async pages(): Promise<readonly Received[]> {
    return (await this.receive('pages')).map(({ Body = '' }) => {
      const { TopicArn, Message, MessageAttributes: { incident, page } } = JSON.parse(Body) as {
        TopicArn: string; Message: string; MessageAttributes: Record<string, { Value: string }>;
      };
      return { incident: incident.Value, page: page.Value, topic: TopicArn.split(':').at(-1)!, text: Message };
    });
  }

  public async send(body: object): Promise<void> {
    await this.queues.send(new SendMessageCommand({ QueueUrl: this.urlOf('reports'), MessageBody: JSON.stringify(body) }));
  }

  public async receive(queue: string) {
    const found = [];
    for (;;) {
      const { Messages = [] } = await this.queues.send(new ReceiveMessageCommand({ QueueUrl: this.urlOf(queue), MaxNumberOfMessages: 10 }));
      if (Messages.length === 0) return found;
      found.push(...Messages);
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await this.queues.send(new DeleteMessageBatchCommand({ QueueUrl: this.urlOf(queue), Entries }));
    }
  }

  private async versions(id: string) {
    const { Versions = [] } = await this.objects.send(new ListObjectVersionsCommand({ Bucket: EVIDENCE, Prefix: `incidents/${id}/` }));
    return Versions;
  }

  private urlOf(queue: string): string {
    return `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/${queue}`;
  }
}

/** A bucket whose objects nobody can delete for a day. */
export async function makeEvidence(objects: S3Client, Bucket: string): Promise<void> {
  await objects.send(new CreateBucketCommand({
    Bucket, ObjectLockEnabledForBucket: true, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
  }));
  await objects.send(new PutObjectLockConfigurationCommand({
    Bucket, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 1 } } },
  }));
}
