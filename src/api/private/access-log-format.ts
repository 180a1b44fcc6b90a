/**
 * What an access log says of a request: who asked for what, when, from where, with which outcome, and who refused it.
 *
 * Nothing in it is a secret or free text of a client: no header, query string or body, an API key by its id, a caller by name.
 * `$context.error.validationErrorString` is left out, since it quotes values of the body. A variable that an API does not know is logged as
 * `-` (Amazon API Gateway Developer Guide, "Variables for access logging for API Gateway").
 */
const COMMON = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  ip: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  status: '$context.status',
  protocol: '$context.protocol',
  responseLength: '$context.responseLength',
  domain: '$context.domainName',
  stage: '$context.stage',
  caller: '$context.authorizer.principalId',
  userArn: '$context.identity.userArn',
  clientCertificate: '$context.identity.clientCert.subjectDN',
  authorizerError: '$context.authorizer.error',
  error: '$context.error.responseType',
  integrationStatus: '$context.integration.status',
};

const REST = {
  ...COMMON,
  apiId: '$context.apiId',
  extendedRequestId: '$context.extendedRequestId',
  traceId: '$context.xrayTraceId',
  path: '$context.resourcePath',
  apiKeyId: '$context.identity.apiKeyId',
  consumer: '$context.authorizer.consumer',
  authorizerStatus: '$context.authorizer.status',
  authorizerLatency: '$context.authorizer.latency',
  waf: '$context.waf.status',
  tlsVersion: '$context.tlsVersion',
  cipherSuite: '$context.cipherSuite',
  latency: '$context.responseLatency',
  integrationLatency: '$context.integration.latency',
};

/** Format of the access log of a REST API. */
export const REST_ACCESS_LOG_FORMAT = JSON.stringify(REST);

/** Format of the access log of an HTTP or WebSocket API. */
export const HTTP_ACCESS_LOG_FORMAT = JSON.stringify({ ...COMMON, path: '$context.routeKey', eventType: '$context.eventType' });

/** Format of a log that several REST APIs share: it also says by name whose request it was. */
export function sharedAccessLogFormat(apiName: string): string {
  return JSON.stringify({ api: apiName, ...REST });
}
