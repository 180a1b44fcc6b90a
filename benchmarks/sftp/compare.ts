import { Shipped, startsOf } from '../frame/starts';

const TABLES = { PARTNERS_TABLE: 'partners', ACTIVITY_TABLE: 'activity' };
const LOCKOUT = { LOCKOUT_FAILURES: '5', LOCKOUT_WINDOW_SECONDS: '600', LOCKOUT_SECONDS: '900' };

const HANDLERS: readonly Shipped[] = [{
  name: 'identity provider',
  bundle: 'sftp/identity-provider',
  empty: 'sftp/empty-identity-provider',
  environment: {
    ...TABLES,
    ...LOCKOUT,
    CREDENTIALS_TABLE: 'credentials',
    AUTHENTICATION: 'PUBLIC_KEY_AND_PASSWORD',
    ROLE_PREFIX: 'arn:aws:iam::111122223333:role/sftp/c8f3/',
    CACHE_SECONDS: '0',
  },
}];

/** Compares what logs partners in with an empty handler of the same client; Markdown. Compiled code is in `directory`. */
export function compareSftp(directory: string): string {
  return `## SFTP\n${startsOf(HANDLERS, directory)}`;
}
