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
  const { byTarget, mayHaveMore } = graph.once('delivery-permissions', () => indexPermissions(graph));
  return mayServiceCallBy(byTarget.get(target) ?? [], mayHaveMore, by, ['lambda:InvokeFunction'], arnOf(target, graph), graph);
}

/** The function that a value of the template `home` names, also through an alias or a version. */
export function functionOf(value: Value, home: string, graph: Graph): Resource | undefined {
  const qualified = value instanceof Reference && value.resource.type !== 'AWS::Lambda::Function' && INVOCABLE.includes(value.resource.type);
  return graph.find(qualified ? value.resource.properties.FunctionName : value, 'AWS::Lambda::Function', qualified ? value.resource.template : home);
}

interface Permissions {
  readonly byTarget: ReadonlyMap<Resource, readonly Statement[]>;
  /** Whether some permission is about a function that the template does not tell. */
  readonly mayHaveMore: boolean;
}

function indexPermissions(graph: Graph): Permissions {
  const byTarget = new Map<Resource, Statement[]>();
  const permissions = graph.ofType('AWS::Lambda::Permission');
  for (const permission of permissions) {
    for (const target of targetsOf(permission, graph)) byTarget.set(target, [...(byTarget.get(target) ?? []), ...statementOf(permission)]);
  }
  const mayHaveMore = permissions.map((each) => each.properties.FunctionName)
    .some((name) => isUnknown(name) && !INVOCABLE.some((type) => graph.find(name, type)));
  return { byTarget, mayHaveMore };
}

/** What a permission is about. One for an alias is none for the function, so a name with a qualifier does not count. */
function targetsOf(permission: Resource, graph: Graph): readonly Resource[] {
  const name = permission.properties.FunctionName;
  if (name instanceof Reference) return [name.resource];
  const named = plain(name, permission.template, graph);
  return INVOCABLE.map((type) => graph.find(name, type, permission.template)).filter((target): target is Resource => target !== undefined)
    .filter((target) => (named.startsWith('arn:') ? named === arnOf(target, graph) : arnOf(target, graph).endsWith(`:${named}`)));
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
