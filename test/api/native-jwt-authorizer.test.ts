import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, AppProps, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { api } from '../../src';
import { check, RULES } from '../../src/rules';

interface Escape {
  readonly app: App;
  readonly stack: Stack;
  readonly authorizer: apigateway.CfnAuthorizer;
}

/** The escape hatch of ADR 0020: a JWT authorizer of API Gateway itself, which the CDK does not know yet. */
function jwtApi(changes: Readonly<Record<string, unknown>> = {}, props: AppProps = {}): Escape {
  const app = new App(props);
  const stack = new Stack(app, 'Stack');
  const served = new api.IntegrationApi(stack, 'Api', { authorization: api.Authorization.iam() });
  const authorizer = new apigateway.CfnAuthorizer(served, 'Jwt', {
    restApiId: served.restApi.restApiId, name: 'jwt', type: 'JWT', identitySource: 'method.request.header.Authorization',
  });
  authorizer.addPropertyOverride('JwtConfiguration', {
    DefaultAlgorithms: ['ES256'],
    Issuers: [{ Issuer: 'https://login.example.com/', Audiences: ['https://api.example.com'] }],
  });
  const integration = api.Integration.upstream(apigateway.VpcLink.fromVpcLinkId(stack, 'Link', 'link-1'), 'https://orders.internal');
  const method = served.addRoute(api.HttpMethod.GET, '/orders', { integration }).method.node.defaultChild as apigateway.CfnMethod;
  const asked = { AuthorizationType: 'JWT', AuthorizerId: authorizer.ref, AuthorizationScopes: ['orders:read'], ...changes };
  for (const [name, value] of Object.entries(asked)) {
    if (value === undefined) method.addPropertyDeletionOverride(name);
    else method.addPropertyOverride(name, value);
  }
  return { app, stack, authorizer };
}

const JUDGING = ['API-AUTHORIZATION', 'API-SCOPES', 'API-AUTHORIZER-CACHE'];

/** What the rules say of the API, by control. */
function judged({ stack }: { readonly stack: Stack }): Record<string, string> {
  const verdicts = check([{ name: 'Stack', template: Template.fromStack(stack).toJSON() }], RULES.filter(({ control }) => JUDGING.includes(control)));
  return Object.fromEntries(verdicts.map(({ control, outcome, finding }) => [control, finding === '' ? outcome : `${outcome} ${finding}`]));
}

test('synthesizes as CloudFormation documents it', () => {
  Template.fromStack(jwtApi().stack).hasResourceProperties('AWS::ApiGateway::Authorizer', {
    Type: 'JWT', JwtConfiguration: { DefaultAlgorithms: ['ES256'], Issuers: [{ Issuer: 'https://login.example.com/', Audiences: ['https://api.example.com'] }] },
  });
});

test('is judged by the rules as what it is', () => {
  expect(judged(jwtApi())).toEqual({ 'API-AUTHORIZATION': 'compliant', 'API-SCOPES': 'compliant', 'API-AUTHORIZER-CACHE': 'not-applicable' });
});

test('without scopes is a violation, since an ID token would do', () => {
  expect(judged(jwtApi({ AuthorizationScopes: undefined }))).toMatchObject({ 'API-SCOPES': 'violation NoScopes' });
});

test('under another word than the rules know is none that they find compliant', () => {
  expect(judged(jwtApi({ AuthorizationType: 'JWT_TOKENS', AuthorizationScopes: undefined })))
    .toMatchObject({ 'API-AUTHORIZATION': 'cannot-tell UnresolvedAuthorization', 'API-SCOPES': 'cannot-tell UnresolvedScopes' });
});

describe('the template validation of the CDK', () => {
  let outdir: string;
  const { CDK_VALIDATION } = process.env;

  beforeEach(() => {
    outdir = mkdtempSync(join(tmpdir(), 'jwt-'));
    delete process.env.CDK_VALIDATION;
    jest.spyOn(console, 'error').mockImplementation();
  });

  afterEach(() => {
    if (CDK_VALIDATION !== undefined) process.env.CDK_VALIDATION = CDK_VALIDATION;
    jest.restoreAllMocks();
    rmSync(outdir, { recursive: true });
  });

  /** What it says of the template, by rule and place, and how bad that is. */
  function said(): string[] {
    const { pluginReports } = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')) as {
      readonly pluginReports: Array<{ readonly violations: Array<Readonly<Record<'ruleName' | 'description' | 'severity', string>>> }>;
    };
    return pluginReports.flatMap(({ violations }) => violations.map(({ severity, ruleName, description }) => `${severity} ${ruleName}: ${description}`));
  }

  const problem = "F3002: JwtConfiguration: Additional properties are not allowed ('JwtConfiguration' was unexpected)";
  const asErrors = { '@aws-cdk/core:validateAgainstDefaultRules': true };

  test('does not know the property, and warns', () => {
    jwtApi({}, { outdir, analyticsReporting: false }).app.synth();
    expect(said()).toEqual([`warning ${problem}`]);
  }, 60_000);

  test('fails the synthesis where it is set to report errors', () => {
    const { app } = jwtApi({}, { outdir, analyticsReporting: false, context: asErrors });
    expect(() => app.synth()).toThrow();
    expect(said()).toEqual([`error ${problem}`]);
  }, 60_000);

  test('lets it be once it is acknowledged', () => {
    const { app, authorizer } = jwtApi({}, { outdir, analyticsReporting: false, context: asErrors });
    Validations.of(authorizer).acknowledge({ id: 'CloudFormation-Validate::F3002', reason: 'the property is newer than the schema that the CDK has' });
    expect(() => app.synth()).not.toThrow();
  }, 60_000);
});
