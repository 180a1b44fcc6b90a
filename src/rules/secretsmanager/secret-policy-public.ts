import { judgeWherePresent, publicOutcomes } from '../resource-policy-checks';
import { Rule } from '../rule';

/** Checks `SECRET-POLICY-PUBLIC`. */
export const secretPolicyPublic: Rule = {
  control: 'SECRET-POLICY-PUBLIC',
  check: (resource, graph) => judgeWherePresent(resource, graph, (statements) => publicOutcomes(statements)),
};
