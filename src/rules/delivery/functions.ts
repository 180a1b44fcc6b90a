import { arnOf, plain } from './arns';
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
  const own = permissions.filter((permission) => isAbout(permission, target, graph));
  const mayHaveMore = permissions.map((each) => each.properties.FunctionName)
    .some((name) => isUnknown(name) && !INVOCABLE.some((type) => graph.find(name, type)));
  return mayServiceCallBy(own.flatMap(statementOf), mayHaveMore, by, ['lambda:InvokeFunction'], arnOf(target, graph), graph);
}

/** The function that a value of the template `home` names, also through an alias or a version. */
export function functionOf(value: Value, home: string, graph: Graph): Resource | undefined {
  const qualified = value instanceof Reference && value.resource.type !== 'AWS::Lambda::Function' && INVOCABLE.includes(value.resource.type);
  return graph.find(qualified ? value.resource.properties.FunctionName : value, 'AWS::Lambda::Function', qualified ? value.resource.template : home);
}

/** A permission for one alias is none for the function, so a name with a qualifier does not count. */
function isAbout(permission: Resource, target: Resource, graph: Graph): boolean {
  const name = permission.properties.FunctionName;
  if (name instanceof Reference) return name.resource === target;
  const named = plain(name, permission.template, graph);
  const arn = arnOf(target, graph);
  return graph.find(name, target.type, permission.template) === target && (named.startsWith('arn:') ? named === arn : arn.endsWith(`:${named}`));
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
