import { statementOf } from './claim';
import { Deployed, Document } from './deployed';

/** One condition that decides, made weaker. */
export interface Mutant {
  readonly weakness: string;
  readonly about: string;
  /** Names of claims of which one at least is wrong then. */
  readonly claims: RegExp;
  weaken(deployed: Deployed): void;
}

export const mutant = (weakness: string, about: string, claims: RegExp, weaken: Mutant['weaken']): Mutant => ({ weakness, about, claims, weaken });

/** Operators, keys and values of a statement's conditions. */
export type Conditions = Record<string, any>;

/** Takes a statement out of a policy; throws where it has none of the kind. */
export function without(policy: Document, sid: string): void {
  policy.Statement.splice(policy.Statement.indexOf(statementOf(policy, sid)), 1);
}

/** Changes the conditions of a statement; throws where that leaves them as they were. */
export function withConditions(statement: Record<string, any>, change: (conditions: Conditions) => void): void {
  const before = JSON.stringify(statement.Condition);
  change(statement.Condition as Conditions);
  for (const [operator, keys] of Object.entries(statement.Condition as Conditions)) {
    if (Object.keys(keys as object).length === 0) delete statement.Condition[operator];
  }
  if (JSON.stringify(statement.Condition) === before) throw new Error(`the conditions of ${statement.Sid as string} are what they were`);
}

/**
 * Denies only where the key is there. `IfExists` would not be weaker: it makes a comparison true where the key is missing (AWS IAM User Guide, "IAM JSON
 * policy elements: Condition operators"), which a denial wants.
 */
export function whereThere(conditions: Conditions): void {
  conditions.Null = { ...conditions.Null, [Object.keys(conditions.StringNotEquals as object)[0]]: 'false' };
}

/** Takes actions out of a statement; throws where it does not name them. */
export function withoutActions(statement: Record<string, any>, ...actions: readonly string[]): void {
  const left = (statement.Action as string[]).filter((action) => !actions.includes(action));
  if (left.length !== statement.Action.length - actions.length) throw new Error(`${statement.Sid as string} does not name ${actions.join(', ')}`);
  statement.Action = left;
}
