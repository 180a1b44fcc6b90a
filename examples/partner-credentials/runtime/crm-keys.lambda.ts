import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readClientCredentials } from './client-credentials';
import { CrmClient } from './crm-client';
import { crmKeys } from './crm-keys';

const secrets = new SecretsManagerClient({});
const { CRM_SCOPE = '', CRM_URL = '', SECRET_ARN, TOKEN_ENDPOINT = '' } = process.env;

export const handler = crmKeys({
  crm: new CrmClient({
    url: CRM_URL,
    tokenEndpoint: TOKEN_ENDPOINT,
    scope: CRM_SCOPE,
    credentials: async () => readClientCredentials((await secrets.send(new GetSecretValueCommand({ SecretId: SECRET_ARN }))).SecretString),
  }),
  now: Date.now,
});
