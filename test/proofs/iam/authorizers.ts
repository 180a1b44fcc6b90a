import { App, Stack, Stage } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ProvedExample } from './examples';
import { api, foundation } from '../../../src';
import { DpopIssuer, exerciseDpop, tableOfProofs } from '../../runtime-e2e/dpop-cloud';
import { exerciseIntrospection, secretOfCredentials } from '../../runtime-e2e/introspection-cloud';

let issuer: DpopIssuer;

/** The authorizers that ask AWS for something, in a stack of their own; what they share is in another one. */
export const AUTHORIZERS: ProvedExample = {
  name: 'authorizers',
  handlers: {
    'Apis/Proving/Function': {
      prepare: async () => issuer = await DpopIssuer.start(),
      cloud: () => tableOfProofs(),
      exercise: (bundle) => exerciseDpop(bundle, issuer),
    },
    'Apis/Opaque/Function': {
      cloud: () => secretOfCredentials(() => '{"clientId":"api","clientSecret":"example"}'),
      exercise: (bundle) => exerciseIntrospection(bundle),
    },
  },
  addTo(app: App) {
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
  },
};
