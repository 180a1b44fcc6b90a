import { Algorithm, ALGORITHMS } from './algorithms';
import { tryUrl } from '../../formats/url';
import { tryJson } from '../shared/json-text';

/** An issuer whose access tokens are accepted. */
export interface Issuer {
  /** Exactly as in the claim `iss`, trailing slash included. */
  readonly issuer: string;
  /** Names that the API goes by at this issuer; a token is meant for at least one. */
  readonly audiences: readonly string[];
  readonly algorithms: readonly Algorithm[];
  /** Where the keys are; absent, OpenID Connect Discovery tells. */
  readonly jwksUri?: string;
}

const PROPERTIES = ['issuer', 'audiences', 'algorithms', 'jwksUri'];

/** Longer than any issuer's identifier that is in use, and short enough for a principal id. */
const MAX_URL_LENGTH = 512;

/** `https`, an authority without user information, a path; no query, no fragment (OpenID Connect Discovery 1.0, 3, "issuer"). */
const PLAIN_HTTPS_URL = /^https:\/\/[A-Za-z0-9.:[\]-]+(\/[\x21-\x7e]*)?$/;

/**
 * Reads the configuration, a JSON array of issuers; throws, saying what is wrong, for anything that is not exactly that.
 *
 * A function that starts with a wrong configuration therefore never runs, and API Gateway answers 500.
 */
export function parseIssuers(text: string | undefined): readonly Issuer[] {
  const list = tryJson(text);
  if (!Array.isArray(list) || list.length === 0) throw new Error('ISSUERS must be a JSON array of at least one issuer');
  const issuers = list.map((entry: unknown, index) => issuerOf(entry, `ISSUERS[${index}]`));
  const twice = issuers.find(({ issuer }, index) => issuers.findIndex((other) => other.issuer === issuer) < index);
  if (twice) throw new Error(`ISSUERS must name each issuer once, got ${twice.issuer} twice`);
  return issuers;
}

function issuerOf(entry: unknown, where: string): Issuer {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) throw new Error(`${where} must be an object`);
  const unknown = Object.keys(entry).find((name) => !PROPERTIES.includes(name));
  if (unknown !== undefined) throw new Error(`${where} must have no property '${unknown}'`);

  const { issuer, audiences, algorithms = ALGORITHMS, jwksUri } = entry as Readonly<Record<string, unknown>>;
  return {
    issuer: urlOf(issuer, `${where}.issuer`),
    audiences: namesOf(audiences, `${where}.audiences`),
    algorithms: namesOf(algorithms, `${where}.algorithms`).map((name) => algorithmOf(name, `${where}.algorithms`)),
    ...jwksUri === undefined ? {} : { jwksUri: urlOf(jwksUri, `${where}.jwksUri`) },
  };
}

/** An https URL as it is configured, or else an error that says where. */
export function urlOf(value: unknown, where: string): string {
  if (typeof value !== 'string' || value.length > MAX_URL_LENGTH || !PLAIN_HTTPS_URL.test(value) || /[?#\\]/.test(value) || !tryUrl(value)) {
    throw new Error(`${where} must be an https URL of at most ${MAX_URL_LENGTH} characters, without user information, query or fragment`);
  }
  return value;
}

/** Names as they are configured, or else an error that says where. */
export function namesOf(value: unknown, where: string): readonly string[] {
  if (!Array.isArray(value) || value.length === 0 || !value.every((name) => typeof name === 'string' && name !== '')) {
    throw new Error(`${where} must be an array of at least one non-empty string`);
  }
  return value as readonly string[];
}

function algorithmOf(name: string, where: string): Algorithm {
  const algorithm = ALGORITHMS.find((known) => known === name);
  if (!algorithm) throw new Error(`${where} must be among ${ALGORITHMS.join(', ')}, got ${name}`);
  return algorithm;
}
