import { Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { documentOf, imported, refusalOf } from './openapi-documents';
import { api, core } from '../../src';
import { scopeVariable } from '../../src/runtime/api/scope-variable';
import { acknowledgedBelow } from '../storage/templates';

const AT = "ConfigurationError: [Stack/Api] 'document' must";
const SECURITY = 'orders.yaml#/paths/~1orders/post/security';
const waiver = core.Waiver.because('the orders of the demonstration are public', { owner: 'edi-team', expires: '2027-01-31' });

const FLOWS = { clientCredentials: { tokenUrl: 'https://login.example.com/token', scopes: {} } };
const SCHEMES = {
  aws: { type: 'apiKey', in: 'header', name: 'Authorization' },
  signed: { 'type': 'apiKey', 'in': 'query', 'name': 'signature', 'x-amazon-apigateway-authtype': 'awsSigv4' },
  oidc: { type: 'openIdConnect', openIdConnectUrl: 'https://login.example.com/.well-known/openid-configuration' },
  oauth: { type: 'oauth2', flows: FLOWS },
  bearer: { type: 'http', scheme: 'Bearer' },
  basic: { type: 'http', scheme: 'basic' },
  key: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
  partner: { type: 'apiKey', in: 'header', name: 'X-Partner' },
  mtls: { type: 'mutualTLS' },
};
const documentAsking = (security: unknown, others: object = {}) =>
  documentOf({ security }, { components: { securitySchemes: SCHEMES }, ...others });

function authorizerIn(stack: Stack): api.OidcAuthorizer {
  return new api.OidcAuthorizer(stack, 'Idp', { issuers: [{ issuer: 'https://login.example.com/', audiences: ['https://api.example.com'] }] });
}

/** Each scheme that takes tokens by an `OidcAuthorizer`, the others by signatures. */
function known(stack: Stack, ...scopes: string[]): Partial<api.OpenApiProps> {
  const tokens = api.SchemeAuthorization.oidc(authorizerIn(stack), ...scopes);
  const iam = api.SchemeAuthorization.iam();
  return { authorizations: { aws: iam, signed: iam, oidc: tokens, oauth: tokens, bearer: tokens } };
}

/** How the route of an import authorizes, and by which scopes. */
function authorized(security: unknown, options: (stack: Stack) => Partial<api.OpenApiProps>): readonly [string, unknown] {
  const { all } = imported(documentAsking(security), options);
  const [method] = all('AWS::ApiGateway::Method');
  const [{ Variables = {} }] = all('AWS::ApiGateway::Stage');
  return [method.AuthorizationType, method.AuthorizationScopes ?? Variables[scopeVariable('POST', '/orders')]];
}

describe('an operation asks', () => {
  test.each([
    ['for a signature in the header field', [{ aws: [] }], ['AWS_IAM', undefined]],
    ['for a signature by the extension of API Gateway', [{ signed: [] }], ['AWS_IAM', undefined]],
    ['for a scope of OpenID Connect', [{ oidc: ['orders:write'] }], ['CUSTOM', 'orders:write']],
    ['for a scope of OAuth 2.0', [{ oauth: ['orders:write'] }], ['CUSTOM', 'orders:write']],
    ['for one of several scopes', [{ oidc: ['orders:write'] }, { oidc: ['orders:admin'] }, { oidc: ['orders:write'] }], ['CUSTOM', 'orders:write,orders:admin']],
    ['for tokens of the same providers by two schemes', [{ oidc: ['orders:write'] }, { oauth: ['admin'] }], ['CUSTOM', 'orders:write,admin']],
    ['for a bearer token, with the scopes of the scheme', [{ bearer: [] }], ['CUSTOM', 'partner']],
    ['for no scope, with those of the scheme', [{ oidc: [] }], ['CUSTOM', 'partner']],
  ])('%s', (_what, security, expected) => {
    expect(authorized(security, (stack) => known(stack, 'partner'))).toEqual(expected);
  });

  test('for a scope of a user pool', () => {
    const pool = (stack: Stack) => ({ authorizations: { oauth: api.SchemeAuthorization.cognito(new cognito.UserPool(stack, 'Pool')) } });
    expect(authorized([{ oauth: ['orders/write'] }], pool)).toEqual(['COGNITO_USER_POOLS', ['orders/write']]);
  });

  test('for what the document says of all operations, unless it says something else', () => {
    const [method] = imported(documentOf({ security: undefined }, { security: [{ aws: [] }] })).all('AWS::ApiGateway::Method');
    expect(method.AuthorizationType).toBe('AWS_IAM');
    expect(refusalOf(documentOf({ security: [] }, { security: [{ aws: [] }] }))).toContain(`got no requirement at ${SECURITY}`);
  });

  test('for what the code says in its place', () => {
    const operations = { placeOrder: { authorization: api.Authorization.iam() } };
    for (const security of [undefined, [], [{ key: [] }], [{ oidc: ['a', 'b'] }]]) {
      expect(authorized(security, () => ({ authorizations: {}, operations }))).toEqual(['AWS_IAM', undefined]);
    }
  });
});

describe('an operation that asks for an API key beside another scheme', () => {
  const methodOf = (security: unknown, options: (stack: Stack) => Partial<api.OpenApiProps> = known) => {
    const { all } = imported(documentAsking(security), options);
    const [{ AuthorizationType, ApiKeyRequired }] = all('AWS::ApiGateway::Method');
    return [AuthorizationType, ApiKeyRequired, all('AWS::ApiGateway::RestApi')[0].ApiKeySourceType];
  };

  test.each([
    ['tokens', [{ oidc: ['a'], key: [] }], 'CUSTOM'], ['tokens, in any order', [{ key: [], oauth: ['a'] }], 'CUSTOM'],
    ['tokens of several scopes', [{ oidc: ['a'], key: [] }, { oidc: ['b'], key: [] }], 'CUSTOM'], ['signatures', [{ aws: [], key: [] }], 'AWS_IAM'],
  ])('needs one: %s', (_what, security, type) => {
    expect(methodOf(security)).toEqual([type, true, 'HEADER']);
  });

  test('needs none where the code says so, and one where it says so', () => {
    const stated = (operation: api.OpenApiOperation) => (stack: Stack) => ({ ...known(stack), operations: { placeOrder: operation } });
    expect(methodOf([{ oidc: ['a'], key: [] }], stated({ requireApiKey: false }))).toEqual(['CUSTOM', undefined, undefined]);
    expect(methodOf([{ oidc: ['a'] }], stated({ requireApiKey: true }))).toEqual(['CUSTOM', true, 'HEADER']);
    expect(methodOf([{ key: [] }], stated({ authorization: api.Authorization.iam(), requireApiKey: true }))).toEqual(['AWS_IAM', true, 'HEADER']);
  });
});

describe('an operation whose authorization the code says', () => {
  const keyRequired = (security: unknown, operation: api.OpenApiOperation = {}): unknown => imported(documentAsking(security), () => (
    { authorizations: {}, operations: { placeOrder: { authorization: api.Authorization.iam(), ...operation } } })).all('AWS::ApiGateway::Method')[0].ApiKeyRequired;

  test.each<[string, unknown, true | undefined]>([
    ['beside a scheme', [{ oidc: ['a', 'b'], key: [] }], true],
    ['beside one that cannot be checked', [{ mtls: [], key: [] }], true],
    ['in each alternative', [{ oidc: ['a'], key: [] }, { oauth: ['b'], key: [] }], true],
    ['in one alternative of two', [{ oidc: ['a'], key: [] }, { oauth: ['b'] }], undefined],
    ['alone', [{ key: [] }], undefined],
    ['that API Gateway does not know', [{ oidc: ['a'], partner: [] }], undefined],
    ['that the document lacks', [{ oidc: ['a'], missing: [] }], undefined],
    ['nowhere', undefined, undefined],
  ])('still needs the key of API Gateway that its document names %s: %j', (_where, security, needed) => {
    expect(keyRequired(security)).toBe(needed);
  });

  test('needs none where the code says that, too', () => {
    expect(keyRequired([{ oidc: ['a', 'b'], key: [] }], { requireApiKey: false })).toBeUndefined();
  });
});

describe('an operation that asks for bearer keys', () => {
  const keys = (stack: Stack) => api.SchemeAuthorization.bearerKey(new api.BearerKeyAuthorizer(stack, 'Keys', { prefix: 'shop' }), 'partner');
  const withKeys = (scheme: string) => (stack: Stack) => ({ authorizations: { [scheme]: keys(stack) } });

  test.each(['bearer', 'aws'])('by the scheme %s has the scopes of the code, and is metered', (scheme) => {
    expect(authorized([{ [scheme]: [] }], withKeys(scheme))).toEqual(['CUSTOM', 'partner']);
    const [{ ApiKeyRequired }] = imported(documentAsking([{ [scheme]: [] }]), withKeys(scheme)).all('AWS::ApiGateway::Method');
    expect(ApiKeyRequired).toBe(true);
  });

  test.each([
    ['oidc', ['a'], 'describe what \'authorizations\' has for \'oidc\', got tokens at orders.yaml#/components/securitySchemes/oidc; give SchemeAuthorization.oidc or .cognito'],
    ['signed', [], 'describe what \'authorizations\' has for \'signed\', got signatures of AWS at orders.yaml#/components/securitySchemes/signed; give SchemeAuthorization.iam()'],
    ['aws', ['admin'], `ask for roles of no scheme, got 'admin' at ${SECURITY}/0/aws; ask for scopes of oauth2 or openIdConnect`],
  ])('is not one by the scheme %s with %j', (scheme, scopes, message) => {
    expect(refusalOf(documentAsking([{ [scheme]: scopes }]), withKeys(scheme))).toBe(`${AT} ${message}`);
  });

  test('asks for no API key besides, which the authorizer names', () => {
    expect(refusalOf(documentAsking([{ bearer: [], key: [] }]), withKeys('bearer'))).toBe(
      `${AT} ask for no API key beside bearer keys, got 'key' at ${SECURITY}/0; remove it: the authorizer names the key that meters a consumer`);
  });
});

describe('an operation that lets anybody call', () => {
  const opened = () => ({ operations: { placeOrder: { withoutAuthorization: waiver } }, authorizations: {} });

  test.each([
    ['by no requirement', [], 'no requirement', SECURITY],
    ['by a requirement of nothing', [{ aws: [] }, {}], 'a requirement of nothing', SECURITY],
    ['by saying nothing', undefined, 'nothing', 'orders.yaml#/paths/~1orders/post'],
  ])('%s needs a waiver', (_what, security, got, place) => {
    expect(refusalOf(documentAsking(security), known)).toBe(
      `${AT} say who may call 'placeOrder', got ${got} at ${place}; state its 'security', or give 'authorization', or a waiver as 'withoutAuthorization'`);
    const { stack, all } = imported(documentAsking(security), opened);
    expect(all('AWS::ApiGateway::Method')[0].AuthorizationType).toBe('NONE');
    expect(acknowledgedBelow(stack).filter((each) => each.includes('API-AUTHORIZATION')).length).toBeGreaterThan(0);
  });

  test('is not meant where the document says who may call', () => {
    expect(refusalOf(documentAsking([{ aws: [] }]), opened)).toBe(
      `${AT} let anybody call 'placeOrder' where 'withoutAuthorization' does, got who may call at ${SECURITY}; remove the waiver, or change the document`);
  });

  test('is not let pass by the authorization of the API', () => {
    expect(refusalOf(documentAsking([]), () => ({ authorization: api.Authorization.iam() }))).toContain('got no requirement');
  });
});

describe('what cannot be enforced is refused', () => {
  test.each([
    ['two scopes at once', [{ oidc: ['a', 'b'] }],
      `ask for one scope at a time, got 'a' and 'b' at ${SECURITY}/0/oidc; name one that stands for all; alternatives are requirements of their own; or give 'authorization' for the operation`],
    ['two schemes at once', [{ oidc: ['a'], aws: [] }],
      `ask for one scheme at a time, got 'oidc' and 'aws' at ${SECURITY}/0; choose one, or give 'authorization' for the operation`],
    ['two schemes and a key at once', [{ key: [], oidc: ['a'], oauth: ['a'] }],
      `ask for one scheme at a time, got 'oidc' and 'oauth' at ${SECURITY}/0; choose one, or give 'authorization' for the operation`],
    ['a key in one of two alternatives', [{ oidc: ['a'], key: [] }, { oidc: ['b'] }],
      `ask for the API key in each alternative or in none, got none in this one at ${SECURITY}/1/oidc; a method needs a key or does not`],
    ['a key in the other of two alternatives', [{ oidc: ['a'] }, { oidc: ['b'], key: [] }],
      `ask for the API key in each alternative or in none, got it in this one at ${SECURITY}/1/oidc; a method needs a key or does not`],
    ['roles of a key', [{ oidc: ['a'], key: ['admin'] }], `ask for roles of no scheme, got 'admin' at ${SECURITY}/0/key; ask for scopes of oauth2 or openIdConnect`],
    ['a key in another header field beside tokens', [{ partner: [], oidc: ['a'] }],
      `ask for one scheme at a time, got 'partner' and 'oidc' at ${SECURITY}/0; choose one, or give 'authorization' for the operation`],
    ['a key in another header field', [{ partner: [] }],
      "have schemes that prove who calls, got the API key 'partner', which tells who says so alone at orders.yaml#/components/securitySchemes/partner; use oauth2 or openIdConnect, or give 'authorization' for the operation"],
    ['tokens or signatures', [{ oidc: ['a'] }, { aws: [] }],
      `ask for one scheme, or for one of several scopes of it, got another scheme at ${SECURITY}/1/aws; choose one, or give 'authorization' for the operation`],
    ['no scope', [{ oidc: [] }], `name a scope, got none at ${SECURITY}/0/oidc; add one, or say for the scheme in 'authorizations' which scopes a token needs`],
    ['a scope that no stage variable holds', [{ oidc: ['a,b'] }], `have scopes of letters, digits and -._~:/?#&=, got 'a,b' at ${SECURITY}/0/oidc/0; rename it`],
    ['roles of a bearer token', [{ bearer: ['admin'] }], `ask for roles of no scheme, got 'admin' at ${SECURITY}/0/bearer; ask for scopes of oauth2 or openIdConnect`],
    ['roles of a signature', [{ aws: ['admin'] }], `ask for roles of no scheme, got 'admin' at ${SECURITY}/0/aws; ask for scopes of oauth2 or openIdConnect`],
    ['a scheme that is not there', [{ toString: [] }], `ask for schemes that it has, got 'toString' at ${SECURITY}/0/toString; add it to #/components/securitySchemes`],
    ['an API key alone', [{ key: [] }],
      "have schemes that prove who calls, got the API key 'key', which tells who says so alone at orders.yaml#/components/securitySchemes/key; put oauth2 or openIdConnect beside it in the requirement, or give 'authorization' for the operation"],
    ['a password', [{ basic: [] }], "have schemes that can be checked, got 'basic' of 'basic' at orders.yaml#/components/securitySchemes/basic/scheme; use bearer tokens, oauth2 or openIdConnect"],
    ['a certificate', [{ mtls: [] }],
      "have schemes that can be checked, got 'mutualTLS' of 'mtls' at orders.yaml#/components/securitySchemes/mtls/type; give the domain a trust store, and the operation a scheme besides"],
  ])('%s', (_what, security, message) => {
    expect(refusalOf(documentAsking(security), known)).toBe(`${AT} ${message}`);
  });

  test.each([
    ['SchemeAuthorization.oidc or .cognito', 'oidc', ['a']],
    ['SchemeAuthorization.iam() or .bearerKey', 'aws', []],
    ['SchemeAuthorization.oidc, .cognito or .bearerKey', 'bearer', []],
    ['SchemeAuthorization.iam()', 'signed', []],
  ])('a scheme that the code does not know, which %s would', (remedy, scheme, scopes) => {
    expect(refusalOf(documentAsking([{ [scheme]: scopes }]), () => ({ authorizations: {} }))).toBe(
      `${AT} ask for schemes that 'authorizations' knows, got '${scheme}' at ${SECURITY}/0/${scheme}; add it, by ${remedy}`);
  });

  test('tokens by signatures, and signatures by tokens', () => {
    expect(refusalOf(documentAsking([{ oidc: ['a'] }]), () => ({ authorizations: { oidc: api.SchemeAuthorization.iam() } }))).toBe(
      `${AT} describe what 'authorizations' has for 'oidc', got tokens at orders.yaml#/components/securitySchemes/oidc; give SchemeAuthorization.oidc or .cognito`);
    expect(refusalOf(documentAsking([{ aws: [] }]), (stack) => ({ authorizations: { aws: api.SchemeAuthorization.oidc(authorizerIn(stack), 'a') } }))).toBe(
      `${AT} describe what 'authorizations' has for 'aws', got signatures of AWS or keys at orders.yaml#/components/securitySchemes/aws; give SchemeAuthorization.iam() or .bearerKey`);
  });

  test('an authorization for a scheme that the document does not have', () => {
    expect(refusalOf(documentOf(), () => ({ authorizations: { aws: api.SchemeAuthorization.iam(), partner: api.SchemeAuthorization.iam() } }))).toBe(
      `${AT} have the schemes that 'authorizations' names, got no 'partner' at orders.yaml#/components/securitySchemes; correct the name, or remove it`);
  });
});
