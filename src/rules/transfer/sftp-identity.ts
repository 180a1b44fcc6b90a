import { identityProviderOf } from './servers';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown } from '../values';

const TYPE = 'IdentityProviderType';
const FUNCTION = 'IdentityProviderDetails.Function';
const METHODS = 'IdentityProviderDetails.SftpAuthenticationMethods';

/** Checks `SFTP-IDENTITY`. */
export const sftpIdentity: Rule = {
  control: 'SFTP-IDENTITY',
  check(server, graph) {
    const type = server.properties[TYPE];
    switch (type) {
      case undefined: return violation('NotStated', `${TYPE} is not set, and cannot be changed later without a new server`, TYPE);
      case 'SERVICE_MANAGED': return compliant('users that the service keeps sign in by key alone', TYPE);
      case 'AWS_LAMBDA': return lambdaOf(server, graph);
      case 'API_GATEWAY': return [violation('ApiGateway', 'passwords pass through an API, whose logs and caches may keep them', TYPE), ...methodsOf(server, [])];
      case 'AWS_DIRECTORY_SERVICE': return violation('PasswordAlone', 'users of a directory sign in by password', TYPE);
      default: return cannotTell('UnresolvedProvider', `${TYPE} is ${describe(type)}`, TYPE);
    }
  },
};

function lambdaOf(server: Resource, graph: Graph): readonly Outcome[] {
  const named = at(server.properties, FUNCTION);
  if (named === undefined) return [violation('NoFunction', 'no function is named, so nobody can sign in', FUNCTION)];
  const methods = methodsOf(server, [compliant(`users sign in by ${describe(at(server.properties, METHODS))}`, METHODS)]);
  // What is asked of the function, such as who else may call it, is judged where it is.
  return identityProviderOf(server, graph) ? methods
    : [cannotTell('UnresolvedFunction', `no template has the function ${describe(named)}`, FUNCTION), ...methods.filter(({ kind }) => kind !== 'compliant')];
}

/** Without a method the service takes a key or a password, so that a guessed password is enough. */
function methodsOf(server: Resource, otherwise: readonly Outcome[]): readonly Outcome[] {
  const methods = at(server.properties, METHODS);
  if (methods === 'PUBLIC_KEY' || methods === 'PUBLIC_KEY_AND_PASSWORD') return otherwise;
  if (isUnknown(methods)) return [cannotTell('UnresolvedProvider', `SftpAuthenticationMethods is ${describe(methods)}`, METHODS)];
  return [violation('PasswordAlone', `a password alone is enough: SftpAuthenticationMethods is ${describe(methods)}`, METHODS)];
}
