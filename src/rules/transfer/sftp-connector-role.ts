import { isSftpConnector } from './connectors';
import { judgeFileRights } from './file-rights';
import { judgeTrust } from './trusted-source';
import { rightsOf } from '../iam/identity-policies';
import { breadthOf } from '../iam/resource-breadth';
import { coversAction, Statement } from '../policy-document';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { describe } from '../values';

const ROLE = 'AccessRole';
const READ = 'secretsmanager:GetSecretValue';
/** The connector itself comes after its role, so that its id cannot be known to it. */
const CONNECTORS = /^connector\/./;

/** Checks `SFTP-CONNECTOR-ROLE`. */
export const sftpConnectorRole: Rule = {
  control: 'SFTP-CONNECTOR-ROLE',
  check(connector, graph) {
    if (!isSftpConnector(connector)) return notApplicable('the connector does not speak SFTP');
    const role = graph.find(connector.properties[ROLE], 'AWS::IAM::Role', connector.template);
    if (!role) return cannotTell('UnresolvedScope', `no template has the role ${describe(connector.properties[ROLE])}`, ROLE);
    const { awsManaged, statements, untold } = rightsOf(role, graph);
    const found = [
      ...judgeTrust(role, CONNECTORS, 'connectors'),
      ...statements.flatMap((statement) => [...judgeFileRights(statement), ...secrets(statement)]),
      ...awsManaged.map((name) => violation(`Managed::${name}`, `${name} is for more than one partner`, ROLE)),
      ...untold.map((arn) => cannotTell('UnresolvedScope', `no template has the policy ${describe(arn)}`, ROLE)),
    ];
    return found.length > 0 ? found : compliant(`${role.logicalId} reads secrets and files that it names`, ROLE);
  },
};

/** AWS's sample lets a connector read `aws/transfer/*`: the secrets of every partner. */
function secrets(statement: Statement): readonly Outcome[] {
  if (statement.effect === 'Deny' || statement.notAction || !coversAction(statement, READ)) return [];
  if (statement.notResource) return [violation('AnySecret', 'all secrets but some may be read', statement.path)];
  return statement.resources.flatMap((arn): readonly Outcome[] => {
    const [breadth, text] = [breadthOf(arn), describe(arn)];
    if (breadth === 'unknown') return [cannotTell('UnresolvedScope', `the template does not tell which secret ${text} is`, statement.path)];
    // An ARN ends in six characters that Secrets Manager chooses; before these a pattern is of several secrets.
    return breadth === 'narrow' && !/[*?]/.test(text.replace(/-\?{6}$/, '')) ? [] : [violation('AnySecret', `secrets of more than one partner may be read: ${text}`, statement.path)];
  });
}
