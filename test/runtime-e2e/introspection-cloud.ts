import { Answer, RunningBundle, SeenRequest } from './bundle';
import { outcomeOf, requestWith } from './dpop-cloud';

/** Stands in for Secrets Manager, which has one secret with credentials for an issuer. */
export function secretOfCredentials(text: () => string): (request: SeenRequest) => Answer {
  return ({ headers }) => {
    if (headers['x-amz-target'] !== 'secretsmanager.GetSecretValue') throw new Error(`Secrets Manager stands in for no ${String(headers['x-amz-target'])}`);
    return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify({ SecretString: text() }) };
  };
}

/** Everything that an authorizer with introspection does in AWS: it reads its secret, for the first token; the issuer need not be there. */
export async function exerciseIntrospection(bundle: RunningBundle): Promise<void> {
  const outcome = await outcomeOf(bundle, requestWith({ Authorization: 'Bearer opaque' }));
  if (outcome !== 'the issuer does not say whether the token is good') throw new Error(`the authorizer judged a token without its issuer: ${outcome}`);
}
