import { CfnParameter, Duration, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { integrationIn, worldOf } from './consumer-world';
import { api } from '../../src';

describe('limits', () => {
  test.each<[Partial<api.ApiConsumerProps>, string]>([
    [{ rateLimit: 0 }, "'rateLimit' must be a whole number between 1 and 10000, got 0; choose one in that range"],
    [{ burstLimit: 5001 }, "'burstLimit' must be a whole number between 1 and 5000, got 5001; choose one in that range"],
    [{ quota: { limit: 0, period: apigateway.Period.DAY } }, "'quota.limit' must be a whole number between 1 and 9007199254740991, got 0; choose one in that range"],
    [{ cidrs: [] }, "'cidrs' must name at least one, got none; leave it out to let the consumer call from any address"],
    [{ cidrs: ['192.0.2.0/33'] }, "'cidrs' must have ranges of addresses in CIDR notation, got '192.0.2.0/33'; write for example '192.0.2.0/24'"],
    [{ cidrs: ['192.0.2.0'] }, "'cidrs' must have ranges of addresses in CIDR notation, got '192.0.2.0'; write for example '192.0.2.0/24'"],
    [{ cidrs: ['fe80::1%eth0/64'] }, "'cidrs' must have ranges of addresses in CIDR notation, got 'fe80::1%eth0/64'; write for example '192.0.2.0/24'"],
    [{ cidrs: ['0.0.0.0/0'] }, "'cidrs' must have ranges of addresses in CIDR notation, got '0.0.0.0/0'; write for example '192.0.2.0/24'"],
    [{ cidrs: ['::ffff:192.0.2.0/120'] }, "'cidrs' must have ranges of addresses in CIDR notation, got '::ffff:192.0.2.0/120'; write for example '192.0.2.0/24'"],
    [{ cidrs: ['::ffff:0:0/96'] }, "'cidrs' must have ranges of addresses in CIDR notation, got '::ffff:0:0/96'; write for example '192.0.2.0/24'"],
    [{ cidrs: Token.asList({ Ref: 'Ranges' }) }, "'cidrs' must be a list of known length, got one that only deployment knows; name each range, each of which may be a token"],
    [{ scopes: Token.asList({ Ref: 'Scopes' }) }, "'scopes' must be a list of known length, got one that only deployment knows; name each scope, each of which may be a token"],
    [{ expires: '2027-02-30' }, "'expires' must be a date of the calendar, YYYY-MM-DD, got '2027-02-30'; write for example '2027-06-30'"],
    [{ expires: '2027-06-30T00:00:00Z' }, "'expires' must be a date of the calendar, YYYY-MM-DD, got '2027-06-30T00:00:00Z'; write for example '2027-06-30'"],
    [{ scopes: ['orders read'] }, "'scopes' must be of letters, digits and -._~:/?#=, got 'orders read'; a stage variable holds no other"],
    [{ scopes: ['a&suspended=false'] }, "'scopes' must be of letters, digits and -._~:/?#=, got 'a&suspended=false'; a stage variable holds no other"],
    [{ scopes: ['a,b'] }, "'scopes' must be of letters, digits and -._~:/?#=, got 'a,b'; a stage variable holds no other"],
    [{ scopes: ['x'.repeat(500)] }, "'cidrs' and 'scopes' must leave the stage variable of the consumer 512 characters at most, got 566; name fewer"],
    [{ scopes: [Token.asString({ Ref: 'Scope' }), 'x'.repeat(500)] }, "'cidrs' and 'scopes' must leave the stage variable of the consumer 512 characters at most, got 567; name fewer"],
    [{ maxDenials: 0 }, "'maxDenials' must be a whole number between 1 and 9007199254740991, got 0; choose one in that range"],
    [{ surgeAt: 0 }, "'surgeAt' must be a whole number between 1 and 9007199254740991, got 0; choose one in that range"],
    [{ silence: Duration.minutes(90) }, "'silence' must be between 1 and 168 hours, got Duration.minutes(90); choose a whole number of hours in that range"],
    [{ silence: Duration.days(8) }, "'silence' must be between 1 and 168 hours, got Duration.days(8); choose a whole number of hours in that range"],
  ])('refuses %j', (props, message) => {
    expect(() => worldOf('token').acme(props)).toThrow(`[Stack/Api/acme] ${message}`);
  });

  test('of routes are of routes of the API that need a key, once each', () => {
    const world = worldOf('token');
    const integration = integrationIn(world.stack);
    const authorization = api.Authorization.iam();
    const limit = (route: api.Route, rateLimit = 1) => () => world.acme({ methodLimits: [{ route, rateLimit, burstLimit: 1 }] });
    const foreign = new api.IntegrationApi(world.stack, 'Other').addRoute(api.HttpMethod.GET, '/other', { integration, authorization, requireApiKey: true });
    expect(limit(foreign)).toThrow("[Stack/Api/acme] 'methodLimits' must be of API Stack/Api, got 'GET /other' of Stack/Other/Resource; name a route of it");
  });

  test('of routes are above nothing', () => {
    const world = worldOf('token');
    expect(() => world.acme({ methodLimits: [{ route: world.route, rateLimit: 0, burstLimit: 1 }] })).toThrow(
      "[Stack/Api/acme] 'rateLimit of route 'GET /orders'' must be a whole number between 1 and 10000, got 0; choose one in that range");
  });

  test('of routes are one for each', () => {
    const world = worldOf('token');
    const limit = { route: world.route, rateLimit: 1, burstLimit: 1 };
    expect(() => world.acme({ methodLimits: [limit, limit] })).toThrow("[Stack/Api/acme] 'methodLimits' must limit each route once, got 'GET /orders' twice; leave one out");
  });

  test('of routes are of those that need a key', () => {
    const world = worldOf('token');
    const free = world.api.addRoute(api.HttpMethod.GET, '/free', { integration: integrationIn(world.stack), authorization: api.Authorization.iam() });
    expect(() => world.acme({ methodLimits: [{ route: free, rateLimit: 1, burstLimit: 1 }] })).toThrow(
      "[Stack/Api/acme] 'methodLimits' must require a key, got 'GET /free'; set its 'requireApiKey', since a usage plan counts nothing else");
  });

  test('may be what only deployment knows', () => {
    const world = worldOf('token');
    const rateLimit = new CfnParameter(world.stack, 'Rate', { type: 'Number' }).valueAsNumber;
    world.acme({ rateLimit, surgeAt: 100, expires: new CfnParameter(world.stack, 'Day').valueAsString });
    expect(world.one('AWS::ApiGateway::UsagePlan').Throttle.RateLimit).toEqual({ Ref: 'Rate' });
    expect(() => world.api.addConsumer('globex', { access: world.access('another'), rateLimit })).toThrow(
      "[Stack/Api/globex] 'surgeAt' must be given where deployment alone knows 'rateLimit', got none; say how many requests in five minutes are too many");
  });
});
