import type { FetchJson } from './https-json';
import { tryUrl } from '../../formats/url';

/**
 * The place of an issuer's keys, as its discovery document tells; rejects if the document is another issuer's or names no https URL.
 *
 * The document's `issuer` must be exactly the configured one (OpenID Connect Discovery 1.0, 4.3), or one tenant of a shared host could
 * speak for another.
 */
export async function discoverJwksUri(issuer: string, fetchJson: FetchJson): Promise<string> {
  // A terminating slash is removed before appending (OpenID Connect Discovery 1.0, 4.1).
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const { issuer: named, jwks_uri: jwksUri } = (await fetchJson(url) ?? {}) as Readonly<Record<string, unknown>>;
  if (named !== issuer) throw new Error(`GET ${url}: names another issuer`);
  if (typeof jwksUri !== 'string' || !isPlainHttps(jwksUri)) throw new Error(`GET ${url}: names no https 'jwks_uri'`);
  return jwksUri;
}

/** A query is legal here, and Azure AD B2C uses one. */
function isPlainHttps(text: string): boolean {
  const url = tryUrl(text);
  return url?.protocol === 'https:' && url.username === '' && url.password === '';
}
