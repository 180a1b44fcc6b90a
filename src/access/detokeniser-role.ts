import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ConfigurationError } from '../private';
import { decryptStatement, neverDecryptsWithoutContext, neverGovernsKeys } from './private/key-statements';
import { WorkforceRole } from './workforce-role';
import { WorkforceRoleProps } from './workforce-role-props';

/**
 * A role that turns tokens back into what they stand for, by one function, and decides nothing about keys.
 *
 * Prefer `allowInvoke`: the function sees who asks and for what, and the trail has each call. `allowDecrypt` is for a program that holds the ciphertext
 * itself, and lets it decrypt in the stated context alone.
 *
 * @example
 * const detokeniser = new access.DetokeniserRole(this, 'Detokeniser', { workforce: access.Workforce.iamUsers() });
 * detokeniser.allowInvoke(handler);
 */
export class DetokeniserRole extends WorkforceRole {
  constructor(scope: Construct, id: string, props: WorkforceRoleProps) {
    super(scope, id);
    this._hold(props, {
      kind: 'Detokeniser',
      description: 'Turns tokens back into what they stand for, by one function',
      statements: [neverGovernsKeys(), neverDecryptsWithoutContext()],
    });
  }

  /** Lets the role invoke a function that turns tokens back, and no version or alias of it. */
  public allowInvoke(handler: lambda.IFunction): void {
    this.grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [handler.functionArn] }));
  }

  /**
   * Lets the role decrypt with a key what was encrypted in a context, such as `{ purpose: 'card-number' }`.
   *
   * The policy of a key in the same stack says so too, for a role. That of another key, or for a permission set, has to leave its use to IAM.
   */
  public allowDecrypt(key: kms.IKey, encryptionContext: { [name: string]: string }): void {
    if (Object.keys(encryptionContext).length === 0) {
      throw new ConfigurationError(this, "'encryptionContext' must have an entry, got none; name what the ciphertext was encrypted for");
    }
    this.grantPrincipal.addToPrincipalPolicy(decryptStatement(key.keyArn, encryptionContext));
    // A key of another stack cannot name the role, which needs that stack first; the roles of a permission set have no name yet.
    if (!this.role || Stack.of(key) !== Stack.of(this)) return;
    const statement = decryptStatement('*', encryptionContext);
    statement.addPrincipals(this.role);
    key.addToResourcePolicy(statement);
  }
}
