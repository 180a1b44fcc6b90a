import { APIGATEWAY_ACCESS_CONTROLS } from './apigateway-access';
import { APIGATEWAY_BACKEND_CONTROLS } from './apigateway-backend';
import { APIGATEWAY_DOMAIN_CONTROLS } from './apigateway-domain';
import { APIGATEWAY_KEY_CONTROLS } from './apigateway-keys';
import { APIGATEWAY_LOGGING_CONTROLS } from './apigateway-logging';
import { APIGATEWAY_MONITORING_CONTROLS } from './apigateway-monitoring';
import { Control } from '../control';

/** Controls of Amazon API Gateway. */
export const APIGATEWAY_CONTROLS: readonly Control[] = [
  ...APIGATEWAY_ACCESS_CONTROLS,
  ...APIGATEWAY_BACKEND_CONTROLS,
  ...APIGATEWAY_DOMAIN_CONTROLS,
  ...APIGATEWAY_KEY_CONTROLS,
  ...APIGATEWAY_LOGGING_CONTROLS,
  ...APIGATEWAY_MONITORING_CONTROLS,
  {
    id: 'API-AUTHORIZATION',
    title: 'Every method of an API asks who calls',
    rationale: 'A method without authorization runs its backend for anybody. An API key is no proof of identity.',
    remedy: 'Set AuthorizationType to AWS_IAM, CUSTOM, COGNITO_USER_POOLS or JWT. In an OpenAPI document give each operation a security requirement whose scheme has an x-amazon-apigateway-authorizer.',
    severity: 'high',
    waivable: true,
    resourceTypes: ['AWS::ApiGateway::Method', 'AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Route'],
    findings: {
      NoAuthorization: 'The method is open to anybody.',
      DocumentSecurity: 'Only the document as a whole asks who calls, which API Gateway is not documented to apply to its operations.',
      UnresolvedAuthorization: 'The template does not tell the type of authorization.',
      UnreadBody: 'The methods of the API stand in a document that is not in the template.',
    },
    requirements: [{ framework: 'AWS FSBP', clause: 'APIGateway.8' }],
    source: 'AWS Foundational Security Best Practices, APIGateway.8; AWS Guard rule registry, API_GW_METHOD_AUTHORIZATION_TYPE_RULE',
    mixin: { impossible: 'who may call, and how they prove it, is the owner\'s decision' },
  },
  {
    id: 'API-REQUEST-VALIDATION',
    title: 'An API validates a request before the backend sees it',
    rationale: 'Malformed input that is refused at the door needs no code, and cannot reach a parser behind it.',
    remedy: 'Set RequestValidatorId to an AWS::ApiGateway::RequestValidator that validates the body and the parameters, or x-amazon-apigateway-request-validator in an OpenAPI document.',
    severity: 'low',
    waivable: true,
    resourceTypes: ['AWS::ApiGateway::Method', 'AWS::ApiGateway::RestApi'],
    findings: {
      NoValidator: 'The method has no validator.',
      ValidatorOff: 'The validator validates nothing.',
      BodyNotValidated: 'The method declares a model of the body, and the validator ignores it.',
      ParametersNotValidated: 'The method declares parameters, and the validator ignores them.',
      UnresolvedValidator: 'The template does not tell what the validator does.',
      UnreadBody: 'The methods of the API stand in a document that is not in the template.',
    },
    requirements: [],
    source: 'cdk-nag 3.0.2, AwsSolutions-APIG2',
    mixin: { impossible: 'what a valid request looks like is known only to the owner' },
  },
  {
    id: 'API-THROTTLING',
    title: 'A stage has limits of its own',
    rationale: 'Without them one API can use up the request rate of the whole account in the Region, and every other API answers 429.',
    remedy: 'Set ThrottlingRateLimit and ThrottlingBurstLimit in MethodSettings for /* and *, in DefaultRouteSettings, or in a usage plan.',
    severity: 'medium',
    waivable: true,
    resourceTypes: ['AWS::ApiGateway::Deployment', 'AWS::ApiGateway::Stage', 'AWS::ApiGatewayV2::Stage'],
    findings: {
      NoLimits: 'The stage, or one of its methods, has no rate and burst limit.',
      UnresolvedLimits: 'The template does not tell the limits.',
    },
    requirements: [{ framework: 'NIST 800-53r5', clause: 'SC-5' }],
    source: 'cdk-nag 3.0.2, Serverless-APIGWDefaultThrottling',
    mixin: { name: 'api.mixins.StageThrottling' },
  },
  {
    id: 'API-WAF',
    title: 'A web ACL stands in front of a stage',
    rationale: 'AWS WAF drops known attacks and floods before they cost a request or reach the backend.',
    remedy: 'Add an AWS::WAFv2::WebACLAssociation with the ARN of the stage.',
    severity: 'medium',
    waivable: true,
    resourceTypes: ['AWS::ApiGateway::Deployment', 'AWS::ApiGateway::Stage'],
    findings: {
      NoWebAcl: 'No web ACL is associated with the stage.',
      UnresolvedAssociation: 'The template does not tell whether a web ACL is for this stage.',
    },
    requirements: [{ framework: 'AWS FSBP', clause: 'APIGateway.4' }, { framework: 'NIST 800-53r5', clause: 'AC-4(21)' }],
    source: 'AWS Foundational Security Best Practices, APIGateway.4',
    mixin: { impossible: 'the association is another resource, and which rules it brings is the owner\'s decision' },
  },
];
