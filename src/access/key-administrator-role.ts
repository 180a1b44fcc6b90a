import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { ConfigurationError } from '../private';
import { keyAdministratorStatements } from './private/key-statements';
import { WorkforceRole } from './workforce-role';
import { WorkforceRoleProps } from './workforce-role-props';

/** Properties of a `KeyAdministratorRole`. */
export interface KeyAdministratorRoleProps extends WorkforceRoleProps {
  /** Keys that the role keeps. Their policies have to leave administration to IAM, as those of a `Foundation` do. */
  readonly keys: kms.IKey[];
}

/**
 * A role that keeps keys going, and never uses one.
 *
 * It enables, disables and rotates the keys, revokes grants and schedules their deletion, in thirty days at the earliest. To use a key or to hand its
 * use on is denied to it, whatever a policy of a key says. Who may use a key changes by a deployment: the role cannot replace policies of keys unless
 * `allowKeyPolicies` lets it.
 *
 * @example
 * declare const shared: foundation.Foundation;
 * new access.KeyAdministratorRole(this, 'KeyAdministrator', {
 *   workforce: access.Workforce.iamUsers(),
 *   keys: [shared.key(foundation.DataDomain.DATA), shared.key(foundation.DataDomain.SECRETS)],
 * });
 */
export class KeyAdministratorRole extends WorkforceRole {
  constructor(scope: Construct, id: string, props: KeyAdministratorRoleProps) {
    super(scope, id);

    if (props.keys.length === 0) throw new ConfigurationError(this, "'keys' must name a key, got none; pass the keys that the role keeps");
    this._hold(props, {
      kind: 'KeyAdministrator',
      description: 'Keeps keys going and never uses one',
      statements: keyAdministratorStatements(props.keys.map((key) => key.keyArn)),
      namesNoResource: 'AWS KMS lists keys and aliases',
    });
  }

  /**
   * Lets the role replace the policy of a key.
   *
   * That is the right to let others use the key. They have to be other people: name nobody in the policy whom a key administrator can act as.
   */
  public allowKeyPolicies(key: kms.IKey): void {
    this.grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['kms:PutKeyPolicy'], resources: [key.keyArn] }));
  }
}
