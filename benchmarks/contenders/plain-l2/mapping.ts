import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';

/** What an access log says of a request, as the library's does. */
export const ACCESS_LOG_FORMAT = {
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
};

const ATTRIBUTES = {
  requestId: '$context.requestId',
  route: '$util.urlEncode("POST $context.resourcePath")',
  caller: '#if($caller == "")unknown#else$util.urlEncode($caller)#end',
};

const MESSAGE = [
  'Action=SendMessage',
  'MessageBody=$util.urlEncode($input.body)',
  ...Object.entries(ATTRIBUTES).flatMap(([name, value], index) => [
    `MessageAttribute.${index + 1}.Name=${name}`,
    `MessageAttribute.${index + 1}.Value.DataType=String`,
    `MessageAttribute.${index + 1}.Value.StringValue=${value}`,
  ]),
].join('&');

/** Sends the body of a request to a queue. */
export function sendMessage(role: iam.IRole, queue: sqs.IQueue, account: string): apigateway.AwsIntegration {
  return new apigateway.AwsIntegration({
    service: 'sqs',
    path: `${account}/${queue.queueName}`,
    integrationHttpMethod: 'POST',
    options: {
      credentialsRole: role,
      passthroughBehavior: apigateway.PassthroughBehavior.NEVER,
      requestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
      requestTemplates: { 'application/json': `#set($caller = "$!context.authorizer.principalId$!context.identity.userArn")${MESSAGE}` },
      integrationResponses: [
        { statusCode: '202', selectionPattern: '200', responseTemplates: { 'application/json': '{"requestId":"$context.requestId"}' } },
        { statusCode: '503', responseTemplates: { 'application/json': '{"message":"The request was not accepted.","requestId":"$context.requestId"}' } },
      ],
    },
  });
}
