import type { IntakeSettings } from './intake';
import { isRegime, Regime, REGIMES } from '../../formats/incident-regimes';
import { Environment, list, tableName } from '../shared/environment';

const DOMAIN = /^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/;

/**
 * Reads `TABLE_NAME`, `REGIMES`, each a name that is known or a regime as a whole, and `MAIL_DOMAINS`, which is absent where no mail is taken;
 * throws, saying what is wrong, so that the function does not start.
 */
export function parseIntakeSettings(environment: Environment): IntakeSettings & { readonly table: string } {
  return {
    table: tableName(environment),
    regimes: list(environment, 'REGIMES', isRegimeOrName, 'regimes').map((regime) => typeof regime === 'string' ? REGIMES[regime] : regime),
    ...environment.MAIL_DOMAINS === undefined ? {} : { mail: { senderDomains: list(environment, 'MAIL_DOMAINS', isDomain, 'domains') } },
  };
}

function isRegimeOrName(value: unknown): value is keyof typeof REGIMES | Regime {
  return typeof value === 'string' ? Object.hasOwn(REGIMES, value) : isRegime(value);
}

function isDomain(value: unknown): value is string {
  return typeof value === 'string' && DOMAIN.test(value);
}
