import { CfnResource, Reference, Token, Tokenization } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, IConstruct } from 'constructs';
import { requireCompleteArn } from './complete-arn';
import { ConfigurationError } from '../../private';

/** The complete ARN of a secret that Amazon RDS owns: its name starts with `rds!`. */
const OWNED_BY_RDS = /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:rds![\w/+=.@-]+-[A-Za-z0-9]{6}$/;

/** Refuses a secret that Amazon RDS does not manage, as far as synthesis can tell; the function that watches it tells the rest. */
export function requireManagedByRds(scope: Construct, secret: secretsmanager.ISecret): void {
  const arn = requireCompleteArn(scope, 'secret', secret);
  const target = targetOf(arn);
  const managed = Token.isUnresolved(arn)
    ? !CfnResource.isCfnResource(target) || target instanceof rds.CfnDBCluster || target instanceof rds.CfnDBInstance
    : OWNED_BY_RDS.test(arn);
  if (managed) return;
  throw new ConfigurationError(scope, `'secret' must be one that Amazon RDS manages, got ${target?.node.path ?? arn}; `
    + 'set manageMasterUserPassword of the database, and give its secret');
}

/** The construct that an ARN is an attribute of; undefined for an import of a value, and for text. */
function targetOf(arn: string): IConstruct | undefined {
  const [token] = Tokenization.reverseString(arn).tokens;
  return Reference.isReference(token) ? token.target : undefined;
}
