import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';

/** Operators, keys and values of a condition block. */
type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A resource, its key, and what a grantee may do with each. */
export interface EncryptedGrant {
  readonly grantee: iam.IGrantable;
  readonly resource: iam.IResourceWithPolicy;
  readonly resourceArns: string[];
  readonly actions: string[];
  /** Conditions on the actions on the resource; none if left out. */
  readonly conditions?: Conditions;
  readonly key: kms.IKey;
  readonly keyActions: string[];
  /** Conditions on the actions on the key; none if left out. */
  readonly keyConditions?: Conditions;
}

/**
 * Lets a grantee use a resource together with the key that encrypts it.
 *
 * The actions are spelled out: the grants of the CDK's own constructs use wildcards such as `kms:GenerateDataKey*` and `s3:GetObject*`,
 * which let through more than the grantee's task, and whatever AWS adds under the same prefix later.
 */
export function grantEncrypted(options: EncryptedGrant): iam.Grant {
  const { grantee, resource, resourceArns, actions, conditions, key, keyActions, keyConditions } = options;
  return grantOn({ grantee, actions, resourceArns, resource }, conditions).combine(withConditions(key.grant(grantee, ...keyActions), keyConditions));
}

/** Lets a grantee list the keys of a bucket that begin with a prefix. */
export function grantList(grantee: iam.IGrantable, bucket: s3.IBucket, prefix: string): iam.Grant {
  return grantOn(
    { grantee, resource: bucket, resourceArns: [bucket.bucketArn], actions: ['s3:ListBucket'] },
    prefix === '' ? undefined : { StringLike: { 's3:prefix': `${prefix}*` } },
  );
}

/** Conditions on whatever a grant wrote, in the policy of the grantee and in that of the key. */
function withConditions(grant: iam.Grant, conditions: Conditions = {}): iam.Grant {
  for (const statement of [...grant.principalStatements, ...grant.resourceStatements]) statement.addConditions(conditions);
  return grant;
}

/** As the CDK's own, which leaves the conditions out of the statement that a grantee of another account gets in the resource's policy. */
function grantOn(options: iam.GrantWithResourceOptions, conditions: Conditions = {}): iam.Grant {
  const grant = iam.Grant.addToPrincipalOrResource({ ...options, conditions });
  for (const statement of grant.resourceStatements) statement.addConditions(conditions);
  return grant;
}

/** Lets the event source mapping of a grantee's function poll an encrypted queue. */
export function grantPoll(grantee: iam.IGrantable, queue: sqs.IQueue, key: kms.IKey): iam.Grant {
  return grantEncrypted({
    grantee,
    resource: queue,
    resourceArns: [queue.queueArn],
    // As in the managed policy AWSLambdaSQSQueueExecutionRole (AWS Lambda Developer Guide, "Creating and configuring an Amazon SQS event source mapping").
    actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    key,
    keyActions: ['kms:Decrypt'],
  });
}

/** Lets a grantee receive and delete the messages of an encrypted queue. */
export function grantConsume(grantee: iam.IGrantable, queue: sqs.IQueue, key: kms.IKey): iam.Grant {
  return grantEncrypted({
    grantee,
    resource: queue,
    resourceArns: [queue.queueArn],
    actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
    key,
    keyActions: ['kms:Decrypt'],
  });
}
