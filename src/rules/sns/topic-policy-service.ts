import { Principal, Statement } from '../policy-document';
import { judgeWherePresent, serviceOutcomes } from '../resource-policy-checks';
import { Rule } from '../rule';

/** Checks `TOPIC-POLICY-SERVICE`. */
export const topicPolicyService: Rule = {
  control: 'TOPIC-POLICY-SERVICE',
  check: (resource, graph) => judgeWherePresent(resource, graph, (statements) => serviceOutcomes(statements, isEventBridgePublish)),
};

/** EventBridge sends no condition context to SNS: a condition would drop every event (EventBridge User Guide, "Amazon SNS permissions"). */
function isEventBridgePublish(statement: Statement, principal: Principal): boolean {
  return principal.value === 'events.amazonaws.com' && !statement.notAction && !statement.partial
    && statement.actions.every((action) => action === 'sns:publish');
}
