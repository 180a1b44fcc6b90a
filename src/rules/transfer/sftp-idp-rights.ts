import { serversOfProvider } from './servers';
import { rightsOf } from '../iam/identity-policies';
import { breadthOf } from '../iam/resource-breadth';
import { coversAction, hasUntoldAction, Statement } from '../policy-document';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { describe } from '../values';

/** Reads of everything at once, of which a login needs none. */
const READS_ALL = [
  'dynamodb:Scan', 'dynamodb:PartiQLSelect', 'dynamodb:ExportTableToPointInTime', 'secretsmanager:BatchGetSecretValue', 'secretsmanager:ListSecrets',
];

/** Reads that a login needs, of what is named. */
const READS_NAMED = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'secretsmanager:GetSecretValue'];

/** Policies by which a function logs, and is in a network. */
const HARMLESS = ['AWSLambdaBasicExecutionRole', 'AWSLambdaVPCAccessExecutionRole', 'AWSXRayDaemonWriteAccess', 'AWSXrayWriteOnlyAccess'];

/** Checks `SFTP-IDP-RIGHTS`. */
export const sftpIdpRights: Rule = {
  control: 'SFTP-IDP-RIGHTS',
  check(func, graph) {
    if (serversOfProvider(func, graph).length === 0) return notApplicable('no server asks the function who may sign in');
    const role = graph.find(func.properties.Role, 'AWS::IAM::Role', func.template);
    if (!role) return cannotTell('UnresolvedRights', `no template has the role ${describe(func.properties.Role)}`, 'Role');
    const { awsManaged, statements, untold } = rightsOf(role, graph);
    const found = [
      ...statements.flatMap(judge),
      ...awsManaged.filter((name) => !HARMLESS.includes(name)).map((name) => violation(`Managed::${name}`, `${name} allows more than a login needs`, 'Role')),
      ...untold.map((value) => cannotTell('UnresolvedRights', `no template has the policy ${describe(value)}`, 'Role')),
    ];
    return found.length > 0 ? found : compliant(`${role.logicalId} reads what a login names, and nothing at once`, 'Role');
  },
};

function judge(statement: Statement): readonly Outcome[] {
  if (statement.effect === 'Deny') return [];
  if (statement.effect === 'unknown' || hasUntoldAction(statement)) {
    return [cannotTell('UnresolvedRights', 'the template does not tell a statement of the role', 'Role')];
  }
  const all = READS_ALL.filter((action) => coversAction(statement, action))
    .map((action) => violation(`ReadsAll::${action}`, `the role may call ${action}, which reads everything at once`, 'Role'));
  const named = READS_NAMED.filter((action) => coversAction(statement, action));
  if (named.length === 0) return all;
  const calls = named.join(', ');
  const wide = (span: string): Outcome => violation(`Wide::${named[0]}`, `the role may call ${calls} on ${span}`, 'Role');
  if (statement.notResource || statement.resources.length === 0) return [...all, wide('all but some resources')];
  return [...all, ...statement.resources.flatMap((resource) => {
    switch (breadthOf(resource)) {
      case 'narrow': return [];
      case 'unknown': return [cannotTell('UnresolvedRights', `the role may call ${calls} on ${describe(resource)}`, 'Role')];
      default: return [wide(describe(resource))];
    }
  })];
}
