/** The client certificate of RFC 8705, Appendix A, "Example cnf Claim, Certificate, and JWK". */
export const RFC_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBBjCBrAIBAjAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDDARtdGxzMB4XDTE4MTAx
ODEyMzcwOVoXDTIyMDUwMjEyMzcwOVowDzENMAsGA1UEAwwEbXRsczBZMBMGByqG
SM49AgEGCCqGSM49AwEHA0IABNcnyxwqV6hY8QnhxxzFQ03C7HKW9OylMbnQZjjJ
/Au08/coZwxS7LfA4vOLS9WuneIXhbGGWvsDSb0tH6IxLm8wCgYIKoZIzj0EAwID
SQAwRgIhAP0RC1E+vwJD/D1AGHGzuri+hlV/PpQEKTWUVeORWz83AiEA5x2eXZOV
bUlJSGQgjwD5vaUaKlLR50Q2DmFfQj1L+SY=
-----END CERTIFICATE-----
`;

/** Its thumbprint, as a token bound to it has it as `x5t#S256`. */
export const RFC_THUMBPRINT = 'A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v0';

/** What API Gateway tells of the connection. */
export function overMutualTls(clientCertPem: unknown): Readonly<Record<string, unknown>> {
  return { requestContext: { httpMethod: 'GET', resourcePath: '/orders/{id}', identity: { clientCert: { clientCertPem } } } };
}
