import { App, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { api, policy, secrets } from '../../src';
import { nagPacks } from '../nag-packs';

/** One API with a route for each way of asking for tokens, under the policy and the packs of cdk-nag. */
function guarded(): { readonly app: App; readonly stack: Stack } {
  const app = new App({ analyticsReporting: false });
  policy.IntegrationPolicy.enforce(app, { asOf: '2026-11-25', packs: nagPacks() });
  const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const issuers = [{ issuer: 'https://login.example.com/', audiences: ['https://api.example.com'] }];
  const origins = ['https://api.example.com'];
  const certificateArn = 'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555';
  const authorizations = {
    '/proving': api.Authorization.oidc(new api.OidcAuthorizer(stack, 'Proving', { issuers, senderConstraint: api.SenderConstraint.dpop({ origins }) }), 'read'),
    '/bound': api.Authorization.oidc(new api.OidcAuthorizer(stack, 'Bound', { issuers, senderConstraint: api.SenderConstraint.mutualTls() }), 'read'),
    '/opaque': api.Authorization.introspection(new api.IntrospectionAuthorizer(stack, 'Opaque', {
      issuer: 'https://login.example.com/',
      endpoint: 'https://login.example.com/introspect',
      audiences: ['https://api.example.com'],
      clientCredentials: new secrets.RotatingSecret(stack, 'Credentials', { strategy: secrets.RotationStrategy.webhookSecret() }).secret,
    }), 'read'),
  };
  const served = new api.IntegrationApi(stack, 'Api', {
    domain: new api.ApiDomain(stack, 'Domain', {
      domainName: 'api.example.com',
      certificate: acm.Certificate.fromCertificateArn(stack, 'Certificate', certificateArn),
      trustStore: { bucket: s3.Bucket.fromBucketName(stack, 'Trust', 'trust'), key: 'roots.pem', version: 'v1' },
    }),
  });
  const integration = api.Integration.upstream(apigateway.VpcLink.fromVpcLinkId(stack, 'Link', 'link-1'), 'https://orders.internal');
  for (const [path, authorization] of Object.entries(authorizations)) served.addRoute(api.HttpMethod.GET, path, { integration, authorization });
  return { app, stack };
}

test('authorizers of every kind pass the policy and the packs of cdk-nag', () => {
  expect(() => guarded().app.synth()).not.toThrow();
}, 60_000);

test('and would not, had they something against them', () => {
  const { app, stack } = guarded();
  new sqs.Queue(stack, 'Plain');
  jest.spyOn(console, 'error').mockImplementation();
  expect(() => app.synth()).toThrow();
}, 60_000);
