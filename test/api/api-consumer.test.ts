import { App, CfnParameter, Duration, Stack, Stage, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { env, integrationIn, ISSUER, Kind, worldOf } from './consumer-world';
import { api, core } from '../../src';
import { identityStatements } from '../storage/templates';

const KINDS: Kind[] = ['bearerKey', 'role', 'token'];
const CIDRS = ['192.0.2.0/24', '2001:db8::/32'];

describe.each(KINDS)('a consumer by %s', (kind) => {
  test('has ten requests a second, twenty at once, of its own API', () => {
    const world = worldOf(kind);
    const acme = world.acme();
    const { restApiId, deploymentStage } = world.api.restApi;
    expect(world.one('AWS::ApiGateway::UsagePlan')).toEqual({
      Description: 'Limits Stack/Api/acme',
      Throttle: { RateLimit: 10, BurstLimit: 20 },
      ApiStages: [{ ...world.stack.resolve({ ApiId: restApiId, Stage: deploymentStage.stageName }), Throttle: {} }],
    });
    expect(world.stack.resolve(acme.usagePlan.usagePlanId)).toEqual({ Ref: expect.stringContaining('UsagePlan') });
  });

  test('has the limits that it is given, in all, by day and by route', () => {
    const world = worldOf(kind);
    world.acme({
      rateLimit: 5,
      burstLimit: 7,
      quota: { limit: 1000, period: apigateway.Period.DAY },
      methodLimits: [{ route: world.route, rateLimit: 1, burstLimit: 2 }],
    });
    const plan = world.one('AWS::ApiGateway::UsagePlan');
    expect(plan).toMatchObject({ Throttle: { RateLimit: 5, BurstLimit: 7 }, Quota: { Limit: 1000, Period: 'DAY' } });
    expect(plan.ApiStages[0].Throttle).toEqual({ '/orders/GET': { RateLimit: 1, BurstLimit: 2 } });
  });

  test('has no stage while it is suspended, so that its key opens nothing', () => {
    const world = worldOf(kind);
    world.acme({ suspended: true, methodLimits: [{ route: world.route, rateLimit: 1, burstLimit: 2 }] });
    expect(world.one('AWS::ApiGateway::UsagePlan').ApiStages).toBeUndefined();
  });

  test('has a key that rotates, which whoever is granted it can read', () => {
    const world = worldOf(kind);
    const acme = world.acme({ rateLimit: 1, rotateEvery: Duration.days(7), overlap: Duration.hours(2) });
    acme.grantReadKey(world.role);
    expect(world.one('AWS::SecretsManager::RotationSchedule').RotationRules.ScheduleExpression).toBe('rate(7 days)');
    expect(identityStatements(world.stack)).toContainEqual({
      Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], Effect: 'Allow', Resource: world.stack.resolve(acme.secret.secret.secretArn),
    });
    expect(JSON.stringify(world.all('AWS::ApiGateway::ApiKey'))).not.toContain('Value');
  });

  test('has a rotation that knows when it ends, and warns before', () => {
    const world = worldOf(kind);
    const acme = world.acme({ expires: '2027-06-30' });
    if (kind === 'role') acme.grantInvoke(world.route);
    const ends = world.all('AWS::Lambda::Function').flatMap(({ Environment }) => Environment?.Variables.EXPIRES ?? []);
    expect(ends).toEqual(['2027-06-30']);
    expect(worldOf(kind).all('AWS::Lambda::Function').flatMap(({ Environment }) => Environment?.Variables.EXPIRES ?? [])).toEqual([]);
  });

  test('needs a route that asks for it together with a key', () => {
    const world = worldOf(kind, { route: { requireApiKey: false } });
    world.acme();
    expect(() => world.app.synth()).toThrow(/\[Stack\/Api\/acme\] 'access' must be what a route asks for together with a key, got no such route; add one with Authorization\./);
  });

  test('needs a route that asks for this access, and no other', () => {
    const issuers = [{ issuer: ISSUER, audiences: ['a'] }];
    const world = worldOf(kind, {
      route: { authorization: undefined },
      api: (stack) => ({ authorization: api.Authorization.oidc(new api.OidcAuthorizer(stack, 'Other', { issuers }), 'a') }),
    });
    const add = () => {
      world.acme();
      world.app.synth();
    };
    expect(add).toThrow(kind === 'bearerKey' ? "'access' must take keys of API Gateway from the header field X-API-Key as route 'GET /orders' does, got the authorizer" : 'got no such route');
  });
});

