import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { RoleDemand } from './people';
import { MAX_TRUST_CHARACTERS, validateSize } from './policy-size';
import { Trusted } from './trusted';

/** The shortest session that IAM lets a role be limited to (IAM API Reference, "CreateRole": MaxSessionDuration), and the longest of a privileged one. */
const SESSION = Duration.hours(1);

/** Makes a role of the catalogue, `Role` right below `scope`: bounded, below its path, with sessions of an hour. */
export function makeRole(scope: Construct, demand: Pick<RoleDemand, 'boundary' | 'description' | 'name' | 'path'>, trust: readonly iam.PolicyStatement[]): iam.Role {
  const role = new iam.Role(scope, 'Role', {
    description: demand.description,
    assumedBy: new Trusted(trust),
    maxSessionDuration: SESSION,
    path: demand.path,
    permissionsBoundary: demand.boundary.managedPolicy,
    roleName: demand.name,
  });
  validateSize(role, 'the trust policy', () => role.assumeRolePolicy!, MAX_TRUST_CHARACTERS);
  return role;
}
