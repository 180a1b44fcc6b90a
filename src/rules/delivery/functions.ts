import { arnOf } from './arns';
import { Decision } from './permissions';
import { mayServiceCallBy, Producer } from './services';
import { Graph, Resource } from '../graph';
import { Statement, statementsOf } from '../policy-document';
import { isUnknown, Reference, Value } from '../values';

/** Types that a Lambda permission can be about. */
export const INVOCABLE = ['AWS::Lambda::Function', 'AWS::Lambda::Alias', 'AWS::Lambda::Version'];

/** Whether the permissions of a function, alias or version let a service invoke it. */
export function mayServiceInvoke(by: Producer, target: Resource, graph: Graph): Decision {
  const permissions = graph.ofType('AWS::Lambda::Permission');
  const own = permissions.filter((permission) => isAbout(permission.properties.FunctionName, target, graph));
  const mayHaveMore = permissions.some(({ properties }) => isUnknown(properties.FunctionName) && !INVOCABLE.some((type) => graph.find(properties.FunctionName, type)));
  return mayServiceCallBy(own.flatMap(statementOf), mayHaveMore, by, ['lambda:InvokeFunction'], arnOf(target, graph), graph);
}

function isAbout(name: Value, target: Resource, graph: Graph): boolean {
  return name instanceof Reference ? name.resource === target : graph.find(name, target.type) === target;
}

/** A permission is a statement written another way. */
function statementOf(permission: Resource): Statement[] {
  const { Action, EventSourceToken, Principal, PrincipalOrgID, SourceAccount, SourceArn } = permission.properties;
  const service = typeof Principal !== 'string' || Principal.includes('.');
  const statement = {
    Effect: 'Allow',
    Principal: service ? { Service: Principal } : { AWS: Principal },
    Action,
    Resource: '*',
    Condition: {
      ...(SourceArn !== undefined && { ArnLike: { 'aws:SourceArn': SourceArn } }),
      StringEquals: {
        ...(SourceAccount !== undefined && { 'aws:SourceAccount': SourceAccount }),
        ...(PrincipalOrgID !== undefined && { 'aws:PrincipalOrgID': PrincipalOrgID }),
        ...(EventSourceToken !== undefined && { 'lambda:EventSourceToken': EventSourceToken }),
      },
    },
  };
  return statementsOf({ Statement: statement }, permission, 'Permission');
}
