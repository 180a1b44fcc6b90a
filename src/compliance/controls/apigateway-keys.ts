import { Control } from '../control';

/** Controls of the keys of API Gateway, and of the plans that meter them. */
export const APIGATEWAY_KEY_CONTROLS: readonly Control[] = [
  {
    id: 'API-KEY-NOT-ALONE',
    title: 'A method that asks for an API key asks besides who calls',
    rationale: 'A key of API Gateway tells which plan counts a request. Whoever has seen it can send it, it is not bound to the caller, and it opens every API of its plans.',
    remedy: 'Set AuthorizationType to AWS_IAM, CUSTOM or COGNITO_USER_POOLS beside ApiKeyRequired. In an OpenAPI document add a scheme with an x-amazon-apigateway-authorizer, or of awsSigv4, to the requirement that names the key.',
    severity: 'high',
    waivable: true,
    resourceTypes: ['AWS::ApiGateway::Method', 'AWS::ApiGateway::RestApi'],
    findings: {
      KeyAlone: 'The method asks for a key and for nothing that proves who calls.',
      UnresolvedAuthorization: 'The template does not tell whether the method asks for a key, or what it asks for besides.',
      UnreadBody: 'The methods of the API stand in a document that is not in the template.',
    },
    requirements: [{ framework: 'NIST 800-53r5', clause: 'IA-9' }],
    source: 'Amazon API Gateway Developer Guide, Usage plans and API keys for REST APIs in API Gateway: do not use API keys for authentication or authorization',
    mixin: { impossible: 'who may call, and how they prove it, is the owner\'s decision' },
  },
  {
    id: 'API-KEY-VALUE',
    title: 'No template holds the value of an API key',
    rationale: 'A template is kept in version control, build logs and the stack itself, and is read by everybody who may see those. A value that was written is never rotated either.',
    remedy: 'Leave Value out: API Gateway makes one up, which whoever may read the key gets. Replace the key whose value was written.',
    severity: 'high',
    waivable: true,
    resourceTypes: ['AWS::ApiGateway::ApiKey'],
    findings: {
      PlainValue: 'The value of the key, or a part of it, stands in the template.',
      ShownParameter: 'The value comes through a parameter that shows it to whoever may see the stack.',
      UnresolvedValue: 'The template does not tell where the value comes from.',
    },
    requirements: [{ framework: 'NIST 800-53r5', clause: 'IA-5(7)' }],
    source: 'AWS CloudFormation User Guide, Security best practices: do not embed credentials in your templates; AWS::ApiGateway::ApiKey, Value',
    mixin: { impossible: 'callers hold the value, and another one would lock them out until they have it' },
  },
  {
    id: 'API-PLAN-THROTTLE',
    title: 'A usage plan limits how often each of its keys may call',
    rationale: 'A plan without limits counts and lets pass: one caller can then use up what the stage has for all of them.',
    remedy: 'Set Throttle with RateLimit and BurstLimit, and lift no limit for single methods in ApiStages.',
    severity: 'medium',
    waivable: true,
    resourceTypes: ['AWS::ApiGateway::UsagePlan'],
    findings: {
      NoLimits: 'The plan has no rate and burst limit, or lifts them for a method.',
      UnresolvedLimits: 'The template does not tell the limits, or whether the plan has stages.',
    },
    requirements: [{ framework: 'NIST 800-53r5', clause: 'SC-5' }],
    source: 'Amazon API Gateway Developer Guide, Throttle requests to your REST APIs for better throughput in API Gateway: per-client throttling; AWS::ApiGateway::UsagePlan, Throttle',
    mixin: { name: 'api.mixins.UsagePlanThrottling' },
  },
];
