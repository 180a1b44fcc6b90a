import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { tryUrl } from '../../formats/url';
import { ConfigurationError } from '../../private';
import { OidcIssuer } from '../oidc-issuer';

/** Asymmetric algorithms alone: with a shared secret, whoever verifies tokens can make them (RFC 8725, 3.2). */
const ALGORITHMS = ['ES256', 'ES384', 'ES512', 'EdDSA', 'RS256', 'RS384', 'RS512'];

const MAX_ISSUERS = 20;

/** The environment of a function has room for 4 KB (AWS Lambda Developer Guide, "Lambda quotas"). */
const MAX_BYTES = 3500;

/** As the handler has it (`runtime/api/issuers.ts`): an authority without user, a path of printable ASCII, no query and no fragment. */
const PLAIN_HTTPS_URL = /^https:\/\/[A-Za-z0-9.:[\]-]+(\/[\x21\x22\x24-\x3e\x40-\x5b\x5d-\x7e]*)?$/;

const MAX_URL_LENGTH = 512;

/** Issuers as the handler reads them. */
export function issuersText(issuers: readonly OidcIssuer[]): string {
  return JSON.stringify(issuers.map(({ issuer, audiences, algorithms, jwksUri }) => ({ issuer, audiences, algorithms, jwksUri })));
}

/** Refuses issuers that the handler would refuse, when it is too late. A part that is a token is left to the handler. */
export function requireIssuers(scope: Construct, issuers: readonly OidcIssuer[]): void {
  if (issuers.length === 0 || issuers.length > MAX_ISSUERS) {
    throw new ConfigurationError(scope, `'issuers' must name 1 to ${MAX_ISSUERS} issuers, got ${issuers.length}; name those whose tokens are accepted`);
  }
  for (const [index, { issuer, audiences, algorithms, jwksUri }] of issuers.entries()) {
    const prop = `issuers[${index}]`;
    requireUrl(scope, `${prop}.issuer`, issuer);
    if (jwksUri !== undefined) requireUrl(scope, `${prop}.jwksUri`, jwksUri);
    requireAudiences(scope, `${prop}.audiences`, audiences);
    for (const algorithm of algorithms ?? []) {
      if (ALGORITHMS.includes(algorithm)) continue;
      throw new ConfigurationError(scope, `'${prop}.algorithms' must be of ${ALGORITHMS.join(', ')}, got '${algorithm}'; name what the issuer signs with`);
    }
    if (algorithms?.length === 0) {
      throw new ConfigurationError(scope, `'${prop}.algorithms' must name at least one algorithm, got none; leave it out for the default`);
    }
  }
  const names = issuers.map(({ issuer }) => issuer);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new ConfigurationError(scope, `'issuers' must name each issuer once, got '${twice}' twice; put its audiences into one entry`);
  }
  const bytes = Buffer.byteLength(issuersText(issuers));
  if (bytes > MAX_BYTES) {
    throw new ConfigurationError(scope, `'issuers' must fit into ${MAX_BYTES} bytes, got ${bytes}; use an authorizer for each group of issuers`);
  }
}

/** Refuses a list of audiences that would let in tokens for anybody. */
export function requireAudiences(scope: Construct, prop: string, audiences: readonly string[]): void {
  if (Token.isUnresolved(audiences)) {
    throw new ConfigurationError(scope, `'${prop}' must be a list of known length, got one that only deployment knows; name each audience, each of which may be a token`);
  }
  if (audiences.length > 0 && !audiences.includes('')) return;
  throw new ConfigurationError(scope, `'${prop}' must name at least one audience, got ${JSON.stringify(audiences)}; `
    + 'without one, a token that was issued for any other service would be accepted');
}

/** Refuses a URL of an issuer that the handler would refuse. */
export function requireUrl(scope: Construct, prop: string, value: string): void {
  if (Token.isUnresolved(value)) return;
  if (value.length > MAX_URL_LENGTH) {
    throw new ConfigurationError(scope, `'${prop}' must be an https URL of at most ${MAX_URL_LENGTH} characters, got ${value.length}; correct it`);
  }
  if (PLAIN_HTTPS_URL.test(value) && tryUrl(value)) return;
  throw new ConfigurationError(scope, `'${prop}' must be an https URL without user, query and fragment, got '${value}'; write for example 'https://login.example.com'`);
}
