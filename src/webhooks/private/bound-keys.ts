import { Duration } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';

/** What has keys. */
export interface KeyHost {
  readonly receiver: Construct;
  readonly foundation: IFoundation;
  /** What a person puts into a secret, in words. */
  readonly secretFormat: string;
}

/** What a receiver is told of its keys. */
export interface BoundKeys {
  readonly secret: secretsmanager.ISecret;
  readonly encryptionKey: kms.IKey;
  /** How long the previous key is taken where nothing else says when it ends. */
  readonly overlap: Duration;
  /** How long a key verifies at most, and with it what can be replayed. */
  readonly validFor: Duration;
  /** Age from which on somebody is told; absent for a key that rotates by itself. */
  readonly maxAge?: Duration;
}
