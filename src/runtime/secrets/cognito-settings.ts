import { tryUrl } from '../../formats/url';
import { Environment } from '../shared/environment';

/** Which app client rotates, and where its secrets are tried. */
export interface CognitoSettings {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly tokenEndpoint?: string;
}

/** API Reference, "AddUserPoolClientSecret". */
const USER_POOL_ID = /^[\w-]{1,45}_[0-9a-zA-Z]{1,40}$/;
const CLIENT_ID = /^\w{1,128}$/;

/** Reads `USER_POOL_ID`, `CLIENT_ID` and, if there is one, `TOKEN_ENDPOINT`; throws, saying what is wrong. */
export function parseCognitoSettings(environment: Environment): CognitoSettings {
  const { USER_POOL_ID: userPoolId = '', CLIENT_ID: clientId = '', TOKEN_ENDPOINT: tokenEndpoint } = environment;
  if (!USER_POOL_ID.test(userPoolId)) throw new Error('USER_POOL_ID must be the id of a user pool');
  if (!CLIENT_ID.test(clientId)) throw new Error('CLIENT_ID must be the id of an app client');
  if (tokenEndpoint === undefined) return { userPoolId, clientId };
  const url = tryUrl(tokenEndpoint);
  if (url?.protocol !== 'https:' || url.username !== '' || url.pathname !== '/oauth2/token' || url.search !== '' || url.hash !== '') {
    throw new Error('TOKEN_ENDPOINT must be an https URL that ends in /oauth2/token');
  }
  return { userPoolId, clientId, tokenEndpoint };
}