describe('a consumer with bearer keys', () => {
  test('has the same name for its keys in each stage of an app', () => {
    const holderIn = (id: string) => {
      const stack = new Stack(new Stage(new App(), id), 'Shop');
      const keys = new api.BearerKeyAuthorizer(stack, 'Keys', { prefix: 'shop' });
      const shop = new api.IntegrationApi(stack, 'Api', { authorization: api.Authorization.bearerKey(keys, 'orders:read') });
      shop.addConsumer('acme', { access: api.ConsumerAccess.bearerKey(keys), scopes: ['orders:read'] });
      return keys.node.children.map((child) => child.node.id).filter((child) => child.startsWith('acme-'));
    };
    expect(holderIn('Test')).toEqual([expect.stringMatching(/^acme-[0-9a-f]{10}$/)]);
    expect(holderIn('Test')).toEqual(holderIn('Production'));
  });

  test('is known by what its keys start with, and by its scopes', () => {
    const world = worldOf('bearerKey');
    world.acme({ cidrs: CIDRS, expires: '2027-06-30', scopes: ['orders:read', 'orders:write'], suspended: true });
    const [holder] = /(?<=&holder=)[0-9a-f]{10}/.exec(world.settings() ?? '')!;
    expect(world.settings()).toBe(`name=acme&holder=${holder}&from=192.0.2.0/24,2001:db8::/32&until=2027-06-30&scopes=orders:read,orders:write&suspended=true`);
    const rotator = world.all('AWS::Lambda::Function').find(({ Environment }) => Environment.Variables.PLAN_KEY_ID);
    expect(rotator.Environment.Variables).toMatchObject({ HOLDER: holder, KEY_PREFIX: 'shop' });
  });

  test('is metered by a key of API Gateway that stays when the bearer key rotates', () => {
    const world = worldOf('bearerKey');
    world.acme();
    expect(world.all('AWS::ApiGateway::ApiKey')).toEqual([{ Description: 'Meters Stack/Api/acme, and opens nothing', Enabled: true }]);
    expect(world.one('AWS::ApiGateway::UsagePlanKey')).toMatchObject({ KeyType: 'API_KEY', KeyId: { Ref: expect.stringContaining('MeteringKey') } });
  });

  test('may live in another stack than its authorizer, whose key policy names who makes hashes', () => {
    const app = new App();
    const home = new Stack(app, 'Home', { env });
    const keys = new api.BearerKeyAuthorizer(home, 'Keys', { prefix: 'shop' });
    const stack = new Stack(app, 'Stack', { env });
    const served = new api.IntegrationApi(stack, 'Api');
    served.addRoute(api.HttpMethod.GET, '/orders', { integration: integrationIn(stack), authorization: api.Authorization.bearerKey(keys, 'orders:read') });
    const acme = served.addConsumer('acme', { access: api.ConsumerAccess.bearerKey(keys), scopes: ['orders:read'] });
    expect(() => app.synth()).not.toThrow();
    expect(Stack.of(acme.secret)).toBe(home);
  });

  test('shares the authorizer with consumers of the same name of other APIs', () => {
    const world = worldOf('bearerKey');
    world.acme();
    const other = new api.IntegrationApi(world.stack, 'Other');
    const keys = world.stack.node.findChild('Keys') as api.BearerKeyAuthorizer;
    other.addRoute(api.HttpMethod.GET, '/orders', { integration: integrationIn(world.stack), authorization: api.Authorization.bearerKey(keys, 'a') });
    expect(() => other.addConsumer('acme', { access: world.access(), scopes: ['a'] })).not.toThrow();
    expect(world.all('AWS::ApiGateway::ApiKey')).toHaveLength(2);
  });

  test.each([[undefined], [[]]])('needs scopes, and has %j', (scopes) => {
    expect(() => worldOf('bearerKey').acme({ scopes })).toThrow(
      "[Stack/Api/acme] 'scopes' must name at least one for a consumer with bearer keys, got none; nothing else says what its keys are good for");
  });

  test('is granted no route, since its scopes say what it may call', () => {
    const world = worldOf('bearerKey');
    const acme = world.acme();
    expect(() => acme.grantInvoke(world.route)).toThrow(
      "[Stack/Api/acme] 'grantInvoke' must be for a consumer that a role signs for, got another; its scopes say what it may call");
  });
});

