import { APIGATEWAY_ACCESS_CASES } from './apigateway-access.cases';
import { APIGATEWAY_BACKEND_CASES } from './apigateway-backend.cases';
import { APIGATEWAY_DOMAIN_CASES } from './apigateway-domain.cases';
import { APIGATEWAY_KEY_CASES } from './apigateway-keys.cases';
import { APIGATEWAY_LOGGING_CASES } from './apigateway-logging.cases';
import { APIGATEWAY_MONITORING_CASES } from './apigateway-monitoring.cases';
import { ControlCase, Template } from './control-case';

const PARAMETER = { Ref: 'Parameter' };
const ACL_ARN = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/api/1234';

const template = (resources: Record<string, object>): Template => ({ Parameters: { Parameter: { Type: 'String' } }, Resources: resources });
const stage = (properties: object): Template => template({ Stage: { Type: 'AWS::ApiGateway::Stage', Properties: properties } });
const stageV2 = (properties: object): Template => template({ Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: properties } });
const method = (properties: object): Template => template({ Method: { Type: 'AWS::ApiGateway::Method', Properties: { HttpMethod: 'POST', ...properties } } });

const route = (protocol: string, properties: object): Template => template({
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: protocol } },
  Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, ...properties } },
});
const imported = (operation: unknown, document: object = {}, verb = 'post', type = 'AWS::ApiGateway::RestApi'): Template =>
  template({ Api: { Type: type, Properties: { Body: { openapi: '3.0.1', paths: { '/orders': { [verb]: operation } }, ...document } } } });
