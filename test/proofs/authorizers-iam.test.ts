import { App, Stack, Stage } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { environmentsOf } from './iam/assembly';
import { Handler } from './iam/handlers';
import { prove } from './iam/prove';
import { api, foundation } from '../../src';
import { DpopIssuer, exerciseDpop, tableOfProofs } from '../runtime-e2e/dpop-cloud';
import { exerciseIntrospection, secretOfCredentials } from '../runtime-e2e/introspection-cloud';

/** Authorizers in a stack of their own, as in the example; what they share is in another one. */
function authorizers(): App {
  const app = new App({ analyticsReporting: false });
  const stage = new Stage(app, 'Live', { env: { account: '111111111111', region: 'eu-west-1' } });
  const shared = new foundation.Foundation(new Stack(stage, 'Shared'), 'Foundation');
  const stack = new Stack(stage, 'Apis');
  new api.OidcAuthorizer(stack, 'Proving', {
    foundation: shared,
    issuers: [{ issuer: 'https://login.example.com/', audiences: ['orders'] }],
    senderConstraint: api.SenderConstraint.dpop({ origins: ['https://api.example.com'] }),
  });
  new api.IntrospectionAuthorizer(stack, 'Opaque', {
    foundation: shared,
    issuer: 'https://localhost/',
    endpoint: 'https://localhost:1/introspect',
    audiences: ['orders'],
    clientCredentials: new secretsmanager.Secret(stack, 'Credentials', { encryptionKey: shared.key(foundation.DataDomain.SECRETS) }),
  });
  return app;
}

test('authorizers may do what they do, and nothing else', async () => {
  let issuer: DpopIssuer;
  const handlers: Record<string, Handler> = {
    'Apis/Proving/Function': {
      prepare: async () => issuer = await DpopIssuer.start(),
      cloud: tableOfProofs,
      exercise: (bundle) => exerciseDpop(bundle, issuer),
    },
    'Apis/Opaque/Function': {
      cloud: () => secretOfCredentials(() => '{"clientId":"api","clientSecret":"example"}'),
      exercise: exerciseIntrospection,
    },
  };
  const said: string[] = [];
  const { holds } = await prove(environmentsOf(authorizers().synth()), handlers, (line) => said.push(line));
  expect(said.filter((line) => line.startsWith('  '))).toEqual([]);
  expect(holds).toBe(true);
}, 120_000);
