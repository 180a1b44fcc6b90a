import { Duration } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';

/** What has a credential. */
export interface CredentialHost {
  readonly scope: Construct;
  readonly foundation: IFoundation;
  readonly connectorId: string;
  /** Makes the connector that tries what is about to become current. */
  addProbe(): string;
}

/** What a connector signs in with. */
export interface BoundCredentials {
  readonly secret: secretsmanager.ISecret;
  readonly encryptionKey: kms.IKey;
  /** The versions that are tried, in this order; absent where the current one is the only one. */
  readonly stages?: string[];
  /** The function that rotates the secret, which uses the connector. */
  readonly rotator?: lambda.Function;
  /** Age from which on somebody is told; absent for a secret that rotates by itself. */
  readonly maxAge?: Duration;
}
