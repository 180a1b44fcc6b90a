import { Operation } from './operations';
import { Place } from './place';
import { described, fitting, isKeyOfApiGateway, Scheme, schemeOf } from './schemes';
import { OpenApiOperation, OpenApiRoutes } from '../../open-api-routes';
import { RouteOptions } from '../../route';
import { SchemeAuthorization } from '../../scheme-authorization';
import { SCOPE } from '../bindings';

/** Who may call an operation, and whether a request needs a key of API Gateway besides. */
export type Demanded = Pick<RouteOptions, 'authorization' | 'requireApiKey'>;

/** One way to be let in: a scheme, the scopes of which a token needs one, and perhaps a key. */
interface Alternative {
  readonly at: Place;
  readonly authorization: SchemeAuthorization;
  readonly scopes: readonly string[];
  readonly needsKey: boolean;
}

/** Who may call an operation by what its document says; nobody in particular where a waiver lets anybody call. */
export function demandedBy(operation: Operation, stated: OpenApiOperation, routes: OpenApiRoutes): Demanded {
  const { requireApiKey } = stated;
  const own = operation.place.at('security');
  const security = own.exists ? own : operation.place.root.at('security');
  if (stated.authorization) return { authorization: stated.authorization, requireApiKey: requireApiKey ?? (namesKeyBeside(security) || undefined) };
  const open = opennessOf(security);
  if (stated.withoutAuthorization) {
    if (open) return { requireApiKey };
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
  const uneven = others.find(({ needsKey }) => needsKey !== first.needsKey);
  if (uneven) {
    throw uneven.at.error('ask for the API key in each alternative or in none', uneven.needsKey ? 'it in this one' : 'none in this one',
      'a method needs a key or does not');
  }
  return {
    authorization: first.authorization._authorization([...new Set([first, ...others].flatMap(({ scopes }) => scopes))]),
    requireApiKey: requireApiKey ?? (first.needsKey || undefined),
  };
}

/** Refuses authorizations for schemes that the document does not have. */
export function requireSchemes(root: Place, routes: OpenApiRoutes): void {
  const schemes = root.at('components', 'securitySchemes');
  for (const name of Object.keys(routes.authorizations ?? {})) {
    if (schemes.at(name).exists) continue;
    throw schemes.error("have the schemes that 'authorizations' names", `no '${name}'`, 'correct the name, or remove it');
  }
}

/** Whether each alternative asks for a key of API Gateway beside whatever else, which `authorization` replaces. */
function namesKeyBeside(security: Place): boolean {
  const schemes = security.root.at('components', 'securitySchemes');
  const alternatives = security.items().map((requirement) => requirement.members().map(([name]) => isKeyOfApiGateway(schemes.at(name).followed())));
  return alternatives.length > 0 && alternatives.every((keys) => keys.includes(true) && keys.includes(false));
}

/** How a requirement lets anybody in, or nothing where it lets nobody in without proof. */
function opennessOf(security: Place): string | undefined {
  if (!security.exists) return 'nothing';
  const alternatives = security.items();
  if (alternatives.length === 0) return 'no requirement';
  return alternatives.some((alternative) => alternative.members().length === 0) ? 'a requirement of nothing' : undefined;
}

function alternativeOf(requirement: Place, routes: OpenApiRoutes): Alternative {
  const members = requirement.members().map(([name, at]) => ({ at, scheme: namedScheme(at, name) }));
  const keys = members.filter(({ scheme }) => scheme.isKey);
  const [proof = keys[0], ...others] = members.filter(({ scheme }) => !scheme.isKey);
  if (others.length > 0) {
    throw requirement.error('ask for one scheme at a time', [proof, ...others].map(({ scheme: { name } }) => `'${name}'`).join(' and '),
      "choose one, or give 'authorization' for the operation");
  }
  const { at, scheme } = proof;
  if (scheme.proofs.length === 0) {
    throw scheme.at.error('have schemes that prove who calls', `the API key '${scheme.name}', which tells who says so alone`,
      `${scheme.isKey ? 'put oauth2 or openIdConnect beside it in the requirement' : 'use oauth2 or openIdConnect'}, or give 'authorization' for the operation`);
  }
  const authorization = Object.hasOwn(routes.authorizations ?? {}, scheme.name) ? routes.authorizations![scheme.name] : undefined;
  if (!authorization) throw at.error("ask for schemes that 'authorizations' knows", `'${scheme.name}'`, `add it, by ${fitting(scheme)}`);
  if (!scheme.proofs.includes(authorization._proof)) {
    throw scheme.at.error(`describe what 'authorizations' has for '${scheme.name}'`, described(scheme), `give ${fitting(scheme)}`);
  }
  if (keys.length > 0 && authorization._proof === 'keys') {
    throw requirement.error('ask for no API key beside bearer keys', `'${keys[0].scheme.name}'`, 'remove it: the authorizer names the key that meters a consumer');
  }
  keys.forEach((key) => requireNone(key.at));
  const scopes = authorization._proof === 'signatures' ? requireNone(at) : scopesOf(at, scheme.at, authorization);
  return { at, authorization, scopes, needsKey: keys.length > 0 };
}

function namedScheme(at: Place, name: string): Scheme {
  const schemes = at.root.at('components', 'securitySchemes');
  if (!schemes.at(name).exists) throw at.error('ask for schemes that it has', `'${name}'`, `add it to ${schemes.pointer}`);
  return schemeOf(schemes.at(name).followed(), name);
}

/** A requirement asks for all of its scopes (OpenAPI 3.1.1, 4.8.30); an authorizer, for one of them. */
function scopesOf(at: Place, scheme: Place, authorization: SchemeAuthorization): readonly string[] {
  const listed = at.items();
  if (['apiKey', 'http'].includes(scheme.at('type').text!)) requireNone(at);
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
