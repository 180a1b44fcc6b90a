import { statementsOf } from '../policy-document';
import { judgeWherePresent, publicOutcomes } from '../resource-policy-checks';
import { Rule } from '../rule';

/** Checks `STORAGE-POLICY-PUBLIC`. */
export const storagePolicyPublic: Rule = {
  control: 'STORAGE-POLICY-PUBLIC',
  check(resource, graph) {
    if (resource.type === 'AWS::S3::AccessPoint') return publicOutcomes(statementsOf(resource.properties.Policy, resource, 'Policy'));
    return judgeWherePresent(resource, graph, (statements) => publicOutcomes(statements));
  },
};
