import { arnOf } from './arns';
import { serviceCaller } from './callers';
import { Context } from './conditions';
import { decide, Decision, weigh } from './permissions';
import { Graph, Resource } from '../graph';
import { statementsOf } from '../policy-document';
import { isUnknown } from '../values';

/** Whether the trust policy of a role lets a service assume it. Such a policy is about its role and names no resource. */
export function mayBeAssumedBy(service: string, context: Context, role: Resource, graph: Graph): Decision {
  const document = role.properties.AssumeRolePolicyDocument;
  const statements = statementsOf(document, role, 'AssumeRolePolicyDocument').map((statement) => ({ ...statement, resources: ['*'] }));
  const request = { caller: serviceCaller(service), action: 'sts:AssumeRole', on: arnOf(role, graph), context };
  return decide(weigh(statements, request, 'named', graph, isUnknown(document)));
}
