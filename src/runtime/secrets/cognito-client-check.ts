import { createHash, createHmac } from 'node:crypto';
import { CognitoIdentityProviderClient, InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider';
import { Refused } from './failures';
import { nameOf } from '../shared/error-name';

/** What a user pool answers to whoever presents a secret: a code, never a value. */
type Presentation = (secret: string) => Promise<string>;

/** The answer to a secret that is none of the client's, and those to one that is. */
interface Answers { readonly wrong: string; readonly right: readonly string[] }

/** RFC 6749, 5.2: `invalid_client` is a failed authentication, the others are said to a client whose authentication did not fail. */
const OF_TOKEN_ENDPOINT: Answers = { wrong: 'invalid_client', right: ['invalid_grant', 'unauthorized_client'] };

/**
 * With `PreventUserExistenceErrors` an unknown user gets a challenge that means nothing, without it `UserNotFoundException` (Amazon Cognito
 * Developer Guide, "Managing error responses"). A wrong hash is `NotAuthorizedException`.
 */
const OF_SIGN_IN: Answers = { wrong: 'NotAuthorizedException', right: ['challenge', 'UserNotFoundException'] };

/** How to present a secret. */
export interface CheckOptions {
  readonly clientId: string;
  readonly client: Pick<CognitoIdentityProviderClient, 'send'>;
  /** Of the pool's domain; without one, the first step of a sign-in is asked. */
  readonly tokenEndpoint?: string;
  readonly fetch: typeof fetch;
  readonly randomBytes: (size: number) => Buffer;
}

/**
 * Tells whether a secret is one of the client's, by what the pool answers to it and to a secret that cannot be.
 *
 * In which order a pool looks at the client and at the rest of a request is not documented. A pool that answers the wrong secret no other
 * way than the right one has proved nothing, and is refused as `probe-cannot-tell`. No user is signed in, and no token is issued.
 */
export function clientCheck(options: CheckOptions): (secret: string) => Promise<boolean> {
  const { wrong, right } = options.tokenEndpoint === undefined ? OF_SIGN_IN : OF_TOKEN_ENDPOINT;
  const ask = options.tokenEndpoint === undefined ? signIn(options) : requestToken(options, options.tokenEndpoint);
  return async (secret) => {
    const answer = await ask(secret);
    if (answer === wrong) return false;
    const control = await ask(createHash('sha256').update(secret).digest('hex'));
    if (control !== wrong || !right.includes(answer)) {
      throw new Refused('probe-cannot-tell', 'the user pool does not tell a right secret from a wrong one; see which sign-in flow the client allows');
    }
    return true;
  };
}

/** A refresh with a token that is none: who the client is comes first, and then there is nothing to refresh. */
function requestToken({ clientId, ...options }: CheckOptions, endpoint: string): Presentation {
  return async (secret) => {
    const response = await options.fetch(endpoint, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(5000),
      headers: {
        'authorization': `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'none', client_id: clientId }).toString(),
    });
    const { error } = Object(await response.json().catch(() => undefined)) as { error?: unknown };
    return typeof error === 'string' ? error : `status ${response.status}`;
  };
}

/** The first step of SRP for a user that does not exist. It needs no right: whoever knows the client may ask. */
function signIn({ clientId, client, randomBytes }: CheckOptions): Presentation {
  return async (secret) => {
    const user = randomBytes(16).toString('hex');
    const hash = createHmac('sha256', secret).update(user + clientId).digest('base64');
    try {
      await client.send(new InitiateAuthCommand({
        ClientId: clientId,
        AuthFlow: 'USER_SRP_AUTH',
        AuthParameters: { USERNAME: user, SECRET_HASH: hash, SRP_A: randomBytes(256).toString('hex') },
      }));
      return 'challenge';
    } catch (error) {
      if (![OF_SIGN_IN.wrong, ...OF_SIGN_IN.right, 'InvalidParameterException'].includes(nameOf(error))) throw error;
      return nameOf(error);
    }
  };
}
