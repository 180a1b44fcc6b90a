import { keyProperty } from './encryption';
import { mayRoleUseGrant } from './identity';
import { deploymentOutcome, KeyEdge, roleOutcome, withoutKeyPolicy } from './key-users';
import { Rule } from '../rule';

/** What it takes to choose a key for a function; by the grant that it makes of them, Lambda decrypts with the function's role (Developer Guide, "Securing Lambda environment variables"). */
const DEPLOYMENT = ['kms:CreateGrant', 'kms:Encrypt'];

/** Checks `DELIVERY-FUNCTION-KEY`. */
export const deliveryFunctionKey: Rule = {
  control: 'DELIVERY-FUNCTION-KEY',
  check(func, graph) {
    const edge: KeyEdge = { owner: func, value: keyProperty(func), property: 'KmsKeyArn' };
    const without = withoutKeyPolicy(edge, graph);
    if (without) return without;
    const role = graph.find(func.properties.Role, 'AWS::IAM::Role', func.template);
    return [
      deploymentOutcome(DEPLOYMENT, edge, graph),
      ...(role ? [roleOutcome(role, mayRoleUseGrant(role, 'kms:Decrypt', edge.value, func, graph), edge.property)] : []),
    ];
  },
};
