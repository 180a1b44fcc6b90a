import { isSftpConnector } from './connectors';
import { Graph, Resource } from '../graph';
import { rightsOf } from '../iam/identity-policies';
import { coversAction, Statement } from '../policy-document';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe, isUnknown, Reference, Text, Value } from '../values';

const ROLE = 'LoggingRole';
const GROUP = 'AWS::Logs::LogGroup';

/**
 * Checks `SFTP-CONNECTOR-LOG`. A connector makes the group of its log itself where there is none, without a key and for ever (AWS Transfer Family User
 * Guide, "Manage Amazon CloudWatch logging for Transfer Family"). How the group is encrypted, and for how long it keeps events, is for `LOG-CMK` and
 * `LOG-RETENTION`.
 */
export const sftpConnectorLog: Rule = {
  control: 'SFTP-CONNECTOR-LOG',
  check(connector, graph) {
    if (!isSftpConnector(connector)) return notApplicable('the connector does not speak SFTP');
    const role = connector.properties[ROLE];
    if (role === undefined || role === '') return violation('NoLog', `${ROLE} is not set, so nothing is logged`, ROLE);
    const groups = graph.ofType(GROUP);
    const group = groups.find(({ properties }) => isNamedAfter(properties.LogGroupName, connector));
    if (group) {
      return isDenied(connector, group, graph) ? violation('RoleDenied', `${describe(role)} may not write to ${group.logicalId}`, ROLE)
        : compliant(`${group.logicalId} has the log`, ROLE);
    }
    return groups.some(({ properties }) => isUnknown(properties.LogGroupName)) || isUnknown(role)
      ? cannotTell('UnresolvedLog', `the template does not tell whether a group has the name of the connector's log; ${ROLE} is ${describe(role)}`, ROLE)
      : violation('NoLogGroup', 'no log group of the template has the name that the connector logs under', ROLE);
  },
};

/** Whether the role surely may not write to the group; of a role that no template has, nobody can tell. */
function isDenied(connector: Resource, group: Resource, graph: Graph): boolean {
  const role = graph.find(connector.properties[ROLE], 'AWS::IAM::Role', connector.template);
  if (!role) return false;
  const { awsManaged, statements, untold } = rightsOf(role, graph);
  if (awsManaged.length > 0 || untold.length > 0) return false;
  // A pattern that is no group of a template may be of this one.
  const isOurs = (arn: Value, home: string): boolean => (graph.find(arn, GROUP, home) ?? group) === group;
  const mayAllow = (statement: Statement, action: string): boolean => statement.effect !== 'Deny' && (statement.partial
    || (coversAction(statement, action) && (statement.notResource || statement.resources.some((arn) => isOurs(arn, statement.carrier.template)))));
  return ['logs:CreateLogStream', 'logs:PutLogEvents'].some((action) => !statements.some((statement) => mayAllow(statement, action)));
}

function isNamedAfter(name: Value, connector: Resource): boolean {
  if (!(name instanceof Text)) return false;
  const [before, id, ...rest] = name.parts;
  return before === '/aws/transfer/' && rest.length === 0 && id instanceof Reference && id.resource === connector && isId(id);
}

/** `Ref` is the ARN of a connector. */
function isId({ attribute }: Reference): boolean {
  return attribute === 'ConnectorId';
}