describe('a consumer with tokens', () => {
  test('is known by issuer and client', () => {
    const world = worldOf('token');
    world.acme({ cidrs: CIDRS, expires: '2027-06-30', scopes: ['orders:read'], suspended: true });
    expect(world.settings()).toBe('name=acme&issuer=https://login.example.com/&client=Partner&from=192.0.2.0/24,2001:db8::/32&until=2027-06-30&scopes=orders:read&suspended=true');
  });

  test('has what its tokens say, unless it names scopes', () => {
    const world = worldOf('token');
    world.acme();
    expect(world.settings()).toBe('name=acme&issuer=https://login.example.com/&client=Partner');
    expect(world.one('AWS::ApiGateway::RestApi').ApiKeySourceType).toBe('HEADER');
    expect(() => worldOf('token').acme({ scopes: [] })).toThrow("[Stack/Api/acme] 'scopes' must name at least one, got none; leave it out to let the consumer have what its tokens say");
  });

  test('may have a client that only deployment knows', () => {
    const world = worldOf('token');
    const client = new CfnParameter(world.stack, 'Client').valueAsString;
    world.acme({ access: world.access(client), cidrs: [new CfnParameter(world.stack, 'Range').valueAsString] });
    expect(world.settings()).toEqual({ 'Fn::Join': ['', ['name=acme&issuer=https://login.example.com/&client=', { Ref: 'Client' }, '&from=', { Ref: 'Range' }]] });
  });

  test('is no other consumer\'s client', () => {
    const world = worldOf('token');
    world.acme();
    expect(() => world.api.addConsumer('globex', { access: world.access() })).toThrow(
      "[Stack/Api/globex] 'access' must be of this consumer alone, got that of 'acme'; give each a client or a role of its own");
    expect(() => world.api.addConsumer('initech', { access: world.access('another') })).not.toThrow();
  });

  test.each([['client id'], ['a&suspended=false'], ['ä']])('refuses the client %j', (client) => {
    const world = worldOf('token');
    expect(() => world.acme({ access: world.access(client) })).toThrow(
      `[Stack/Api/acme] 'clientId' must be of letters, digits and -._~:/?#=, got '${client}'; a stage variable holds no other`);
  });

  describe('of several issuers', () => {
    const OTHER = 'https://other.example.com';
    function added(issuer?: string): string | undefined {
      const world = worldOf('token');
      const idp = new api.OidcAuthorizer(world.stack, 'Two', { issuers: [{ issuer: ISSUER, audiences: ['a'] }, { issuer: OTHER, audiences: ['a'] }] });
      world.api.addRoute(api.HttpMethod.GET, '/two', { integration: integrationIn(world.stack), authorization: api.Authorization.oidc(idp, 'a'), requireApiKey: true });
      world.acme({ access: api.ConsumerAccess.apiKeyWithToken(idp, 'client', issuer) });
      return world.settings();
    }

    test('says which', () => {
      expect(added(OTHER)).toBe('name=acme&issuer=https://other.example.com&client=client');
    });

    test.each([[undefined, 'none'], ['https://third.example.com', "'https://third.example.com'"]])('refuses %s', (issuer, got) => {
      expect(() => added(issuer)).toThrow(
        `[Stack/Api/acme] 'issuer' must be one of the authorizer's (${ISSUER}, ${OTHER}), got ${got}; say who issues the client's tokens`);
    });
  });
});

