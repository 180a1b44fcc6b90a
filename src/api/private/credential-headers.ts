/**
 * Header fields that let whoever reads them call as the client (RFC 9110, 11.6.2 and 11.7.2; RFC 6265, 5.4; API Gateway's API key), or hold what it
 * signs (RFC 9449, 4.1).
 */
export const CREDENTIAL_HEADERS = ['authorization', 'cookie', 'dpop', 'proxy-authorization', 'x-api-key'];
