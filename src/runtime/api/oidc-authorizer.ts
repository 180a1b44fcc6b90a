import { judge, TrustedIssuer } from './access-token';
import { IssuerKeys, KeyPorts } from './issuer-keys';
import type { Issuer } from './issuers';
import { BEARER, SenderConstraint } from './sender-constraint';
import { tokenAuthorizer } from './token-authorizer';

/** What the authorizer needs of the world. */
export type Ports = KeyPorts;

/**
 * Builds a REQUEST authorizer of a REST API for OAuth 2.0 access tokens, in the form of JWTs, of the configured issuers.
 *
 * Keeps nothing but public keys, so a retry, a timeout and a crash leave no trace. Until the keys of a token's issuer are there it throws.
 */
export function oidcAuthorizer(issuers: readonly Issuer[], ports: Ports, constraint: SenderConstraint = BEARER) {
  const trusted = new Map<string, TrustedIssuer>(issuers.map((issuer) => [issuer.issuer, { ...issuer, keys: new IssuerKeys(issuer, ports) }]));
  return tokenAuthorizer((text) => judge(text, trusted, ports.now()), constraint, ports);
}
