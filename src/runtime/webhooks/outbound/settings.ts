import { publicAddresses } from './address-policy';
import { tryNetwork } from '../../api/networks';

/** What the functions of a sender are configured with. */
export interface SenderSettings {
  readonly endpointTable: string;
  readonly deliveryTable: string;
  /** From name resolution to the last byte of the answer. */
  readonly timeoutMilliseconds: number;
  readonly retentionMilliseconds: number;
  /** Networks of one's own with public addresses, in CIDR notation. */
  readonly deniedNetworks: readonly string[];
  /** Domains of one's own, in lower case. */
  readonly deniedDomains: readonly string[];
  readonly ports: readonly number[];
}

const DAY_MILLISECONDS = 86_400_000;

const DOMAIN = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/;

/** Variables of a function. */
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads `ENDPOINT_TABLE`, `DELIVERY_TABLE` and, where there are any, `TIMEOUT_SECONDS`, `RETENTION_DAYS`, `DENIED_NETWORKS`, `DENIED_DOMAINS` and
 * `PORTS`, the last three JSON arrays; throws, saying what is wrong, so that the function does not start.
 *
 * 15 to 30 seconds is what Standard Webhooks advises for the timeout ("Delivery and retries").
 */
export function parseSenderSettings(environment: Environment): SenderSettings {
  const { ENDPOINT_TABLE: endpointTable, DELIVERY_TABLE: deliveryTable } = environment;
  if (!endpointTable) throw new Error('ENDPOINT_TABLE must name the table of endpoints');
  if (!deliveryTable) throw new Error('DELIVERY_TABLE must name the table of deliveries');
  const deniedNetworks = listOf(environment, 'DENIED_NETWORKS', [], (value) => typeof value === 'string' && tryNetwork(value) !== undefined);
  publicAddresses(deniedNetworks as readonly string[]); // a network that the policy does not take stops the start, too
  return {
    endpointTable,
    deliveryTable,
    timeoutMilliseconds: whole(environment, 'TIMEOUT_SECONDS', 20, 30) * 1000,
    retentionMilliseconds: whole(environment, 'RETENTION_DAYS', 30, 3650) * DAY_MILLISECONDS,
    deniedNetworks: deniedNetworks as readonly string[],
    deniedDomains: listOf(environment, 'DENIED_DOMAINS', [], (value) => typeof value === 'string' && DOMAIN.test(value)) as readonly string[],
    ports: listOf(environment, 'PORTS', [443], (value) => Number.isInteger(value) && Number(value) > 0 && Number(value) < 65_536) as readonly number[],
  };
}

function whole(environment: Environment, name: string, usual: number, most: number): number {
  const text = environment[name] ?? String(usual);
  if (!/^[1-9]\d{0,3}$/.test(text) || Number(text) > most) throw new Error(`${name} must be a whole number from 1 to ${most}`);
  return Number(text);
}

function listOf(environment: Environment, name: string, usual: readonly unknown[], isEntry: (value: unknown) => boolean): readonly unknown[] {
  const values = jsonOf(environment[name] ?? JSON.stringify(usual));
  if (!Array.isArray(values) || !values.every(isEntry)) throw new Error(`${name} must be a JSON array of what it is named for`);
  return values;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
