import { parseSchemeText } from './parse-scheme';
import type { ReceiveSettings } from './receive';
import { MIN_KEEP_SECONDS, Retention, retentionOf } from './retention';
import type { Scheme } from './scheme';
import { bodyBucket, Environment, list, matching, tableName, whole } from '../shared/environment';
import { tryNetwork } from '../shared/networks';

/** Everything that a receiver is configured with. */
export interface ReceiverSettings extends ReceiveSettings {
  readonly endpoint: string;
  readonly secretArn: string;
  readonly overlapMilliseconds: number;
  readonly maxAgeMilliseconds?: number;
  readonly tableName: string;
  readonly bodyBucket: string;
  readonly headers: readonly string[];
  readonly retention: Retention;
}

const ENDPOINT = /^[a-z0-9][a-z0-9-]{0,63}$/;
const SECRET_ARN = /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/;
/** Tokens (RFC 9110, 5.1), and none that holds a credential or, with a signature, lets somebody else deliver again. */
const HEADER = /^(?!(?:authorization|cookie|proxy-authorization)$)(?!.*signature)[a-z0-9-]{1,128}$/;

const DAY_SECONDS = 24 * 60 * 60;
const YEAR_SECONDS = 366 * DAY_SECONDS;

/**
 * Reads `SCHEME`, `PUBLIC_URL`, `ENDPOINT`, `SECRET_ARN`, `OVERLAP_SECONDS`, `TABLE_NAME`, `BODY_BUCKET`, `HEADERS` and, where there
 * are any, `MAX_KEY_AGE_SECONDS`, `SOURCE_CIDRS` and `KEEP_SECONDS`; throws, saying what is wrong, so that the function does not start.
 */
export function parseReceiverSettings(environment: Environment): ReceiverSettings {
  const scheme = parseSchemeText(environment.SCHEME, 'SCHEME');
  if (namesCertificates(scheme)) throw new Error('SCHEME must be of a sender whose keys are stored, not of one that names certificates');
  return {
    scheme,
    publicUrl: publicUrl(environment),
    ...sources(environment),
    endpoint: matching(environment, 'ENDPOINT', ENDPOINT, '1 to 64 lower-case letters, digits and hyphens'),
    secretArn: matching(environment, 'SECRET_ARN', SECRET_ARN, 'the complete ARN of a secret'),
    overlapMilliseconds: whole(environment, 'OVERLAP_SECONDS', 0, YEAR_SECONDS) * 1000,
    ...maxAge(environment),
    tableName: tableName(environment),
    bodyBucket: bodyBucket(environment),
    headers: headers(environment, scheme),
    retention: retentionOf(scheme, keepSeconds(environment)),
  };
}

function namesCertificates(scheme: Scheme): boolean {
  return scheme.type === 'detached' && scheme.certificate !== undefined;
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

function maxAge(environment: Environment): Pick<ReceiverSettings, 'maxAgeMilliseconds'> {
  if (environment.MAX_KEY_AGE_SECONDS === undefined) return {};
  return { maxAgeMilliseconds: whole(environment, 'MAX_KEY_AGE_SECONDS', DAY_SECONDS, 10 * YEAR_SECONDS) * 1000 };
}

/** An empty list would let in nobody, or be taken to let in everybody. */
function sources(environment: Environment): Pick<ReceiverSettings, 'sources'> {
  if (environment.SOURCE_CIDRS === undefined) return {};
  const sources = list(environment, 'SOURCE_CIDRS', isNetwork, 'networks in CIDR notation').map((text) => tryNetwork(text)!);
  if (sources.length === 0) throw new Error('SOURCE_CIDRS must name a network');
  return { sources };
}

function isNetwork(value: unknown): value is string {
  return typeof value === 'string' && tryNetwork(value) !== undefined;
}

function keepSeconds(environment: Environment): number | undefined {
  return environment.KEEP_SECONDS === undefined ? undefined : whole(environment, 'KEEP_SECONDS', MIN_KEEP_SECONDS, 10 * YEAR_SECONDS);
}
