import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { env, integrationIn, Kind, worldOf } from './consumer-world';
import { api, foundation, policy } from '../../src';
import { check, RULES } from '../../src/rules';
import { nagPacks } from '../nag-packs';

/** Consumers of each kind, with everything that they can have, among one or two stacks. */
function everythingIn(home: Stack, stack: Stack): void {
  const shared = new foundation.Foundation(home, 'Shared');
  const keys = new api.BearerKeyAuthorizer(home, 'Keys', { prefix: 'shop', foundation: shared });
  const idp = new api.OidcAuthorizer(home, 'Idp', { foundation: shared, issuers: [{ issuer: 'https://login.example.com/', audiences: ['https://api.example.com'] }] });
  const integration = integrationIn(stack);
  const limits = { cidrs: ['192.0.2.0/24'], expires: '2027-06-30' };

  const scoped = new api.IntegrationApi(stack, 'Scoped', { foundation: shared });
  const route = scoped.addRoute(api.HttpMethod.GET, '/orders', { integration, authorization: api.Authorization.bearerKey(keys, 'orders:read') });
  scoped.addConsumer('acme', {
    access: api.ConsumerAccess.bearerKey(keys), scopes: ['orders:read'], methodLimits: [{ route, rateLimit: 1, burstLimit: 2 }], ...limits,
  });

  const metered = new api.IntegrationApi(stack, 'Metered', { foundation: shared });
  metered.addRoute(api.HttpMethod.GET, '/orders', { integration, authorization: api.Authorization.oidc(idp, 'orders:read'), requireApiKey: true });
  const signed = metered.addRoute(api.HttpMethod.GET, '/signed', { integration, authorization: api.Authorization.iam(), requireApiKey: true });
  metered.addConsumer('globex', { access: api.ConsumerAccess.apiKeyWithToken(idp, 'globex'), suspended: true });
  const role = new iam.Role(stack, 'Partner', { assumedBy: new iam.AccountPrincipal(env.account) });
  metered.addConsumer('initech', { access: api.ConsumerAccess.apiKeyWithRole(role), ...limits }).grantInvoke(signed);
}

describe.each([['one stack', 1], ['two stacks', 2]])('consumers in %s', (_where, number) => {
  function stacks(): { app: App; all: Stack[] } {
    const app = new App();
    const all = ['Home', 'Stack'].slice(0, number).map((name) => new Stack(app, name, { env }));
    everythingIn(all[0], all[number - 1]);
    return { app, all };
  }

  test('violate no control', () => {
    const { app, all } = stacks();
    app.synth();
    const templates = all.map((stack) => ({ name: stack.stackName, template: Template.fromStack(stack).toJSON(), ...env }));
    expect(check(templates, RULES).filter(({ finding }) => finding !== '')).toEqual([]);
  });

  test('violate no rule of cdk-nag without saying why', () => {
    const { app } = stacks();
    policy.IntegrationPolicy.enforce(app, { asOf: '2026-11-24', packs: nagPacks() });
    expect(() => app.synth()).not.toThrow();
  });
});

test.each<[Kind, number]>([['bearerKey', 28], ['role', 28], ['token', 26]])('a further consumer by %s takes %d resources', (kind, number) => {
  const counts = [1, 2].map((consumers) => {
    const world = worldOf(kind);
    ['Partner', 'Other'].slice(0, consumers).forEach((partner, index) => {
      const scopes = kind === 'bearerKey' ? ['orders:read'] : undefined;
      world.api.addConsumer(`consumer-${index}`, { access: world.access(partner), scopes });
    });
    // The role is the user's own.
    const ofUser = (type: string, id: string) => type === 'AWS::IAM::Role' && /^(Partner|Other)/.test(id);
    const { Resources } = Template.fromStack(world.stack).toJSON() as { Resources: Record<string, { Type: string }> };
    return Object.entries(Resources).filter(([id, { Type }]) => !ofUser(Type, id)).length;
  });
  expect(counts[1] - counts[0]).toBe(number);
});
