import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { RoleDemand } from './people';
import { MAX_TRUST_CHARACTERS, validateSize } from './policy-size';
import { throughServices } from './through-services';
import { Trusted } from './trusted';

/** The shortest session that IAM lets a role be limited to (IAM API Reference, "CreateRole": MaxSessionDuration), and the longest of a privileged one. */
const SESSION = Duration.hours(1);

/** A role that people take on: what it is granted, it decrypts through services. */
class PeopleRole extends iam.Role {
  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    return super.addToPrincipalPolicy(throughServices(statement, Stack.of(this).region));
  }
}

/** What a role is made with, whoever takes it on. */
export type Making = Pick<RoleDemand, 'boundary' | 'description' | 'name' | 'path'>;

/** Makes a role that people take on, `Role` right below `scope`: bounded, below its path, with sessions of an hour. */
export function makeRole(scope: Construct, making: Making, trust: readonly iam.PolicyStatement[]): iam.Role {
  return checked(new PeopleRole(scope, 'Role', propsOf(making, trust)), making);
}

/** The same for a service. */
export function makeServiceRole(scope: Construct, making: Making, trust: readonly iam.PolicyStatement[]): iam.Role {
  return checked(new iam.Role(scope, 'Role', propsOf(making, trust)), making);
}

function propsOf({ boundary, description, name, path }: Making, trust: readonly iam.PolicyStatement[]): iam.RoleProps {
  return {
    description,
    assumedBy: new Trusted(trust),
    maxSessionDuration: SESSION,
    path,
    permissionsBoundary: boundary.managedPolicy,
    roleName: name,
  };
}

function checked(role: iam.Role, { boundary }: Making): iam.Role {
  // A boundary that is applied to a whole app would take its place; the one that is applied nearest stays.
  iam.PermissionsBoundary.of(role).apply(boundary.managedPolicy);
  validateSize(role, 'the trust policy', () => role.assumeRolePolicy!, MAX_TRUST_CHARACTERS);
  return role;
}
