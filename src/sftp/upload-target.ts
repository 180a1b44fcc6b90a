import { Stack, Token } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ConfigurationError } from '../private';
import { BoundUploadTarget } from './private/bound-upload-target';

/**
 * Where a landing tells of files that were found clean.
 *
 * A target gets each file as JSON, at least once, under one `id`: `{ id, partner?, bucket, key, versionId, bytes, arrivedAt, source: { bucket,
 * versionId } }`. A target is in the Region of its landing; one of another account has to let the roles of the landing in by a policy of its own.
 *
 * @example
 * const uploads = new storage.IntegrationQueue(this, 'Uploads');
 * new sftp.SftpLanding(this, 'Landing', { target: sftp.UploadTarget.queue(uploads.queue) });
 */
export class UploadTarget {
  /** A queue, encrypted or not. A FIFO queue drops the same `id` for five minutes, and keeps no order among files. */
  public static queue(queue: sqs.IQueue): UploadTarget {
    return new UploadTarget(queue.queueArn, queue.env.region, (role) => {
      allow(role, 'sqs:SendMessage', queue.queueArn);
      // SQS reuses data keys, so a sender decrypts one as well (Amazon SQS Developer Guide, "Key management").
      queue.encryptionMasterKey?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
    });
  }

  /** An event bus: source `cdk-secure-integrations.sftp`, detail type `SFTP Upload Released`, the file as its detail. It knows no duplicates. */
  public static eventBus(bus: events.IEventBus): UploadTarget {
    return new UploadTarget(bus.eventBusArn, bus.env.region, (role) => allow(role, 'events:PutEvents', bus.eventBusArn));
  }

  private constructor(private readonly arn: string, private readonly region: string, private readonly grant: (role: iam.Role) => void) {}

  /** @internal */
  public _bind(landing: Construct): BoundUploadTarget {
    requireRegion(landing, this.region);
    return { arn: this.arn, grant: this.grant };
  }
}

/** The functions call the services of their own Region, so that no file would ever be told of. */
function requireRegion(landing: Construct, region: string): void {
  const { region: own } = Stack.of(landing);
  if (Token.isUnresolved(own) || Token.isUnresolved(region) || own === region) return;
  throw new ConfigurationError(landing, `'target' must be in the Region of the landing, '${own}', got one in '${region}'; hand over to an event bus, and forward from there by a rule`);
}

function allow(role: iam.Role, action: string, arn: string): void {
  role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: [action], resources: [arn] }));
}
