import { createHash, timingSafeEqual, X509Certificate } from 'node:crypto';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { boundTo, SenderConstraint } from './sender-constraint';

/**
 * Takes tokens that are bound to a client certificate alone, from whoever opened the connection with it (RFC 8705, 3).
 *
 * Who has the certificate's key, and who vouches for the certificate, API Gateway has checked in the TLS handshake.
 */
export const MUTUAL_TLS: SenderConstraint = {
  scheme: 'Bearer',
  refusalOf: async ({ confirmation }, _text, event) => {
    const expected = boundTo(confirmation, 'x5t#S256');
    if (typeof expected === 'string') return expected;
    const certificate = tryCertificateOf(event);
    if (!certificate) return 'no-client-certificate';
    // Of the DER encoding (RFC 8705, 3.1).
    return timingSafeEqual(createHash('sha256').update(certificate.raw).digest(), expected) ? undefined : 'wrong-client-certificate';
  },
};

/** API Gateway forwards it to Lambda authorizers (Developer Guide, "Configuring mutual TLS authentication for a REST API"). */
function tryCertificateOf({ requestContext }: APIGatewayRequestAuthorizerEvent): X509Certificate | undefined {
  const pem: unknown = requestContext.identity?.clientCert?.clientCertPem;
  try {
    return typeof pem === 'string' ? new X509Certificate(pem) : undefined;
  } catch {
    return undefined;
  }
}
