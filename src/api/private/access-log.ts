import * as apigateway from 'aws-cdk-lib/aws-apigateway';

/**
 * One request, as JSON. It says who asked for what and what became of it, and nothing that could be used to ask again: no header, no query
 * string, no body, and of the authorizer's answer only who the caller is.
 *
 * `$context.error.validationErrorString` is left out, since it quotes values of the body.
 */
export function accessLogFormat(apiName: string): apigateway.AccessLogFormat {
  return apigateway.AccessLogFormat.custom(JSON.stringify({
    api: apiName,
    apiId: '$context.apiId',
    stage: '$context.stage',
    requestId: '$context.requestId',
    extendedRequestId: '$context.extendedRequestId',
    traceId: '$context.xrayTraceId',
    time: '$context.requestTime',
    ip: '$context.identity.sourceIp',
    method: '$context.httpMethod',
    resource: '$context.resourcePath',
    domain: '$context.domainName',
    protocol: '$context.protocol',
    tlsVersion: '$context.tlsVersion',
    cipherSuite: '$context.cipherSuite',
    status: '$context.status',
    responseLength: '$context.responseLength',
    responseLatency: '$context.responseLatency',
    integrationStatus: '$context.integration.status',
    integrationLatency: '$context.integration.latency',
    error: '$context.error.responseType',
    waf: '$context.wafResponseCode',
    authorizeStatus: '$context.authorize.status',
    authorizerStatus: '$context.authorizer.status',
    authorizerLatency: '$context.authorizer.latency',
    principal: '$context.authorizer.principalId',
    caller: '$context.identity.userArn',
    clientCertificate: '$context.identity.clientCert.subjectDN',
  }));
}
