import type { LockoutPolicy } from './lockout';
import { Environment, matching, tableName, whole } from '../shared/environment';

/** How a server has its users prove who they are (AWS Transfer Family API Reference, "IdentityProviderDetails"); never by a password alone. */
export type Authentication = 'PUBLIC_KEY' | 'PUBLIC_KEY_AND_PASSWORD';

/** What an identity provider is configured with. */
export interface IdentityProviderSettings {
  readonly partnersTable: string;
  readonly activityTable: string;
  readonly authentication: Authentication;
  /** Where passwords are asked for. */
  readonly credentialsTable?: string;
  /** What the ARNs of roles begin with that a partner may get, up to the slash before their name. */
  readonly rolePrefix: string;
  readonly lockout: LockoutPolicy;
  readonly cacheSeconds: number;
}

const AUTHENTICATION = /^PUBLIC_KEY(?:_AND_PASSWORD)?$/;
const ROLE_PREFIX = /^arn:aws[a-z-]*:iam::\d{12}:role\/(?:[\w+=,.@-]+\/)+$/;
const DAY_SECONDS = 86_400;

/** Reads `AUTHENTICATION`; throws, saying what is wrong. */
export function authenticationOf(environment: Environment): Authentication {
  return matching(environment, 'AUTHENTICATION', AUTHENTICATION, 'PUBLIC_KEY or PUBLIC_KEY_AND_PASSWORD') as Authentication;
}

/**
 * Reads `PARTNERS_TABLE`, `ACTIVITY_TABLE`, `AUTHENTICATION`, `CREDENTIALS_TABLE` where there are passwords, `ROLE_PREFIX`, `LOCKOUT_FAILURES`,
 * `LOCKOUT_WINDOW_SECONDS`, `LOCKOUT_SECONDS` and `CACHE_SECONDS`; throws, saying what is wrong, so that the function does not start.
 */
export function parseIdentityProviderSettings(environment: Environment): IdentityProviderSettings {
  const authentication = authenticationOf(environment);
  return {
    partnersTable: tableName(environment, 'PARTNERS_TABLE'),
    activityTable: tableName(environment, 'ACTIVITY_TABLE'),
    authentication,
    ...authentication === 'PUBLIC_KEY_AND_PASSWORD' && { credentialsTable: tableName(environment, 'CREDENTIALS_TABLE') },
    rolePrefix: matching(environment, 'ROLE_PREFIX', ROLE_PREFIX, 'the ARN of roles up to the slash before their name, with a path'),
    lockout: {
      failures: whole(environment, 'LOCKOUT_FAILURES', 1, 100),
      windowMilliseconds: whole(environment, 'LOCKOUT_WINDOW_SECONDS', 1, DAY_SECONDS) * 1000,
      lockMilliseconds: whole(environment, 'LOCKOUT_SECONDS', 1, DAY_SECONDS) * 1000,
    },
    cacheSeconds: whole(environment, 'CACHE_SECONDS', 0, 60),
  };
}
