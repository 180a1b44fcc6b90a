import { Duration } from 'aws-cdk-lib';
import { RuntimePartners } from './runtime-partners';

/** What all users of an `SftpServer` have in common, whoever tells the server of them. */
export interface UsersOptions {
  /**
   * How far ahead of its deployment a key may expire at most, from 1 to 730 days: how long a partner may use the same one.
   *
   * @default Duration.days(180)
   */
  readonly maxKeyAge?: Duration;

  /**
   * How long a key may lie idle before an alert says so, from 7 to 365 days.
   *
   * @default Duration.days(60)
   */
  readonly staleAfter?: Duration;
}

/** Options of `SftpUsers.identityProvider`. */
export interface IdentityProviderOptions extends UsersOptions {
  /**
   * Asks for a password after the key. Each partner then has a `RotatingSecret`; the tables have a verifier of it alone.
   *
   * @default false
   */
  readonly requirePassword?: boolean;

  /**
   * Wrong passwords for one partner from one address, within `lockoutWindow`, that lock it out from there; from 3 to 100. Attempts from outside of
   * a partner's networks count for nobody, so that no outsider locks a partner out.
   *
   * @default 10
   */
  readonly lockoutFailures?: number;

  /**
   * Time in which failures are counted, from 1 minute to 1 day.
   *
   * @default Duration.minutes(15)
   */
  readonly lockoutWindow?: Duration;

  /**
   * How long a lockout lasts, from 1 minute to 1 day.
   *
   * @default Duration.minutes(15)
   */
  readonly lockoutDuration?: Duration;

  /**
   * How long the function may go by what it read of a partner before, up to 60 seconds: so long a key may still work that was taken away.
   *
   * @default - it reads at each login
   */
  readonly recordCache?: Duration;

  /**
   * Logins at once, from 1 to 1000; the account's concurrent executions that are set aside for them. Whoever exceeds it is turned away.
   *
   * @default 20
   */
  readonly reservedConcurrency?: number;

  /**
   * Instances of the function that are kept warm, for partners whose clients do not wait a second; at most `reservedConcurrency`. They cost money
   * whether or not anybody logs in.
   *
   * @default - none; the first login after a while takes about a second longer
   */
  readonly provisionedConcurrency?: number;

  /**
   * Lets operators add partners while the server runs. Not with `requirePassword`: those partners have no secret that rotates.
   *
   * @default - partners come from the template alone
   */
  readonly runtimePartners?: RuntimePartners;
}

/** Options of `SftpUsers.serviceManaged`. */
export interface ServiceManagedOptions extends UsersOptions {
  /**
   * Removes keys of users that no partner has. Without it an event tells of them, and they work on.
   *
   * @default true
   */
  readonly enforce?: boolean;
}
