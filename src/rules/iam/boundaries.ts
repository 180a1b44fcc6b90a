import { awsManagedName, identityStatements } from './identity-policies';
import { breadthOfStatement } from './resource-breadth';
import { IDENTITY_CHANGING_ACTIONS } from './well-known-actions';
import { Graph, Resource } from '../graph';
import { coversAction } from '../policy-document';

/** Whether the boundary of a role leaves it every change of identities: all are allowed on everything, and none is denied. */
export function boundsNothing(role: Resource, graph: Graph): boolean {
  const { PermissionsBoundary: boundary } = role.properties;
  if (['AdministratorAccess', 'IAMFullAccess'].includes(awsManagedName(boundary) ?? '')) return true;
  const policy = graph.find(boundary, 'AWS::IAM::ManagedPolicy', role.template);
  const statements = policy === undefined ? [] : identityStatements(policy);
  const mayDeny = statements.some((statement) => statement.effect === 'unknown'
    || (statement.effect === 'Deny' && (statement.partial || IDENTITY_CHANGING_ACTIONS.some((action) => coversAction(statement, action)))));
  return !mayDeny && statements.some((allow) => allow.conditions.length === 0 && !allow.partial && breadthOfStatement(allow) === 'all'
    && IDENTITY_CHANGING_ACTIONS.every((action) => coversAction(allow, action)));
}
