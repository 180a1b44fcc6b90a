import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** Builds a reader of the current version of a secret. */
export function secretText(client: Pick<SecretsManagerClient, 'send'>, secretArn: string): () => Promise<string | undefined> {
  return async () => (await client.send(new GetSecretValueCommand({ SecretId: secretArn }))).SecretString;
}
