import { judgeWherePresent, publicOutcomes } from '../resource-policy-checks';
import { Rule } from '../rule';

/** Checks `QUEUE-POLICY-PUBLIC`. */
export const queuePolicyPublic: Rule = {
  control: 'QUEUE-POLICY-PUBLIC',
  check: (resource, graph) => judgeWherePresent(resource, graph, (statements) => publicOutcomes(statements)),
};
