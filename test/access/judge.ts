import { runSimulation, Simulation } from '@cloud-copilot/iam-simulate';
import { ACCOUNT } from './world';
import { Context } from '../proofs/iam/call';
import { Decision, withEncryptionContextKept } from '../proofs/iam/simulate';

/** Who asks for what. */
export interface Request {
  readonly principal: string;
  readonly action: string;
  /** `*` for an action that names no resource. */
  readonly resource: string;
  readonly context: Context;
}

/** What decides on a request; a trust policy is the resource policy of a role. */
export interface Policies {
  readonly identity?: readonly unknown[];
  readonly boundary?: unknown;
  readonly resource?: unknown;
}

export const EVERYTHING = { Effect: 'Allow', Action: '*', Resource: '*' };

const document = (...statements: readonly unknown[]) => ({ Version: '2012-10-17', Statement: statements });

/** Decides as IAM would in one account, without an organization. */
export async function decision(request: Request, { identity = [], boundary, resource: resourcePolicy }: Policies): Promise<Decision> {
  const { principal, action, resource, context } = request;
  const simulation: Simulation = withEncryptionContextKept({
    request: { principal, action, resource: { resource, accountId: ACCOUNT }, contextVariables: { ...context } },
    identityPolicies: [{ name: 'identity', policy: document(...identity) }],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(boundary !== undefined && { permissionBoundaryPolicies: [{ name: 'boundary', policy: boundary }] }),
    ...(resourcePolicy !== undefined && { resourcePolicy }),
  });
  const answer = await runSimulation(simulation, {});
  if (answer.resultType !== 'single') {
    throw new Error(`the simulator cannot judge ${action} on ${resource}: ${answer.resultType === 'error' ? JSON.stringify(answer.errors) : 'a pattern'}`);
  }
  // A condition on a key that was dropped would be judged as if the request had none.
  const ignored = answer.result.ignoredContextKeys ?? [];
  if (ignored.length > 0) throw new Error(`the simulator knows no ${ignored.join(', ')} for ${action}`);
  return answer.overallResult;
}

/** Whether a request is allowed. */
export async function allowed(request: Request, policies: Policies): Promise<boolean> {
  return await decision(request, policies) === 'Allowed';
}
