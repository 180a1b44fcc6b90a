import { judgeWherePresent, serviceOutcomes } from '../resource-policy-checks';
import { Rule } from '../rule';

/** Checks `STORAGE-POLICY-SERVICE`. */
export const storagePolicyService: Rule = {
  control: 'STORAGE-POLICY-SERVICE',
  check: (resource, graph) => judgeWherePresent(resource, graph, (statements) => serviceOutcomes(statements)),
};
