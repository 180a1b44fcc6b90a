import { Graph, Resource } from '../graph';
import { judgeAllows, judgeManagedPolicies } from '../iam/identity-policies';
import { breadthOfStatement } from '../iam/resource-breadth';
import { coversAction, hasUntoldAction, Statement } from '../policy-document';
import { cannotTell, Outcome, Rule, violation } from '../rule';
import { listOf } from '../values';

/** Actions that give a host key away, put another in its place, or tell what a partner is given (AWS Transfer Family API Reference). */
const SENSITIVE = ['transfer:ExportHostKey', 'transfer:ImportHostKey', 'transfer:TestIdentityProvider'];

/** Policies of AWS that allow every action on every server. */
const MANAGED = ['AWSTransferFullAccess', 'AWSTransferConsoleFullAccess'];

/** Checks `SFTP-ADMIN-RIGHTS`. */
export const sftpAdminRights: Rule = {
  control: 'SFTP-ADMIN-RIGHTS',
  check(resource, graph) {
    return judgeAllows(resource, graph, (allow) => judge(allow, graph), judgeManagedPolicies(resource, graph, (name, property) => (
      MANAGED.includes(name) ? violation(`Managed::${name}`, `${name} allows every action on every server`, property) : undefined)));
  },
};

function judge(allow: Statement, graph: Graph): readonly Outcome[] {
  const covered = SENSITIVE.filter((action) => coversAction(allow, action));
  if (covered.length === 0) return hasUntoldAction(allow) ? [cannotTell('UnresolvedPolicy', 'the template does not tell all actions of the statement', allow.path)] : [];
  // Everything on everything is what IAM-ADMIN is about.
  if (allow.notAction || allow.actions.some((action) => /^[*?:]+$/.test(action))) return [];
  const found: Outcome[] = [];
  const exact = covered.every((action) => allow.actions.includes(action.toLowerCase()));
  if (!exact) found.push(violation('Wildcard', `the statement allows ${covered.join(', ')} without naming them`, allow.path));
  switch (breadthOfStatement(allow, 'transfer')) {
    case 'narrow': break;
    case 'unknown': found.push(cannotTell('UnresolvedPolicy', `the template does not tell on what ${covered.join(', ')} is allowed`, allow.path)); break;
    default: found.push(violation('AnyServer', `the statement allows ${covered.join(', ')} on every server`, allow.path));
  }
  return [...found, ...holderOf(allow.carrier, graph)];
}

/** Only a role is held for a purpose and for a time. */
function holderOf(carrier: Resource, graph: Graph): readonly Outcome[] {
  const { properties, type } = carrier;
  const others = [...listOf(properties.Users), ...listOf(properties.Groups), ...listOf(properties.UserName), ...listOf(properties.GroupName)];
  if (['AWS::IAM::User', 'AWS::IAM::Group'].includes(type) || others.length > 0) return [violation('NotRole', 'users and groups may, and not only a named role')];
  const attached = graph.ofType('AWS::IAM::User', 'AWS::IAM::Group')
    .some((holder) => listOf(holder.properties.ManagedPolicyArns).some((arn) => graph.find(arn, carrier.type, holder.template) === carrier));
  return attached ? [violation('NotRole', 'users and groups may, and not only a named role')] : [];
}
