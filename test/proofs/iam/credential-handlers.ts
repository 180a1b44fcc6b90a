import { Handler } from './handlers';
import { rotating } from './rotations';
import { RunningBundle } from '../../runtime-e2e/bundle';
import { CRM_CREDENTIALS, CrmServer, exerciseCrmKeys } from '../../runtime-e2e/crm-cloud';
import { DpopIssuer, exerciseDpop, outcomeOf, requestWith, tableOfProofs } from '../../runtime-e2e/dpop-cloud';
import { exerciseIntrospection, secretOfCredentials } from '../../runtime-e2e/introspection-cloud';
import { TokenEndpoint } from '../../runtime-e2e/token-endpoint';
import { exerciseWatch, watchCloud } from '../../runtime-e2e/watch-cloud';

const WATCH: Handler = { cloud: () => watchCloud(), exercise: exerciseWatch };

/** The handlers of partner-credentials, by the path of their function in an environment. */
export const CREDENTIAL_HANDLERS: Readonly<Record<string, Handler>> = {
  'Credentials/Crm/Adapter/Function': {
    prepare: () => CrmServer.start(),
    cloud: () => secretOfCredentials(() => JSON.stringify(CRM_CREDENTIALS)),
    exercise: exerciseCrmKeys,
  },
  'Credentials/Crm/Key/Function': rotating('third-party'),
  'Credentials/Identity/Credentials/Function': rotatingAtTokenEndpoint(),
  'Credentials/InboundSftp/acme.edi/Function': rotating('sftp-password'),
  'Credentials/Ledger/Master/Function': WATCH,
  'Credentials/Ledger/User/Function': WATCH,
  'Credentials/OutboundSftp/KeyPair/Function': rotating('sftp-connector-key-pair'),
  'Credentials/Salesforce/ClientSecret/Function': WATCH,
  'Payments/BanksApi/BoundTokens/Function': { cloud: () => () => ({ status: 500 }), exercise: refuseCaller },
  'Payments/MerchantsApi/Api/settlement/Secret/Function': rotating('api-key'),
  'Payments/MerchantsApi/BackOffices/Function': {
    cloud: () => secretOfCredentials(() => JSON.stringify(CRM_CREDENTIALS)),
    exercise: exerciseIntrospection,
  },
  'Payments/MerchantsApi/CashDesks/Function': provingHandler(),
  'Payments/Signing/Function': rotating('webhook-secret'),
};

/** A rotation whose secrets are tried at a token endpoint, which knows those that the function adds. */
function rotatingAtTokenEndpoint(): Handler {
  const rotation = rotating('cognito-client-secret');
  let endpoint: TokenEndpoint;
  return {
    ...rotation,
    prepare: async () => endpoint = await TokenEndpoint.start(),
    cloud(variables) {
      const cloud = rotation.cloud(variables);
      return (request) => {
        endpoint.hear(request);
        return cloud(request);
      };
    },
  };
}

function provingHandler(): Handler {
  let issuer: DpopIssuer;
  return {
    prepare: async () => issuer = await DpopIssuer.start(),
    cloud: () => tableOfProofs(),
    exercise: (bundle) => exerciseDpop(bundle, issuer),
  };
}

/** An authorizer that asks AWS for nothing refuses a caller without a token, which shows that it started. */
async function refuseCaller(bundle: RunningBundle): Promise<void> {
  const outcome = await outcomeOf(bundle, requestWith({}));
  if (outcome !== 'Unauthorized') throw new Error(`the authorizer did not refuse a caller without a token: ${outcome}`);
}