describe('a consumer with a role', () => {
  const invoke = (stack: Stack) => identityStatements(stack).filter(({ Action }) => Action === 'execute-api:Invoke');

  test('is not told to any authorizer, and is granted routes from its addresses and until its day', () => {
    const world = worldOf('role');
    world.acme({ cidrs: CIDRS, expires: '2027-06-30' }).grantInvoke(world.route);
    expect(world.settings()).toBeUndefined();
    expect(invoke(world.stack)).toEqual([expect.objectContaining({
      Effect: 'Allow',
      Resource: world.stack.resolve(world.route.method.methodArn),
      Condition: { IpAddress: { 'aws:SourceIp': CIDRS }, DateLessThan: { 'aws:CurrentTime': '2027-06-30T00:00:00Z' } },
    })]);
    expect(() => world.app.synth()).not.toThrow();
  });

  test('is granted routes without condition where it has none', () => {
    const world = worldOf('role');
    world.acme().grantInvoke(world.route);
    expect(invoke(world.stack)[0].Condition).toBeUndefined();
  });

  test('may have a role of another stack', () => {
    const world = worldOf('role');
    const other = new Stack(world.app, 'Partners', { env });
    const role = new iam.Role(other, 'Partner', { assumedBy: new iam.AccountPrincipal(env.account) });
    world.acme({ access: api.ConsumerAccess.apiKeyWithRole(role), cidrs: CIDRS }).grantInvoke(world.route);
    expect(() => world.app.synth()).not.toThrow();
    expect(world.stack.dependencies).toContain(other);
    expect(invoke(world.stack)).toEqual([expect.objectContaining({ Condition: { IpAddress: { 'aws:SourceIp': CIDRS } } })]);
  });

  test('has one policy for all routes that it is granted', () => {
    const world = worldOf('role');
    const other = world.api.addRoute(api.HttpMethod.GET, '/other', { integration: integrationIn(world.stack), authorization: api.Authorization.iam(), requireApiKey: true });
    const acme = world.acme();
    acme.grantInvoke(world.route);
    acme.grantInvoke(other);
    const arns = [world.route, other].map(({ method }) => method.methodArn);
    expect(invoke(world.stack).flatMap(({ Resource }) => Resource)).toEqual(world.stack.resolve(arns));
  });

  test('has a role to which policies can be added, since nothing else would bind it', () => {
    const world = worldOf('role');
    const foreign = iam.Role.fromRoleArn(world.stack, 'Foreign', 'arn:aws:iam::111122223333:role/partner', { mutable: false });
    const acme = world.acme({ access: api.ConsumerAccess.apiKeyWithRole(foreign), cidrs: CIDRS });
    expect(() => acme.grantInvoke(world.route)).toThrow(
      "[Stack/Api/acme] 'access' must have a role to which policies can be added, got 'Stack/Foreign', to which none can; import it as mutable, or write a policy of your own");
  });

  test('is granted nothing while it is suspended', () => {
    const world = worldOf('role');
    expect(world.acme({ suspended: true, expires: '2027-06-30' }).grantInvoke(world.route).success).toBe(false);
    expect(invoke(world.stack)).toEqual([]);
    expect(() => world.app.synth()).not.toThrow();
  });

  test('has addresses of the network behind an endpoint of a private API', () => {
    const world = worldOf('role', {
      api: (stack) => ({ vpcEndpoints: [ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Endpoint', { vpcEndpointId: 'vpce-1', port: 443 })] }),
    });
    world.acme({ cidrs: ['10.0.0.0/8'] }).grantInvoke(world.route);
    expect(invoke(world.stack)[0].Condition).toEqual({ IpAddress: { 'aws:VpcSourceIp': ['10.0.0.0/8'] } });
  });

  test.each<[Partial<api.ApiConsumerProps>, string]>([[{ cidrs: CIDRS }, 'cidrs'], [{ expires: '2027-06-30' }, 'expires']])('with %j needs a grant, which alone enforces it', (props, prop) => {
    const world = worldOf('role');
    world.acme(props);
    expect(() => world.app.synth()).toThrow(`[Stack/Api/acme] '${prop}' must be enforced by the policy of the role, got no grant; let the role call by grantInvoke, or leave it out`);
  });

  test('refuses scopes', () => {
    expect(() => worldOf('role').acme({ scopes: ['orders:read'] })).toThrow(
      "[Stack/Api/acme] 'scopes' must be left out for a consumer that a role signs for, got orders:read; grant it the routes by grantInvoke");
  });

  test('refuses to be granted what is not metered, not signed, not of this API, or nothing', () => {
    const world = worldOf('role');
    const acme = world.acme();
    const integration = integrationIn(world.stack);
    const idp = new api.OidcAuthorizer(world.stack, 'Tokens', { issuers: [{ issuer: ISSUER, audiences: ['a'] }] });
    const unmetered = world.api.addRoute(api.HttpMethod.GET, '/free', { integration, authorization: api.Authorization.iam() });
    const tokens = world.api.addRoute(api.HttpMethod.GET, '/tokens', { integration, authorization: api.Authorization.oidc(idp, 'a'), requireApiKey: true });
    const foreign = new api.IntegrationApi(world.stack, 'Other').addRoute(api.HttpMethod.GET, '/other', { integration, authorization: api.Authorization.iam(), requireApiKey: true });
    const at = '[Stack/Api/acme] ';
    expect(() => acme.grantInvoke(unmetered)).toThrow(`${at}'routes' must require a key, got 'GET /free'; set its 'requireApiKey', since a usage plan counts nothing else`);
    expect(() => acme.grantInvoke(tokens)).toThrow(`${at}'routes' must take signatures, got 'GET /tokens'; give it Authorization.iam`);
    expect(() => acme.grantInvoke(foreign)).toThrow(`${at}'routes' must be of API Stack/Api, got 'GET /other' of Stack/Other/Resource; name a route of it`);
    expect(() => acme.grantInvoke()).toThrow(`${at}'routes' must name at least one, got none; name what the consumer may call`);
  });

  test('is of the account of the API, as far as that is known', () => {
    const world = worldOf('role');
    const foreign = iam.Role.fromRoleArn(world.stack, 'Foreign', 'arn:aws:iam::444455556666:role/partner');
    expect(() => world.acme({ access: api.ConsumerAccess.apiKeyWithRole(foreign) })).toThrow(
      "[Stack/Api/acme] 'role' must be of account 111122223333, got one of 444455556666; give that account a role here to assume, or another access");
    const agnostic = worldOf('role', { stack: {} });
    expect(() => agnostic.acme({ access: api.ConsumerAccess.apiKeyWithRole(iam.Role.fromRoleArn(agnostic.stack, 'Foreign', 'arn:aws:iam::444455556666:role/partner')) })).not.toThrow();
  });

  test('is no other consumer\'s role', () => {
    const world = worldOf('role');
    world.acme();
    expect(() => world.api.addConsumer('globex', { access: world.access() })).toThrow("[Stack/Api/globex] 'access' must be of this consumer alone, got that of 'acme'");
    expect(() => world.api.addConsumer('initech', { access: world.access('Other') })).not.toThrow();
  });
});

describe('an API', () => {
  test.each(['Acme', 'acme_1', '1acme', '', 'a'.repeat(41), Token.asString({ Ref: 'Name' })])('refuses a consumer named %j', (name) => {
    const world = worldOf('token');
    expect(() => world.api.addConsumer(name, { access: world.access() })).toThrow(
      `[Stack/Api] 'name' must be 1 to 40 lower-case letters, digits and hyphens, a letter first, got '${name}'; write for example 'acme'`);
  });

  test('has one consumer of a name', () => {
    const world = worldOf('token');
    world.acme();
    expect(() => world.acme({ access: world.access('another') })).toThrow("[Stack/Api] 'name' must be of one consumer, got 'acme' again; name each of them otherwise");
  });

  test('takes keys from one source, so that consumers with bearer keys have an API of their own', () => {
    const world = worldOf('token');
    world.acme();
    const keys = new api.BearerKeyAuthorizer(world.stack, 'Others', { prefix: 'shop' });
    expect(() => world.api.addConsumer('globex', { access: api.ConsumerAccess.bearerKey(keys), scopes: ['a'] })).toThrow(
      "[Stack/Api/globex] 'access' must take keys of API Gateway from the header field X-API-Key as route 'GET /orders' does, got the authorizer; "
      + 'an API has one source of keys, so let another API serve the other');
  });

  test('has a hundred routes with scopes and consumers together', () => {
    const world = worldOf('token');
    for (let number = 1; number < 100; number++) {
      world.api.addRoute(api.HttpMethod.GET, `/${number}`, { integration: integrationIn(world.stack), authorization: api.Authorization.oidc(world.stack.node.findChild('Idp') as api.OidcAuthorizer, 'a') });
    }
    expect(() => world.acme()).toThrow(
      "[Stack/Api/acme] 'name' must be within the 100 stage variables of an API, one for each route with scopes and each consumer, got 101; serve the others by another API");
  });

  test('asks for no key where it does not ask who calls', () => {
    const world = worldOf('token');
    const withoutAuthorization = core.Waiver.because('health checks come from anywhere', { owner: 'edi-team', expires: '2027-01-31' });
    expect(() => world.api.addRoute(api.HttpMethod.GET, '/health', {
      integration: integrationIn(world.stack), withoutAuthorization, requireApiKey: true,
    })).toThrow("[Stack/Api] 'requireApiKey' of route 'GET /health' must come with an authorization, got a waiver of it; a key tells who calls and proves it to nobody");
  });

  test('without consumers and keys is as it was', () => {
    const world = worldOf('token', { route: { requireApiKey: false } });
    expect(world.one('AWS::ApiGateway::RestApi').ApiKeySourceType).toBeUndefined();
    expect(world.one('AWS::ApiGateway::Method').ApiKeyRequired).toBeUndefined();
  });
});
