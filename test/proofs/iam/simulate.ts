import { runSimulation, Simulation } from '@cloud-copilot/iam-simulate';
import { Call } from './call';
import { Grant, Identity } from './role';

export type Decision = 'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied';

/**
 * The simulator drops `kms:EncryptionContext:<name>` from a request (0.1.173). Under another key that takes any name, in policies and request
 * alike, it is kept, and conditions on it are judged.
 */
const ENCRYPTION_CONTEXT = /^kms:EncryptionContext:/i;
const KEPT = 'aws:RequestTag/EncryptionContext:';

/** Decides on a call as IAM would, in one account and without an organization; in a session, what its policy does not allow is not. */
export async function decide(
  call: Call, identity: Identity, grants: readonly Grant[], resourcePolicy: unknown, sessionPolicy?: unknown,
): Promise<Decision> {
  const statements = [...grants, ...identity.denials];
  const simulation: Simulation = withEncryptionContextKept({
    request: {
      principal: identity.sessionArn,
      action: call.action,
      resource: { resource: call.resource, accountId: identity.account },
      contextVariables: {
        'aws:PrincipalAccount': identity.account,
        'aws:PrincipalArn': identity.roleArn,
        'aws:PrincipalType': 'AssumedRole',
        'aws:ResourceAccount': identity.account,
        ...call.context,
      },
    },
    identityPolicies: statements.length === 0 ? [] : [{ name: 'role', policy: { Version: '2012-10-17', Statement: statements } }],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(resourcePolicy !== undefined && { resourcePolicy }),
    ...(sessionPolicy !== undefined && { sessionPolicy }),
    ...(identity.boundaries.length > 0 && { permissionBoundaryPolicies: [...identity.boundaries] }),
  });
  const answer = await runSimulation(simulation, {});
  if (answer.resultType !== 'single') {
    const why = answer.resultType === 'error' ? JSON.stringify(answer.errors) : 'a pattern, not a resource';
    throw new Error(`the simulator cannot judge ${call.action} on ${call.resource}: ${why}`);
  }
  // A condition on a key that was dropped would be judged as if the request had none.
  const ignored = answer.result.ignoredContextKeys ?? [];
  if (ignored.length > 0) throw new Error(`the simulator knows no ${ignored.join(', ')} for ${call.action}`);
  return answer.overallResult;
}

/** Renames what the simulator would drop, in requests and policies. */
export function withEncryptionContextKept<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withEncryptionContextKept) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value)
    .map(([key, each]) => [key.replace(ENCRYPTION_CONTEXT, KEPT), withEncryptionContextKept(each as unknown)])) as T;
}
