import { judgeWherePresent, serviceOutcomes } from '../resource-policy-checks';
import { Rule } from '../rule';

/** Checks `QUEUE-POLICY-SERVICE`. */
export const queuePolicyService: Rule = {
  control: 'QUEUE-POLICY-SERVICE',
  check: (resource, graph) => judgeWherePresent(resource, graph, (statements) => serviceOutcomes(statements)),
};
