import { publicAddresses } from './address-policy';
import { tryNetwork } from '../../../formats/networks';
import { Environment, list, tableName, whole } from '../../shared/environment';

/** What endpoints there may be. */
export interface EndpointSettings {
  readonly endpointTable: string;
  /** Networks of one's own with public addresses, in CIDR notation. */
  readonly deniedNetworks: readonly string[];
  /** Domains of one's own, in lower case. */
  readonly deniedDomains: readonly string[];
  readonly ports: readonly number[];
}

/** What the functions of a sender are configured with. */
export interface SenderSettings extends EndpointSettings {
  readonly deliveryTable: string;
  /** From name resolution to the last byte of the answer. */
  readonly timeoutMilliseconds: number;
  readonly retentionMilliseconds: number;
}

const DAY_MILLISECONDS = 86_400_000;

const DOMAIN = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/;

/** What holds where nothing else is said. */
const USUAL = { TIMEOUT_SECONDS: '20', RETENTION_DAYS: '30', DENIED_NETWORKS: '[]', DENIED_DOMAINS: '[]', PORTS: '[443]' };

/**
 * Reads `ENDPOINT_TABLE` and, where there are any, `DENIED_NETWORKS`, `DENIED_DOMAINS` and `PORTS`, JSON arrays; throws, saying what is wrong,
 * so that the function does not start.
 */
export function parseEndpointSettings(given: Environment): EndpointSettings {
  const environment = { ...USUAL, ...given };
  const deniedNetworks = list(environment, 'DENIED_NETWORKS', isNetwork, 'networks in CIDR notation');
  publicAddresses(deniedNetworks); // a network that the policy does not take stops the start, too
  return {
    endpointTable: tableName(environment, 'ENDPOINT_TABLE'),
    deniedNetworks,
    deniedDomains: list(environment, 'DENIED_DOMAINS', isDomain, 'domains in lower case'),
    ports: list(environment, 'PORTS', isPort, 'port numbers'),
  };
}

/**
 * Reads `DELIVERY_TABLE`, where they are given `TIMEOUT_SECONDS` and `RETENTION_DAYS`, and what endpoints there may be; throws likewise.
 *
 * 15 to 30 seconds is what Standard Webhooks advises for the timeout ("Delivery and retries").
 */
export function parseSenderSettings(given: Environment): SenderSettings {
  const environment = { ...USUAL, ...given };
  return {
    ...parseEndpointSettings(given),
    deliveryTable: tableName(environment, 'DELIVERY_TABLE'),
    timeoutMilliseconds: whole(environment, 'TIMEOUT_SECONDS', 1, 30) * 1000,
    retentionMilliseconds: whole(environment, 'RETENTION_DAYS', 1, 3650) * DAY_MILLISECONDS,
  };
}

function isNetwork(value: unknown): value is string {
  return typeof value === 'string' && tryNetwork(value) !== undefined;
}

function isDomain(value: unknown): value is string {
  return typeof value === 'string' && DOMAIN.test(value);
}

function isPort(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) < 65_536;
}
