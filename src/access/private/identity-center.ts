import { Aws, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sso from 'aws-cdk-lib/aws-sso';
import { Construct } from 'constructs';
import { Held, People, RoleDemand } from './people';
import { MAX_PERMISSION_SET_CHARACTERS, validateSize } from './policy-size';
import { throughServices } from './through-services';
import { ConfigurationError, recordLimit, requireMatch } from '../../private';
import { IdentityCenterOptions } from '../workforce-options';

/** People of IAM Identity Center. */
export class IdentityCenter implements People {
  constructor(private readonly options: IdentityCenterOptions) {}

  public hold(scope: Construct, demand: RoleDemand): Held {
    const { instanceArn, groupIds, accounts = [Stack.of(scope).account] } = this.options;
    const name = demand.name ?? demand.kind;
    this.require(scope, demand, name, accounts);

    const document = new iam.PolicyDocument();
    const permissionSet = new sso.CfnPermissionSet(scope, 'PermissionSet', {
      instanceArn,
      name,
      description: demand.description,
      inlinePolicy: Lazy.any({ produce: () => (document.isEmpty ? undefined : document.toJSON() as unknown) }),
      permissionsBoundary: { customerManagedPolicyReference: { name: demand.boundary.policyName, path: demand.boundary.policyPath } },
      sessionDuration: 'PT1H',
    });
    validateSize(permissionSet, 'the inline policy', () => document, MAX_PERMISSION_SET_CHARACTERS);
    // The policy has to be there when a role is made of the permission set, at least in this account.
    permissionSet.node.addDependency(demand.boundary);
    for (const [g, principalId] of groupIds.entries()) {
      for (const [a, targetId] of accounts.entries()) {
        new sso.CfnAssignment(scope, `Assignment${g}${a === 0 ? '' : `-${a}`}`, {
          instanceArn, permissionSetArn: permissionSet.attrPermissionSetArn, principalId, principalType: 'GROUP', targetId, targetType: 'AWS_ACCOUNT',
        });
      }
    }
    recordLimit(permissionSet, 'ROLE-MFA',
      'Identity Center, or the identity provider behind it, asks for a second factor at sign-in; no template can turn that on, and IAM cannot see it.');
    return { principal: new PermissionSetPrincipal(permissionSet, document, name), permissionSet };
  }

  private require(scope: Construct, demand: RoleDemand, name: string, accounts: readonly string[]): void {
    const { instanceArn, groupIds } = this.options;
    if (demand.namesSource) {
      throw new ConfigurationError(scope,
        "'workforce' must be one whose sessions name a source identity, got Identity Center; choose Workforce.iamUsers or Workforce.saml");
    }
    requireMatch(scope, 'instanceArn', instanceArn, /^arn:[\w-]+:sso:::instance\/(sso)?ins-[\w.-]{16}$/, 'the ARN of an instance of Identity Center',
      'copy it from the settings of Identity Center');
    requireMatch(scope, 'roleName', name, new RegExp(`^${demand.kind}[\\w+=,.@-]*$`), `a name that begins with ${demand.kind} for a permission set`,
      `write '${demand.kind}-${name.slice(0, 10)}', by which boundaries know the role`);
    requireMatch(scope, 'roleName', name, /^.{1,32}$/, 'of at most 32 characters for a permission set', 'shorten it');
    if (groupIds.length === 0) throw new ConfigurationError(scope, "'groupIds' must name a group, got none; a permission set that nobody has serves nobody");
    for (const account of accounts) requireMatch(scope, 'accounts', account, /^\d{12}$/, 'the 12 digits of each account', 'write for example \'111122223333\'');
  }
}

/** The roles that Identity Center makes of a permission set in this account, whose names end in characters that nobody knows beforehand. */
class PermissionSetPrincipal extends iam.PrincipalBase {
  constructor(private readonly permissionSet: sso.CfnPermissionSet, private readonly document: iam.PolicyDocument, private readonly name: string) {
    super();
  }

  /** The account, where the caller is such a role (IAM Identity Center User Guide, "Referencing permission sets in resource policies, Amazon EKS cluster config maps, and AWS KMS key policies"). */
  public get policyFragment(): iam.PrincipalPolicyFragment {
    const { partition, account } = Stack.of(this.permissionSet);
    return new iam.PrincipalPolicyFragment({ AWS: [`arn:${Aws.PARTITION}:iam::${account}:root`] }, {
      ArnLike: { 'aws:PrincipalArn': `arn:${partition}:iam::${account}:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_${this.name}_*` },
    });
  }

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    this.document.addStatements(throughServices(statement, Stack.of(this.permissionSet).region));
    return { statementAdded: true, policyDependable: this.permissionSet };
  }

  public dedupeString(): string | undefined {
    return undefined;
  }
}