const HTTP_API = 'AWS::ApiGatewayV2::Api';
const ANY = 'x-amazon-apigateway-any-method';
const asks = (...requirements: unknown[]): object => ({ security: requirements });
const KEY = { type: 'apiKey', name: 'x-api-key', in: 'header' };
const lambda = (authorizer: unknown = { type: 'token' }): object => ({ 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authorizer': authorizer });
const SIGNED = { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' };
const SCHEMES = {
  components: { securitySchemes: { key: KEY, lambda: lambda(), signed: SIGNED, bearer: { type: 'http', scheme: 'bearer' }, odd: lambda({ type: PARAMETER }), half: { ...KEY, 'x-amazon-apigateway-authtype': 'custom' } } },
};
const VALIDATORS = { 'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true }, none: {}, parameters: { validateRequestParameters: true } } };
const BODY = { requestBody: { content: { 'application/json': { schema: {} } } } };
const by = (validator: unknown): object => ({ 'x-amazon-apigateway-request-validator': validator });
const validated = (validator: object, properties: object = {}): Template => template({
  Validator: { Type: 'AWS::ApiGateway::RequestValidator', Properties: validator },
  Method: { Type: 'AWS::ApiGateway::Method', Properties: { HttpMethod: 'POST', RequestValidatorId: { Ref: 'Validator' }, ...properties } },
});
const planned = (throttle: object | undefined, stages: object): Template => template({
  Api: { Type: 'AWS::ApiGateway::RestApi' },
  Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod' } },
  Plan: { Type: 'AWS::ApiGateway::UsagePlan', Properties: { ApiStages: [stages], Throttle: throttle } },
});
const protectedBy = (association: object): Template => template({
  Api: { Type: 'AWS::ApiGateway::RestApi' },
  Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod' } },
  Association: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { WebACLArn: ACL_ARN, ...association } },
});
const ORDERS = { ResourcePath: '/~1orders', HttpMethod: 'POST' };
const LIMITS = { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 };

export const APIGATEWAY_CASES: readonly ControlCase[] = [
  ...APIGATEWAY_ACCESS_CASES,
  ...APIGATEWAY_BACKEND_CASES,
  ...APIGATEWAY_DOMAIN_CASES,
  ...APIGATEWAY_KEY_CASES,
  ...APIGATEWAY_LOGGING_CASES,
  ...APIGATEWAY_MONITORING_CASES,
  {
    control: 'API-AUTHORIZATION',
    passing: {
      'IAM': method({ AuthorizationType: 'AWS_IAM' }),
      'a token': route('HTTP', { RouteKey: 'POST /orders', AuthorizationType: 'JWT' }),
      'a document': imported(asks({ lambda: [] }), SCHEMES),
      'a document with a key beside': imported(asks({ signed: [] }, { key: [] }), SCHEMES),
      'a document of version 2': imported(asks({ lambda: [] }), { securityDefinitions: { lambda: lambda() } }),
      'a document with IAM': imported({ 'x-amazon-apigateway-auth': { type: 'aws_iam' } }),
      'a document of an HTTP API': imported(asks({ issuer: ['orders/write'] }), { components: { securitySchemes: { issuer: { 'type': 'oauth2', 'x-amazon-apigateway-authorizer': { type: 'jwt' } } } } }, ANY, HTTP_API),
      'a web socket': template({
        ...route('WEBSOCKET', { RouteKey: '$connect', AuthorizationType: 'CUSTOM' }).Resources,
        Message: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: '$default' } },
      }),
    },
    failing: [
      { finding: 'NoAuthorization', template: method({ AuthorizationType: 'NONE' }) },
      { finding: 'NoAuthorization', template: method({ ApiKeyRequired: true }) },
      { finding: 'NoAuthorization', template: method({ HttpMethod: 'ANY', AuthorizationType: 'NONE' }) },
      { finding: 'NoAuthorization', template: route('HTTP', { RouteKey: '$default' }) },
      { finding: 'NoAuthorization', template: route('WEBSOCKET', { RouteKey: '$connect' }) },
      { finding: 'UnresolvedAuthorization', template: method({ AuthorizationType: PARAMETER }) },
      { finding: 'NoAuthorization', template: imported({}, SCHEMES) },
      { finding: 'NoAuthorization', template: imported({}, SCHEMES, ANY, HTTP_API) },
      { finding: 'NoAuthorization', template: imported(asks({ key: [] }), SCHEMES) },
      { finding: 'NoAuthorization', template: imported(asks({ bearer: [] }), SCHEMES) },
      { finding: 'NoAuthorization', template: imported(asks(), { ...SCHEMES, ...asks({ lambda: [] }) }) },
      { finding: 'NoAuthorization', template: imported({ 'x-amazon-apigateway-auth': { type: 'NONE' } }, { ...SCHEMES, ...asks({ lambda: [] }) }) },
      { finding: 'NoAuthorization', template: imported({}, { ...SCHEMES, ...asks({ key: [] }) }) },
      { finding: 'NoAuthorization', template: template({ ...imported(asks({ lambda: [] }), SCHEMES).Resources, ...method({ AuthorizationType: 'NONE' }).Resources }) },
      { finding: 'DocumentSecurity', template: imported({}, { ...SCHEMES, ...asks({ lambda: [] }) }) },
      { finding: 'UnresolvedAuthorization', template: imported(asks({ lambda: [] }, {}), SCHEMES) },
      { finding: 'UnresolvedAuthorization', template: imported(asks({ lambda: [] }, PARAMETER), SCHEMES) },
      { finding: 'UnresolvedAuthorization', template: imported(asks({ missing: [] }), SCHEMES) },
      { finding: 'UnresolvedAuthorization', template: imported(asks({ odd: [] }), SCHEMES) },
      { finding: 'UnresolvedAuthorization', template: imported(asks({ half: [] }), SCHEMES) },
      { finding: 'UnresolvedAuthorization', template: imported({ security: PARAMETER }, SCHEMES) },
      { finding: 'UnresolvedAuthorization', template: imported({ 'Fn::Transform': { Name: 'AWS::Include' }, 'summary': 'orders' }, SCHEMES) },
      { finding: 'UnresolvedAuthorization', template: imported({ 'x-amazon-apigateway-auth': { type: PARAMETER } }, SCHEMES) },
      { finding: 'UnreadBody', template: template({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { BodyS3Location: { Bucket: 'definitions' } } } }) },
      { finding: 'UnreadBody', template: template({ Api: { Type: HTTP_API, Properties: { BodyS3Location: { Bucket: 'definitions' } } } }) },
      { finding: 'UnreadBody', template: template({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: { 'Fn::Transform': { Name: 'AWS::Include' } } } } }) },
      { finding: 'UnreadBody', template: template({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: { 'info': {}, 'Fn::Transform': { Name: 'AWS::Include' } } } } }) },
      { finding: 'UnreadBody', template: imported(PARAMETER, SCHEMES) },
    ],
    mutations: [
      { name: 'open the method', finding: 'NoAuthorization', mutate: (t) => { t.Resources.Method.Properties.AuthorizationType = 'NONE'; } },
      { name: 'say nothing', finding: 'NoAuthorization', mutate: (t) => delete t.Resources.Method.Properties.AuthorizationType },
    ],
  },
  {
    control: 'API-REQUEST-VALIDATION',
    passing: {
      'body and parameters': validated(
        { ValidateRequestBody: true, ValidateRequestParameters: true },
        { RequestModels: { 'application/json': 'Order' }, RequestParameters: { 'method.request.querystring.id': true } },
      ),
      'a document': imported({ ...BODY, ...by('all'), parameters: [{ in: 'query', name: 'id' }] }, VALIDATORS),
      'a document with one validator for all': imported({ parameters: [{ $ref: '#/components/parameters/id' }] }, { ...VALIDATORS, ...by('parameters'), components: { parameters: { id: { in: 'path', name: 'id' } } } }),
      'the body alone': validated({ ValidateRequestBody: 'true' }, { RequestModels: { 'application/json': 'Order' } }),
    },
    failing: [
      { finding: 'NoValidator', template: method({ RequestModels: { 'application/json': 'Order' } }) },
      { finding: 'NoValidator', template: method({}) },
      { finding: 'ValidatorOff', template: validated({}) },
      { finding: 'BodyNotValidated', template: validated({ ValidateRequestParameters: true }, { RequestModels: { 'application/json': 'Order' } }) },
      { finding: 'ParametersNotValidated', template: validated({ ValidateRequestBody: true }, { RequestParameters: { 'method.request.querystring.id': true } }) },
      { finding: 'UnresolvedValidator', template: method({ RequestValidatorId: PARAMETER }) },
      { finding: 'UnresolvedValidator', template: validated({ ValidateRequestBody: PARAMETER }) },
      { finding: 'NoValidator', template: imported(BODY, VALIDATORS) },
      { finding: 'ValidatorOff', template: imported(by('none'), { ...VALIDATORS, ...by('all') }) },
      { finding: 'BodyNotValidated', template: imported({ ...BODY, ...by('parameters') }, VALIDATORS) },
      { finding: 'BodyNotValidated', template: imported({ requestBody: PARAMETER, ...by('parameters') }, VALIDATORS) },
      { finding: 'UnresolvedValidator', template: imported(by('other'), VALIDATORS) },
      { finding: 'UnresolvedValidator', template: imported(by(PARAMETER), VALIDATORS) },
      { finding: 'UnreadBody', template: template({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: 'openapi: 3.0.1' } } }) },
    ],
    mutations: [
      { name: 'drop the validator', finding: 'NoValidator', mutate: (t) => delete t.Resources.Method.Properties.RequestValidatorId },
      { name: 'ignore the body', finding: 'BodyNotValidated', mutate: (t) => { t.Resources.Validator.Properties.ValidateRequestBody = false; } },
      { name: 'ignore the parameters', finding: 'ParametersNotValidated', mutate: (t) => { t.Resources.Validator.Properties.ValidateRequestParameters = 'false'; } },
    ],
  },
  {
    control: 'API-THROTTLING',
    passing: {
      'every method': stage({ MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', ...LIMITS }] }),
      'every route': stageV2({ DefaultRouteSettings: LIMITS }),
      'a usage plan': planned({ RateLimit: 100, BurstLimit: 50 }, { ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' } }),
      'a usage plan that names the stage': planned({ RateLimit: 100, BurstLimit: 50 }, { ApiId: { Ref: 'Api' }, Stage: 'prod' }),
    },
    failing: [
      { finding: 'NoLimits', template: stage({}) },
      { finding: 'NoLimits', template: stage({ MethodSettings: [{ ResourcePath: '/orders', HttpMethod: 'GET', ...LIMITS }] }) },
      { finding: 'NoLimits', template: stage({ MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', ...LIMITS, ThrottlingRateLimit: -1 }] }) },
      { finding: 'NoLimits', template: stageV2({ DefaultRouteSettings: { ThrottlingRateLimit: 100 } }) },
      { finding: 'NoLimits', template: planned(undefined, { ApiId: { Ref: 'Api' }, Stage: 'prod' }) },
      { finding: 'NoLimits', template: planned({ RateLimit: 100, BurstLimit: 50 }, { ApiId: { Ref: 'Api' }, Stage: 'test' }) },
      { finding: 'UnresolvedLimits', template: stage({ MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', ...LIMITS, ThrottlingRateLimit: PARAMETER }] }) },
      { finding: 'UnresolvedLimits', template: stage({ MethodSettings: PARAMETER }) },
      { finding: 'NoLimits', template: stage({ MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', ...LIMITS }, { ...ORDERS, ThrottlingRateLimit: -1, ThrottlingBurstLimit: -1 }] }) },
    ],
    mutations: [
      { name: 'drop the settings', finding: 'NoLimits', mutate: (t) => delete t.Resources.Stage.Properties.MethodSettings },
      { name: 'limit one path only', finding: 'NoLimits', mutate: (t) => { t.Resources.Stage.Properties.MethodSettings[0].ResourcePath = '/orders'; } },
      { name: 'lift the limits of one method', finding: 'NoLimits', mutate: (t) => t.Resources.Stage.Properties.MethodSettings.push({ ...ORDERS, ThrottlingRateLimit: -1 }) },
      { name: 'drop the burst limit', finding: 'NoLimits', mutate: (t) => delete t.Resources.Stage.Properties.MethodSettings[0].ThrottlingBurstLimit },
    ],
  },
  {
    control: 'API-WAF',
    passing: {
      'by the name of the stage': protectedBy({ ResourceArn: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}::/restapis/${Api}/stages/prod' } }),
      'by reference to the stage': protectedBy({ ResourceArn: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}::/restapis/${Api}/stages/${Stage}' } }),
    },
    failing: [
      { finding: 'NoWebAcl', template: stage({}) },
      { finding: 'NoWebAcl', template: protectedBy({ ResourceArn: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}::/restapis/${Api}/stages/test' } }) },
      { finding: 'UnresolvedAssociation', template: protectedBy({ ResourceArn: PARAMETER }) },
    ],
    mutations: [
      { name: 'drop the association', finding: 'NoWebAcl', mutate: (t) => delete t.Resources.Association },
      { name: 'protect another stage', finding: 'NoWebAcl', mutate: (t) => { t.Resources.Stage.Properties.StageName = 'blue'; } },
    ],
  },
];
