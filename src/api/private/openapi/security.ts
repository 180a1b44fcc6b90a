import { Operation } from './operations';
import { Place } from './place';
import { Authorization } from '../../authorization';
import { OpenApiOperation, OpenApiRoutes } from '../../open-api-routes';
import { SchemeAuthorization } from '../../scheme-authorization';
import { SCOPE } from '../bindings';

/** One way to be let in: a scheme, and the scopes of which a token needs one. */
interface Alternative {
  readonly at: Place;
  readonly authorization: SchemeAuthorization;
  readonly scopes: readonly string[];
}

/** Who may call an operation by what its document says; nothing where a waiver lets anybody call. */
export function authorizationOf(operation: Operation, stated: OpenApiOperation, routes: OpenApiRoutes): Authorization | undefined {
  if (stated.authorization) return stated.authorization;
  const own = operation.place.at('security');
  const security = own.exists ? own : operation.place.root.at('security');
  const open = opennessOf(security);
  if (stated.withoutAuthorization) {
    if (open) return undefined;
    throw security.error(`let anybody call '${operation.name}' where 'withoutAuthorization' does`, 'who may call', 'remove the waiver, or change the document');
  }
  if (open) {
    throw (security.exists ? security : operation.place).error(`say who may call '${operation.name}'`, open,
      "state its 'security', or give 'authorization', or a waiver as 'withoutAuthorization'");
  }
  const [first, ...others] = security.items().map((requirement) => alternativeOf(requirement, routes));
  const different = others.find(({ authorization }) => authorization !== first.authorization);
  if (different) {
    throw different.at.error('ask for one scheme, or for one of several scopes of it', 'another scheme', "choose one, or give 'authorization' for the operation");
  }
  return first.authorization._authorization([...new Set([first, ...others].flatMap(({ scopes }) => scopes))]);
}

/** Refuses authorizations for schemes that the document does not have. */
export function requireSchemes(root: Place, routes: OpenApiRoutes): void {
  const schemes = root.at('components', 'securitySchemes');
  for (const name of Object.keys(routes.authorizations ?? {})) {
    if (schemes.at(name).exists) continue;
    throw schemes.error("have the schemes that 'authorizations' names", `no '${name}'`, 'correct the name, or remove it');
  }
}

/** How a requirement lets anybody in, or nothing where it lets nobody in without proof. */
function opennessOf(security: Place): string | undefined {
  if (!security.exists) return 'nothing';
  const alternatives = security.items();
  if (alternatives.length === 0) return 'no requirement';
  return alternatives.some((alternative) => alternative.members().length === 0) ? 'a requirement of nothing' : undefined;
}

function alternativeOf(requirement: Place, routes: OpenApiRoutes): Alternative {
  const [[name, at], ...others] = requirement.members();
  if (others.length > 0) {
    throw requirement.error('ask for one scheme at a time', requirement.members().map(([each]) => `'${each}'`).join(' and '),
      "choose one, or give 'authorization' for the operation");
  }
  const schemes = at.root.at('components', 'securitySchemes');
  if (!schemes.at(name).exists) throw at.error('ask for schemes that it has', `'${name}'`, `add it to ${schemes.pointer}`);
  const scheme = schemes.at(name).followed();
  const takesTokens = proofOf(scheme, name);
  const authorization = Object.hasOwn(routes.authorizations ?? {}, name) ? routes.authorizations![name] : undefined;
  if (!authorization) {
    throw at.error("ask for schemes that 'authorizations' knows", `'${name}'`, `add it, by ${takesTokens ? 'SchemeAuthorization.oidc or .cognito' : 'SchemeAuthorization.iam()'}`);
  }
  if (authorization._takesTokens !== takesTokens) {
    throw scheme.error(`describe what 'authorizations' has for '${name}'`, takesTokens ? 'tokens' : 'signatures of AWS',
      `give ${takesTokens ? 'SchemeAuthorization.oidc or .cognito' : 'SchemeAuthorization.iam()'}`);
  }
  return { at, authorization, scopes: takesTokens ? scopesOf(at, scheme, authorization) : requireNone(at) };
}

/** Whether callers of a scheme show tokens, rather than signatures; anything else proves nothing, or nothing that can be checked here. */
function proofOf(scheme: Place, name: string): boolean {
  const type = scheme.at('type').text;
  if (type === 'oauth2' || type === 'openIdConnect') return true;
  if (type === 'http') {
    const kind = scheme.at('scheme');
    if (kind.text?.toLowerCase() === 'bearer') return true;
    throw kind.error('have schemes that can be checked', `'${kind.text}' of '${name}'`, 'use bearer tokens, oauth2 or openIdConnect');
  }
  if (type !== 'apiKey') {
    throw scheme.at('type').error('have schemes that can be checked', `'${type}' of '${name}'`,
      type === 'mutualTLS' ? 'give the domain a trust store, and the operation a scheme besides' : 'use oauth2 or openIdConnect');
  }
  const signed = scheme.at('x-amazon-apigateway-authtype').value === 'awsSigv4'
    || (scheme.at('in').text === 'header' && scheme.at('name').text?.toLowerCase() === 'authorization');
  if (signed) return false;
  throw scheme.error('have schemes that prove who calls', `the API key '${name}', which tells who says so alone`,
    'use oauth2 or openIdConnect, or give `authorization` for the operation');
}

/** A requirement asks for all of its scopes (OpenAPI 3.1.1, 4.8.30); an authorizer, for one of them. */
function scopesOf(at: Place, scheme: Place, authorization: SchemeAuthorization): readonly string[] {
  const listed = at.items();
  if (scheme.at('type').text === 'http') requireNone(at);
  if (listed.length > 1) {
    throw at.error('ask for one scope at a time', listed.map(({ value }) => `'${String(value)}'`).join(' and '),
      "name one that stands for all; alternatives are requirements of their own; or give 'authorization' for the operation");
  }
  for (const scope of listed) {
    if (!SCOPE.test(String(scope.value))) throw scope.error('have scopes of letters, digits and -._~:/?#&=', `'${String(scope.value)}'`, 'rename it');
  }
  if (listed.length === 0 && authorization._scopes.length === 0) {
    throw at.error('name a scope', 'none', "add one, or say for the scheme in 'authorizations' which scopes a token needs");
  }
  return listed.length > 0 ? listed.map(({ value }) => String(value)) : authorization._scopes;
}

/** What is listed for another scheme are roles, which are exchanged in no token (OpenAPI 3.1.1, 4.8.30). */
function requireNone(at: Place): readonly string[] {
  if (at.items().length === 0) return [];
  throw at.error('ask for roles of no scheme', at.items().map(({ value }) => `'${String(value)}'`).join(', '), 'ask for scopes of oauth2 or openIdConnect');
}
