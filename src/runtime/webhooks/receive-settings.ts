import type { StoredKeys } from './delivery-keys';
import { certificateOf } from './key-source';
import { parseSchemeText } from './parse-scheme';
import type { ReceiveSettings } from './receive';
import { MIN_KEEP_SECONDS, Retention, retentionOf } from './retention';
import type { Scheme } from './scheme';
import { tryNetwork } from '../../formats/networks';
import { bodyBucket, Environment, list, matching, tableName, whole } from '../shared/environment';

/** Everything that a receiver is configured with. */
export interface ReceiverSettings extends ReceiveSettings {
  readonly endpoint: string;
  /** Where the keys are, unless the sender publishes them. */
  readonly stored?: StoredKeys;
  /** Whether to keep what cannot be judged through a fault of ours. */
  readonly keepsUnverified: boolean;
  readonly tableName: string;
  readonly bodyBucket: string;
  readonly headers: readonly string[];
  readonly retention: Retention;
}

/** Not what the keys of objects without a verdict begin with. */
const ENDPOINT = /^(?!unverified$)[a-z0-9][a-z0-9-]{0,63}$/;
const SECRET_ARN = /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/;
/** Tokens (RFC 9110, 5.1), and none that holds a credential or, with a signature, lets somebody else deliver again. */
const HEADER = /^(?!(?:authorization|cookie|proxy-authorization)$)(?!.*signature)[a-z0-9-]{1,128}$/;

const OF_STORED_KEYS = ['SECRET_ARN', 'OVERLAP_SECONDS', 'MAX_KEY_AGE_SECONDS'];

const DAY_SECONDS = 24 * 60 * 60;
const YEAR_SECONDS = 366 * DAY_SECONDS;

/**
 * Reads `SCHEME`, `PUBLIC_URL`, `ENDPOINT`, `TABLE_NAME`, `BODY_BUCKET`, `HEADERS` and, where there are any, `SOURCE_CIDRS`, `KEEP_SECONDS` and
 * `KEEP_UNVERIFIED`; of a sender whose keys are stored `SECRET_ARN`, `OVERLAP_SECONDS` and maybe `MAX_KEY_AGE_SECONDS`. Throws, saying what is
 * wrong, so that the function does not start.
 */
export function parseReceiverSettings(environment: Environment): ReceiverSettings {
  const scheme = parseSchemeText(environment.SCHEME, 'SCHEME');
  return {
    scheme,
    publicUrl: publicUrl(environment),
    ...sources(environment),
    endpoint: matching(environment, 'ENDPOINT', ENDPOINT, '1 to 64 lower-case letters, digits and hyphens'),
    ...stored(environment, scheme),
    keepsUnverified: keepsUnverified(environment),
    tableName: tableName(environment),
    bodyBucket: bodyBucket(environment),
    headers: headers(environment, scheme),
    retention: retentionOf(scheme, keepSeconds(environment)),
  };
}

/** A secret beside certificates would be read, and never verify anything. */
function stored(environment: Environment, scheme: Scheme): Pick<ReceiverSettings, 'stored'> {
  if (certificateOf(scheme)) {
    const idle = OF_STORED_KEYS.find((name) => environment[name] !== undefined);
    if (idle !== undefined) throw new Error(`${idle} must not be set, since the sender names certificates`);
    return {};
  }
  return {
    stored: {
      secretArn: matching(environment, 'SECRET_ARN', SECRET_ARN, 'the complete ARN of a secret'),
      overlapMilliseconds: whole(environment, 'OVERLAP_SECONDS', 0, YEAR_SECONDS) * 1000,
      ...maxAge(environment),
    },
  };
}

function keepsUnverified({ KEEP_UNVERIFIED: text }: Environment): boolean {
  if (text !== undefined && text !== 'true') throw new Error("KEEP_UNVERIFIED must be 'true' or not set");
  return text === 'true';
}

function headers(environment: Environment, scheme: Scheme): readonly string[] {
  const names = list(environment, 'HEADERS', isHeader, 'header names in lower case, none of a credential or a signature');
  if (scheme.type === 'static' && names.includes(scheme.header)) throw new Error('HEADERS must not have the header of the password');
  return names;
}

function isHeader(name: unknown): name is string {
  return typeof name === 'string' && HEADER.test(name);
}

function publicUrl(environment: Environment): string {
  const url = environment.PUBLIC_URL ?? '';
  if (!url.startsWith('https://') || !URL.canParse(url)) throw new Error('PUBLIC_URL must be an https URL');
  return url;
}

function maxAge(environment: Environment): Pick<StoredKeys, 'maxAgeMilliseconds'> {
  if (environment.MAX_KEY_AGE_SECONDS === undefined) return {};
  return { maxAgeMilliseconds: whole(environment, 'MAX_KEY_AGE_SECONDS', DAY_SECONDS, 10 * YEAR_SECONDS) * 1000 };
}

/** An empty list would let in nobody, or be taken to let in everybody. */
function sources(environment: Environment): Pick<ReceiverSettings, 'sources'> {
  if (environment.SOURCE_CIDRS === undefined) return {};
  const networks = list(environment, 'SOURCE_CIDRS', isNetwork, 'networks in CIDR notation').map((text) => tryNetwork(text)!);
  if (networks.length === 0) throw new Error('SOURCE_CIDRS must name a network');
  return { sources: networks };
}

function isNetwork(value: unknown): value is string {
  return typeof value === 'string' && tryNetwork(value) !== undefined;
}

function keepSeconds(environment: Environment): number | undefined {
  return environment.KEEP_SECONDS === undefined ? undefined : whole(environment, 'KEEP_SECONDS', MIN_KEEP_SECONDS, 10 * YEAR_SECONDS);
}
