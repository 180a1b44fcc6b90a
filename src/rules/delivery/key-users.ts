import { mayDeployWithKey } from './deployment';
import { keyOf } from './encryption';
import { mayRoleUseKey } from './identity';
import { Decision } from './permissions';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Outcome, violation } from '../rule';
import { describe, Value } from '../values';

/** A key, as a property of a resource names it. */
export interface KeyEdge {
  readonly owner: Resource;
  readonly value: Value;
  readonly property: string;
}

/** What somebody who may use a resource needs of its key, and who that is. */
export interface KeyUsers {
  readonly roles: readonly Resource[];
  readonly actions: readonly string[];
}

/** Why there is nothing to check about a key, or that its policy cannot be read; undefined where it can. */
export function withoutKeyPolicy({ owner, value, property }: KeyEdge, graph: Graph): Outcome | undefined {
  switch (keyOf(value, owner, graph).kind) {
    case 'key': return undefined;
    case 'untold': return cannotTell('UntoldKey',
      `the template does not hold the policy of ${describe(value)}; check that it lets the service use the key, then waive this finding with that check as reason`, property);
    default: return notApplicable('no customer-managed key encrypts it');
  }
}

/** Whether the resource can be deployed with its key. */
export function deploymentOutcome(actions: readonly string[], { owner, value, property }: KeyEdge, graph: Graph): Outcome {
  return outcomeOf(mayDeployWithKey(actions, value, owner, graph), property, {
    denied: 'DeploymentDenied', untold: 'UntoldDeployment', holds: 'the key policy lets the resource be deployed with the key', subject: 'the key policy',
  });
}

/** Whether each role that may use the resource may use its key. */
export function userOutcomes(users: readonly KeyUsers[], { owner, value, property }: KeyEdge, graph: Graph): Outcome[] {
  return users.flatMap(({ roles, actions }) => roles.map((role) => roleOutcome(role, mayRoleUseKey(role, actions, value, owner, graph), property)));
}

/** The outcome for one role. `what` says what it may do, where that is not the use of the key. */
export function roleOutcome(role: Resource, decision: Decision, property: string, what = 'use the key'): Outcome {
  return outcomeOf(decision, property, {
    denied: `UserDenied::${role.logicalId}`, untold: `UntoldUser::${role.logicalId}`, holds: `${role.logicalId} may ${what}`, subject: role.logicalId,
  });
}

interface Wording {
  readonly denied: string;
  readonly untold: string;
  readonly holds: string;
  readonly subject: string;
}

function outcomeOf({ answer, reason }: Decision, property: string, { denied, untold, holds, subject }: Wording): Outcome {
  switch (answer) {
    case 'allowed': return compliant(holds, property);
    case 'denied': return violation(denied, `${subject}: ${reason}`, property);
    case 'unknown': return cannotTell(untold, `${subject}: ${reason}`, property);
  }
}
