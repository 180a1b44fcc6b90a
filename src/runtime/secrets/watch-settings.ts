import { milliseconds } from './settings';
import { Environment } from '../shared/environment';

/** What is declared of a secret that is watched. */
export interface WatchSettings {
  readonly secretArn: string;
  /** Age at which a rotation is overdue. */
  readonly maxAgeMilliseconds: number;
  /** The AWS service that owns and rotates the secret; undefined for a secret of the account's own. */
  readonly owningService?: string;
  /** Whether the secret was made with a placeholder, for which somebody has to put the credential. */
  readonly startsWithPlaceholder: boolean;
}

/** As in `settings.ts`, and `rds!db-…`: a service's own secrets have its id and an exclamation mark in front. */
const SECRET_ARN = /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@!-]+-[A-Za-z0-9]{6}$/;

/** Ids of services are lower case, `rds` for example. */
const SERVICE = /^[a-z][a-z0-9-]{0,63}$/;

/**
 * Reads `SECRET_ARN`, `MAX_AGE_SECONDS`, `OWNING_SERVICE` and `STARTS_WITH_PLACEHOLDER`, of which the last two may be absent; throws, saying
 * what is wrong, so that the function does not start.
 */
export function parseWatchSettings(environment: Environment): WatchSettings {
  const { SECRET_ARN: secretArn = '', OWNING_SERVICE: owningService, STARTS_WITH_PLACEHOLDER: placeholder = 'false' } = environment;
  if (!SECRET_ARN.test(secretArn)) throw new Error('SECRET_ARN must be the complete ARN of a secret');
  if (owningService !== undefined && !SERVICE.test(owningService)) throw new Error('OWNING_SERVICE must be the id of a service, or absent');
  if (!['true', 'false'].includes(placeholder)) throw new Error('STARTS_WITH_PLACEHOLDER must be true or false');
  return { secretArn, maxAgeMilliseconds: milliseconds(environment, 'MAX_AGE_SECONDS'), owningService, startsWithPlaceholder: placeholder === 'true' };
}
