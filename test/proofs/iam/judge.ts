import { Call, shown } from './call';
import { actionsNamed, withoutNaming } from './named';
import { Grant, Identity } from './role';
import { siblingsOf } from './siblings';
import { decide } from './simulate';

/** What became of the calls of one function. Only an empty `denied`, `unexercised` and `reachable` shows least privilege. */
export interface Verdict {
  readonly calls: number;
  /** Calls that are not allowed. */
  readonly denied: readonly string[];
  /** Grants without which each call is still allowed. */
  readonly unexercised: readonly string[];
  /** How many calls were repeated beside their resource. */
  readonly siblings: number;
  /** Calls that are allowed beside the resource that they are for. */
  readonly reachable: readonly string[];
}

/** The policies of the resources of an environment. */
export interface ResourcePolicies {
  readonly all: ReadonlyArray<{ readonly arn: string; readonly policy: unknown }>;
  /** The policy of the resource that a call is for; undefined for one that has none. */
  of(calledArn: string): unknown;
}

/** Judges the calls of a function by the policies of its role and of the resources. */
export async function judge(identity: Identity, calls: readonly Call[], policies: ResourcePolicies): Promise<Verdict> {
  const distinct = [...new Map(calls.map((call) => [JSON.stringify(call), call])).values()];
  const isAllowed = async (call: Call, grants: readonly Grant[], policy = policies.of(call.resource)) =>
    await decide(call, identity, grants, policy) === 'Allowed';
  const allowed: Call[] = [];
  for (const call of distinct) if (await isAllowed(call, identity.grants)) allowed.push(call);

  const unexercised: string[] = [];
  for (const grant of identity.grants) {
    const others = identity.grants.filter((each) => each !== grant);
    const isNeedless = (call: Call) => isAllowed(call, others, withoutNaming(policies.of(call.resource), identity.roleArn, grant.Action));
    if (await every(allowed, isNeedless)) unexercised.push(`${grant.Action} on ${grant.Resource}`);
  }
  for (const { arn, policy } of policies.all) {
    for (const action of actionsNamed(policy, identity.roleArn)) {
      if (!allowed.some((call) => call.action === action && policies.of(call.resource) === policy)) unexercised.push(`${action} by the policy of ${arn}`);
    }
  }

  const siblings = distinct.flatMap((call) => siblingsOf(call, identity.grants).map((sibling) => ({ call, sibling })));
  const reachable: string[] = [];
  for (const { call, sibling } of siblings) {
    // The sibling of a resource is one with the same policy, which names others, so that the role alone keeps the function away.
    if (await isAllowed(sibling, identity.grants, withoutNaming(policies.of(call.resource), identity.roleArn))) reachable.push(shown(sibling));
  }
  return {
    calls: calls.length,
    denied: distinct.filter((call) => !allowed.includes(call)).map(shown),
    unexercised,
    siblings: siblings.length,
    reachable,
  };
}

async function every<T>(values: readonly T[], test: (value: T) => Promise<boolean>): Promise<boolean> {
  for (const value of values) if (!await test(value)) return false;
  return true;
}
