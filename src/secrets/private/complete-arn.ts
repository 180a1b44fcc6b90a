import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ConfigurationError } from '../../private';

/** Refuses a secret whose ARN lacks its end, which IAM would not take for the secret's; gives the ARN. */
export function requireCompleteArn(scope: Construct, prop: string, secret: secretsmanager.ISecret): string {
  const arn = secret.secretFullArn;
  if (arn !== undefined) return arn;
  throw new ConfigurationError(scope, `'${prop}' must have its complete ARN, got one with a name or a part of it; import it by secretCompleteArn`);
}
