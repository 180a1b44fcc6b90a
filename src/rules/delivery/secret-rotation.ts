import { destination, outcomeOf, untold } from './edges';
import { keyProperty } from './encryption';
import { functionOf, INVOCABLE, mayServiceInvoke } from './functions';
import { mayRoleCall, mayRoleUseKey } from './identity';
import { roleOutcome } from './key-users';
import { producer } from './services';
import { Graph, Resource } from '../graph';
import { cannotTell, notApplicable, Outcome, Rule } from '../rule';
import { secretOf } from '../secretsmanager/secrets';
import { describe, Value } from '../values';

/** What the four steps of a rotation call (AWS Secrets Manager User Guide, "Lambda rotation function execution role permissions"). */
const STEP_ACTIONS = [
  'secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage',
];

const PROPERTY = 'RotationLambdaARN';
const ROLE = 'ExternalSecretRotationRoleArn';

/** Checks `DELIVERY-SECRET-ROTATION`. */
export const deliverySecretRotation: Rule = {
  control: 'DELIVERY-SECRET-ROTATION',
  check(schedule, graph) {
    const { ExternalSecretRotationRoleArn, RotationLambdaARN: arn, SecretId } = schedule.properties;
    if (isGiven(ExternalSecretRotationRoleArn)) return byProvider(schedule, graph);
    if (!isGiven(arn)) return notApplicable('no function of this account rotates the secret');
    const secret = secretOf(SecretId, schedule.template, graph);
    const invoked = destination(arn, schedule.template, graph);
    const rotator = functionOf(arn, schedule.template, graph);
    if (!secret) return untold(SecretId, 'SecretId');
    if (!invoked || !INVOCABLE.includes(invoked.type) || !rotator) return untold(arn, PROPERTY);

    const role = graph.find(rotator.properties.Role, 'AWS::IAM::Role', rotator.template);
    const invocation = outcomeOf(mayServiceInvoke(producer('secretsmanager.amazonaws.com', secret, graph), invoked, graph), 'PolicyDenies', invoked, PROPERTY);
    if (!role) return [invocation, cannotTell(`UntoldUser::${rotator.logicalId}`, `the template does not hold the role ${describe(rotator.properties.Role)} of ${rotator.logicalId}`, PROPERTY)];
    return [invocation, ...rights(role, secret, PROPERTY, graph)];
  },
};

/** The provider of a managed external secret rotates it in a role, which takes what a function's would. */
function byProvider({ properties, template }: Resource, graph: Graph): Outcome | Outcome[] {
  const secret = secretOf(properties.SecretId, template, graph);
  if (!secret) return untold(properties.SecretId, 'SecretId');
  const role = graph.find(properties[ROLE], 'AWS::IAM::Role', template);
  return role ? rights(role, secret, ROLE, graph) : untold(properties[ROLE], ROLE);
}

/** Whether a role may rotate a secret, and use its key. */
function rights(role: Resource, secret: Resource, property: string, graph: Graph): Outcome[] {
  return [
    roleOutcome(role, mayRoleCall(role, STEP_ACTIONS, secret, graph), property, 'rotate the secret'),
    roleOutcome(role, mayRoleUseKey(role, ['kms:Decrypt', 'kms:GenerateDataKey'], keyProperty(secret), secret, graph), property),
  ];
}

function isGiven(value: Value): boolean {
  return value !== undefined && value !== '';
}
