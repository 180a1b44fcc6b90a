import { Graph, Resource } from '../graph';
import { rightsOf, trustStatements } from '../iam/identity-policies';
import { shapeOf } from '../narrowing';
import { coversAction, Statement } from '../policy-document';
import { isMap, Value } from '../values';

export const USER = 'AWS::Transfer::User';
const ROLE = 'AWS::IAM::Role';

/** What AWS Transfer Family takes on roles for that are no partner's, and where these name them. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  'AWS::Transfer::Server': ['LoggingRole', 'IdentityProviderDetails', 'WorkflowDetails'],
  'AWS::Transfer::Connector': ['AccessRole', 'LoggingRole'],
  'AWS::Transfer::Agreement': ['AccessRole'],
  'AWS::Transfer::Workflow': ['Steps', 'OnExceptionSteps'],
  'AWS::Transfer::WebApp': ['IdentityProviderDetails'],
};

/** Whether AWS Transfer Family may take on a role by one statement of its trust policy. */
export function isTransferTrust({ effect, principals }: Statement): boolean {
  return effect !== 'Deny' && principals.some(({ kind, value }) => kind === 'service' && shapeOf(value).startsWith('transfer.'));
}

/**
 * Whether users of a server act by a role: AWS Transfer Family may take it on, and nothing but users, of a template or of an identity provider, does.
 * Undefined where the template does not tell who may take it on, and there are servers.
 */
export function isPartnerRole(role: Resource, graph: Graph): boolean | undefined {
  if (partnerRoles(graph).has(role)) return true;
  const untold = trustStatements(role).some(({ effect, principals }) => effect === 'unknown' || principals.some(({ kind }) => kind === 'unknown'));
  const isFunctions = graph.referrers(role).some(({ type }) => type === 'AWS::Lambda::Function');
  return untold && !isFunctions && !otherRoles(graph).has(role) && graph.ofType('AWS::Transfer::Server', USER).length > 0 ? undefined : false;
}

/** Every role that users of a server act by, as far as the templates tell. */
export function partnerRoles(graph: Graph): ReadonlySet<Resource> {
  return graph.once('partner-roles', () => new Set(graph.ofType(ROLE)
    .filter((role) => trustStatements(role).some(isTransferTrust) && !otherRoles(graph).has(role))));
}

/** Roles that AWS Transfer Family takes on for what is no user. */
function otherRoles(graph: Graph): ReadonlySet<Resource> {
  return graph.once('roles of servers and connectors', () => new Set(Object.entries(OTHERS).flatMap(([type, paths]) => graph.ofType(type)
    .flatMap(({ properties, template }) => paths.flatMap((path) => rolesIn(properties[path], template, graph))))));
}

/** The role that a user of a template acts by, where the graph has it. */
export function roleOfUser({ properties, template }: Resource, graph: Graph): Resource | undefined {
  return graph.find(properties.Role, ROLE, template);
}

/** The buckets into which partners put files, as far as the graph has them. */
export function uploadBuckets(graph: Graph): ReadonlySet<Resource> {
  return graph.once('upload-buckets', () => new Set([...partnerRoles(graph)]
    .flatMap((role) => rightsOf(role, graph).statements)
    .filter((statement) => statement.effect !== 'Deny' && !statement.notResource && coversAction(statement, 's3:PutObject'))
    .flatMap(({ resources, carrier }) => resources.flatMap((arn) => bucketOf(arn, carrier.template, graph) ?? []))));
}

/** The bucket of an ARN of objects, or of one that is a bucket's. */
export function bucketOf(arn: Value, home: string, graph: Graph): Resource | undefined {
  const found = graph.find(arn, 'AWS::S3::Bucket', home);
  if (found || typeof arn !== 'string') return found;
  const [, name] = /^arn:[^:]*:s3:::([^/*?]+)/.exec(arn) ?? [];
  return name === undefined ? undefined : graph.find(name, 'AWS::S3::Bucket', home);
}

function rolesIn(value: Value, home: string, graph: Graph): Resource[] {
  const found = graph.find(value, ROLE, home);
  if (found) return [found];
  const inner = Array.isArray(value) ? value as readonly Value[] : isMap(value) ? Object.values(value) : [];
  return inner.flatMap((each) => rolesIn(each, home, graph));
}
