/**
 * What an access log says of a request: who asked for what, when, from where, with which outcome, and who refused it.
 *
 * Nothing in it is a secret or free text of a client: an API key by its id, a caller by name. A variable that an API does not know is
 * logged as `-` (Amazon API Gateway Developer Guide, "Variables for access logging for API Gateway").
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
  caller: '$context.authorizer.principalId',
  userArn: '$context.identity.userArn',
  authorizerError: '$context.authorizer.error',
  error: '$context.error.responseType',
  integrationStatus: '$context.integration.status',
};

/** Format of the access log of a REST API. */
export const REST_ACCESS_LOG_FORMAT = JSON.stringify({
  ...COMMON,
  extendedRequestId: '$context.extendedRequestId',
  path: '$context.resourcePath',
  stage: '$context.stage',
  apiKeyId: '$context.identity.apiKeyId',
  authorizerStatus: '$context.authorizer.status',
  waf: '$context.waf.status',
  tlsVersion: '$context.tlsVersion',
  cipherSuite: '$context.cipherSuite',
  latency: '$context.responseLatency',
});

/** Format of the access log of an HTTP or WebSocket API. */
export const HTTP_ACCESS_LOG_FORMAT = JSON.stringify({
  ...COMMON,
  path: '$context.routeKey',
  stage: '$context.stage',
  eventType: '$context.eventType',
});
