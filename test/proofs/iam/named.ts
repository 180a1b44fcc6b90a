import { Statement } from './role';

/** A statement of the policy of a resource. */
interface ResourceStatement extends Statement {
  readonly Principal?: unknown;
}

interface Policy {
  readonly Statement: ResourceStatement | readonly ResourceStatement[];
}

/**
 * The policy of a resource without what it allows a role by name, or without one action of that.
 *
 * Whoever is named there needs no grant of its own. A key that is granted in the stack that it is in has both, which is one grant in two places;
 * and another key would name others.
 */
export function withoutNaming(policy: unknown, roleArn: string, action?: string): unknown {
  if (typeof policy !== 'object' || policy === null) return policy;
  const left = statementsOf(policy as Policy).flatMap((statement) => {
    if (!isNamed(statement, roleArn)) return [statement];
    const others = principalsOf(statement).filter((principal) => principal !== roleArn);
    const actions = action === undefined ? [] : listOf(statement.Action).filter((each) => each !== action);
    return [
      ...(others.length > 0 ? [{ ...statement, Principal: { AWS: others } }] : []),
      ...(actions.length > 0 ? [{ ...statement, Principal: { AWS: roleArn }, Action: actions }] : []),
    ];
  });
  return { ...policy, Statement: left };
}

/** The actions that the policy of a resource allows a role by name. */
export function actionsNamed(policy: unknown, roleArn: string): string[] {
  if (typeof policy !== 'object' || policy === null) return [];
  return statementsOf(policy as Policy).filter((statement) => isNamed(statement, roleArn)).flatMap(({ Action }) => listOf(Action));
}

function isNamed(statement: ResourceStatement, roleArn: string): boolean {
  return statement.Effect === 'Allow' && principalsOf(statement).includes(roleArn);
}

function principalsOf({ Principal }: ResourceStatement): string[] {
  return listOf((Principal as { readonly AWS?: string | readonly string[] } | undefined)?.AWS);
}

function statementsOf(policy: Policy): ResourceStatement[] {
  return [policy.Statement].flat() as ResourceStatement[];
}

function listOf(value: string | readonly string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat() as string[];
}
