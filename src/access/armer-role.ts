import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { WorkforceRole } from './workforce-role';
import { WorkforceRoleProps } from './workforce-role-props';

/**
 * A role that arms emergency access for somebody else, and can do nothing besides.
 *
 * Give it to other people than those who may need emergency access. To take on a role of emergencies is denied to it.
 *
 * @example
 * declare const arming: ssm.IParameter;
 * const armer = new access.ArmerRole(this, 'Armer', { workforce: access.Workforce.iamUsers() });
 * armer.allowArming(arming);
 */
export class ArmerRole extends WorkforceRole {
  constructor(scope: Construct, id: string, props: WorkforceRoleProps) {
    super(scope, id);

    const { partition, account } = Stack.of(this);
    this._hold(props, {
      kind: 'Armer',
      description: 'Arms emergency access for somebody else',
      statements: [new iam.PolicyStatement({
        sid: 'NeverTakeItOn',
        effect: iam.Effect.DENY,
        actions: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
        resources: [`arn:${partition}:iam::${account}:role/break-glass/*`],
      })],
    });
  }

  /** Lets the role write the parameter that arms. */
  public allowArming(parameter: ssm.IParameter): void {
    this._allowArming(parameter.parameterArn);
  }

  /**
   * The same by the ARN, which refers to no resource of the stack that asks the role's name of this one.
   *
   * @internal
   */
  public _allowArming(parameterArn: string): void {
    this.grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['ssm:PutParameter'], resources: [parameterArn] }));
  }
}
