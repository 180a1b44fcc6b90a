import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';

/** A resource, its key, and what a grantee may do with each. */
export interface EncryptedGrant {
  readonly grantee: iam.IGrantable;
  readonly resource: iam.IResourceWithPolicy;
  readonly resourceArns: string[];
  readonly actions: string[];
  readonly key: kms.IKey;
  readonly keyActions: string[];
}

/**
 * Lets a grantee use a resource together with the key that encrypts it.
 *
 * The actions are spelled out: the grants of the CDK's own constructs use wildcards such as `kms:GenerateDataKey*` and `s3:GetObject*`,
 * which let through more than the grantee's task, and whatever AWS adds under the same prefix later.
 */
export function grantEncrypted(options: EncryptedGrant): iam.Grant {
  const { grantee, resource, resourceArns, actions, key, keyActions } = options;
  return iam.Grant.addToPrincipalOrResource({ grantee, actions, resourceArns, resource })
    .combine(key.grant(grantee, ...keyActions));
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
