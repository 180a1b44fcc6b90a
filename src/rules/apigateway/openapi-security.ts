import { follow, member, membersOf, Operation, within } from './openapi';
import { describe, isMap, isUnknown, listOf, Unresolved, Value } from '../values';

/** Who may call an operation of an OpenAPI document, as API Gateway understands it. */
export interface Demand {
  /** `none` for anybody; `document` where only the document as a whole asks, and not the operation. */
  readonly kind: 'asked' | 'document' | 'none' | 'untold';
  /** The authorization type of the method, in the words of `AWS::ApiGateway::Method`. */
  readonly type: Value;
  /** Name of the security scheme; undefined where none decides. */
  readonly scheme?: string;
  readonly scopes: readonly Value[];
  readonly why: string;
}

/** Types of authorizers (x-amazon-apigateway-authorizer object), in the words of `AWS::ApiGateway::Method`. */
const AUTHORIZERS: ReadonlyMap<string, string> = new Map([
  ['cognito_user_pools', 'COGNITO_USER_POOLS'], ['jwt', 'JWT'], ['request', 'CUSTOM'], ['token', 'CUSTOM'],
]);

const TAKES_TOKENS: readonly Value[] = ['COGNITO_USER_POOLS', 'JWT'];

/** A scheme that a requirement names: what it proves, `NONE` for nothing. */
interface Named {
  readonly scheme: string;
  readonly type: Value;
  readonly scopes: readonly Value[];
}

/**
 * Reads the security of an operation.
 *
 * API Gateway puts a key beside an authorizer where the list names both, so a key in it changes nothing. An empty requirement makes security
 * optional (OpenAPI Specification 3.0.3, Operation Object, security); what API Gateway makes of it is not documented.
 */
export function demandOf(operation: Operation, document: Value): Demand {
  const extension = member(operation.value, 'x-amazon-apigateway-auth');
  if (extension !== undefined) return extensionDemand(member(extension, 'type'));
  const own = member(operation.value, 'security');
  const security = own ?? member(document, 'security');
  if (security === undefined) return none('no security requirement stands at it');
  if (!Array.isArray(security)) return untold(`security is ${describe(security)}`);

  const requirements: readonly Value[] = security;
  const named = requirements.flatMap(membersOf).map(([scheme, scopes]) => ({ scheme, type: proofOf(scheme, document), scopes: listOf(scopes) }));
  const proofs = named.filter(({ type }) => typeof type === 'string' && type !== 'NONE');
  const unknown = requirements.find((each) => !isMap(each)) ?? named.find(({ type }) => isUnknown(type))?.type;
  if (proofs.length === 0) {
    return unknown === undefined ? none(named.length === 0 ? 'it asks for no security' : `${named.map(({ scheme }) => scheme).join(' and ')} names no authorizer`)
      : untold(`security is ${describe(unknown)}`);
  }
  if (unknown !== undefined || requirements.some((each) => isMap(each) && Object.keys(each).length === 0)) return untold('a security requirement may ask for nothing');
  return { ...weakest(proofs), kind: own === undefined ? 'document' : 'asked', why: '' };
}

/**
 * Whether an operation asks for a key of API Gateway: a requirement names a scheme with the header field `x-api-key` (Amazon API Gateway
 * Developer Guide, "Configure a method to use API keys with an OpenAPI definition"). Whether what the document asks for as a whole counts is
 * not documented.
 */
export function asksForKey(operation: Operation, document: Value): Value {
  const own = member(operation.value, 'security');
  const security = own ?? member(document, 'security');
  const named = listOf(security).flatMap(membersOf).map(([name]) => isKey(name, document));
  if (security !== undefined && !Array.isArray(security)) return new Unresolved(`security is ${describe(security)}`);
  if (named.includes(true)) return own === undefined ? new Unresolved('only the document as a whole asks for a key') : true;
  return named.find(isUnknown) ?? false;
}

function isKey(name: string, document: Value): Value {
  const scheme = schemeOf(name, document);
  const [type, place, field] = ['type', 'in', 'name'].map((key) => member(scheme, key));
  const unknown = [scheme, type, place, field].find(isUnknown);
  if (unknown !== undefined) return unknown;
  return type === 'apiKey' && place === 'header' && describe(field).toLowerCase() === 'x-api-key' && member(scheme, 'x-amazon-apigateway-authorizer') === undefined;
}

function schemeOf(name: string, document: Value): Value {
  return schemesOf(document).find((each) => each.name === name)?.scheme ?? new Unresolved(`the scheme ${name}`);
}

/** The scheme of a name in a document of version 2 or 3, with the path of its place. */
export function schemesOf(document: Value): ReadonlyArray<{ readonly name: string; readonly property: string; readonly scheme: Value }> {
  return [['components', 'securitySchemes'], ['securityDefinitions']].flatMap((path) => membersOf(within(document, ...path))
    .map(([name, scheme]) => ({ name, property: ['Body', ...path, name].join('.'), scheme: follow(document, scheme) })));
}

/** API Gateway asks for what its extensions name; a key, or a scheme without extension, proves nothing to it. */
function proofOf(name: string, document: Value): Value {
  const scheme = schemeOf(name, document);
  const [kind, authorizer] = ['x-amazon-apigateway-authtype', 'x-amazon-apigateway-authorizer'].map((key) => member(scheme, key));
  if (typeof kind === 'string' && kind.toLowerCase() === 'awssigv4') return 'AWS_IAM';
  if (!isMap(scheme) || (authorizer === undefined ? kind !== undefined : !isMap(authorizer))) return new Unresolved(`the scheme ${name}`);
  if (authorizer === undefined) return 'NONE';
  const type = member(authorizer, 'type');
  return AUTHORIZERS.get(describe(type).toLowerCase()) ?? new Unresolved(`the authorizer of ${name}`);
}

/** The extension says `NONE` for open access, `AWS_IAM` for permissions of IAM, in any case (x-amazon-apigateway-auth object). */
function extensionDemand(stated: Value): Demand {
  const type = typeof stated === 'string' ? stated.toUpperCase() : undefined;
  if (type === 'NONE') return none('x-amazon-apigateway-auth is NONE');
  return type === 'AWS_IAM' ? { kind: 'asked', type, scopes: [], why: '' } : untold(`x-amazon-apigateway-auth is ${describe(stated)}`);
}

/** Of several schemes the one that takes any token of an issuer, if there is one. */
function weakest(proofs: readonly Named[]): Named {
  return proofs.find(({ type, scopes }) => TAKES_TOKENS.includes(type) && scopes.length === 0) ?? proofs[0];
}

function none(why: string): Demand {
  return { kind: 'none', type: 'NONE', scopes: [], why };
}

function untold(why: string): Demand {
  return { kind: 'untold', type: new Unresolved(why), scopes: [], why };
}
