/** Header fields that let whoever reads them call as the client (RFC 9110, 11.6.2 and 11.7.2; RFC 6265, 5.4; API Gateway's API key). */
export const CREDENTIAL_HEADERS = ['authorization', 'cookie', 'proxy-authorization', 'x-api-key'];
