import { ControlCase, Template } from './control-case';

const PARAMETER = { Ref: 'Parameter' };

const template = (resources: Record<string, object>, parameters: object = {}): Template =>
  ({ Parameters: { Parameter: { Type: 'String' }, ...parameters }, Resources: resources });

const method = (properties: object): Template => template({ Method: { Type: 'AWS::ApiGateway::Method', Properties: { HttpMethod: 'POST', ...properties } } });
const key = (properties: object, parameters?: object): Template => template({ Key: { Type: 'AWS::ApiGateway::ApiKey', Properties: properties } }, parameters);
const plan = (properties: object): Template => template({ Plan: { Type: 'AWS::ApiGateway::UsagePlan', Properties: properties } });

const KEY = { type: 'apiKey', name: 'x-api-key', in: 'header' };
const POOL = { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools' } };
const imported = (security: unknown, schemes: object = {}, document: object = {}): Template => template({
  Api: {
    Type: 'AWS::ApiGateway::RestApi',
    Properties: { Body: { openapi: '3.0.1', paths: { '/orders': { post: { security } } }, components: { securitySchemes: { key: KEY, pool: POOL, ...schemes } }, ...document } },
  },
});

const LIMITS = { RateLimit: 10, BurstLimit: 20 };
const stage = (throttle?: unknown): object => ({ ApiId: 'a1b2c3', Stage: 'live', Throttle: throttle });

/** Examples of the keys of API Gateway, and of the plans that meter them. */
export const APIGATEWAY_KEY_CASES: readonly ControlCase[] = [
  {
    control: 'API-KEY-NOT-ALONE',
    passing: {
      'beside signatures': method({ ApiKeyRequired: true, AuthorizationType: 'AWS_IAM' }),
      'as text, beside an authorizer': method({ ApiKeyRequired: 'true', AuthorizationType: 'CUSTOM' }),
      'perhaps, beside a user pool': method({ ApiKeyRequired: PARAMETER, AuthorizationType: 'COGNITO_USER_POOLS' }),
      'a document': imported([{ key: [], pool: ['orders'] }]),
    },
    failing: [
      { finding: 'KeyAlone', template: method({ ApiKeyRequired: true, AuthorizationType: 'NONE' }) },
      { finding: 'KeyAlone', template: method({ ApiKeyRequired: 'true' }) },
      { finding: 'KeyAlone', template: imported([{ key: [] }]) },
      { finding: 'KeyAlone', template: imported([{ Key: [] }], { Key: { ...KEY, name: 'X-API-Key' } }) },
      { finding: 'UnresolvedAuthorization', template: method({ ApiKeyRequired: true, AuthorizationType: PARAMETER }) },
      { finding: 'UnresolvedAuthorization', template: method({ ApiKeyRequired: PARAMETER, AuthorizationType: 'NONE' }) },
      { finding: 'UnresolvedAuthorization', template: method({ ApiKeyRequired: PARAMETER, AuthorizationType: PARAMETER }) },
      { finding: 'UnresolvedAuthorization', template: imported(undefined, {}, { security: [{ key: [] }] }) },
      { finding: 'UnresolvedAuthorization', template: imported(PARAMETER) },
      { finding: 'UnresolvedAuthorization', template: imported([{ missing: [] }]) },
      { finding: 'UnresolvedAuthorization', template: imported([{ key: [] }], { key: { ...KEY, name: PARAMETER } }) },
      { finding: 'UnreadBody', template: template({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { BodyS3Location: { Bucket: 'definitions', Key: 'orders.json' } } } }) },
    ],
    mutations: [
      { name: 'drop the authorization', finding: 'KeyAlone', mutate: (t) => delete t.Resources.Method.Properties.AuthorizationType },
      { name: 'ask for nothing else', finding: 'KeyAlone', mutate: (t) => { t.Resources.Method.Properties.AuthorizationType = 'NONE'; } },
    ],
  },
  {
    control: 'API-KEY-VALUE',
    passing: {
      'made up by API Gateway': key({ Enabled: true }),
      'from a secret': key({ Value: '{{resolve:secretsmanager:partner:SecretString:key}}' }),
      'from a parameter that shows nowhere': key({ Value: { Ref: 'Hidden' } }, { Hidden: { Type: 'String', NoEcho: true } }),
    },
    failing: [
      { finding: 'PlainValue', template: key({ Value: 'an-example-of-a-key-in-clear-text' }) },
      { finding: 'PlainValue', template: key({ Value: { 'Fn::Sub': 'key-of-${AWS::AccountId}-in-clear-text' } }) },
      { finding: 'PlainValue', template: key({ Value: { Ref: 'Given' } }, { Given: { Type: 'String', NoEcho: true, Default: 'an-example-of-a-key' } }) },
      { finding: 'ShownParameter', template: key({ Value: PARAMETER }) },
      { finding: 'UnresolvedValue', template: key({ Value: { 'Fn::ImportValue': 'key-of-partner' } }) },
    ],
    mutations: [{ name: 'write a value', finding: 'PlainValue', mutate: (t) => { t.Resources.Key.Properties.Value = 'an-example-of-a-key-in-clear-text'; } }],
  },
  {
    control: 'API-PLAN-THROTTLE',
    passing: {
      'both limits': plan({ Throttle: LIMITS, ApiStages: [stage()] }),
      'lower ones for a method': plan({ Throttle: { RateLimit: '10', BurstLimit: '20' }, ApiStages: [stage({ '/orders/GET': { RateLimit: 1, BurstLimit: 1 } })] }),
      'no requests at all': plan({ Throttle: { RateLimit: 0, BurstLimit: 0 }, ApiStages: [stage({})] }),
    },
    failing: [
      { finding: 'NoLimits', template: plan({ ApiStages: [stage()] }) },
      { finding: 'NoLimits', template: plan({ ApiStages: [stage()], Throttle: { RateLimit: 10 } }) },
      { finding: 'NoLimits', template: plan({ ApiStages: [stage()], Throttle: { RateLimit: 10, BurstLimit: -1 } }) },
      { finding: 'NoLimits', template: plan({ ApiStages: [stage()], Quota: { Limit: 1000, Period: 'DAY' } }) },
      { finding: 'UnresolvedLimits', template: plan({ ApiStages: [stage()], Throttle: PARAMETER }) },
      { finding: 'UnresolvedLimits', template: plan({ ApiStages: [stage()], Throttle: { RateLimit: PARAMETER, BurstLimit: 20 } }) },
      { finding: 'UnresolvedLimits', template: plan({ ApiStages: PARAMETER, Throttle: LIMITS }) },
      { finding: 'UnresolvedLimits', template: plan({ ApiStages: PARAMETER }) },
      { finding: 'UnresolvedLimits', template: plan({ ApiStages: [PARAMETER], Throttle: LIMITS }) },
      { finding: 'UnresolvedLimits', template: plan({ ApiStages: [stage({ '/orders/GET': PARAMETER })], Throttle: LIMITS }) },
    ],
    mutations: [
      { name: 'drop the limits', finding: 'NoLimits', mutate: (t) => delete t.Resources.Plan.Properties.Throttle },
      { name: 'a rate without burst', finding: 'NoLimits', mutate: (t) => delete t.Resources.Plan.Properties.Throttle.BurstLimit },
      {
        name: 'lift them for a method',
        finding: 'NoLimits',
        mutate: (t) => { t.Resources.Plan.Properties.ApiStages[0].Throttle = { '/orders/GET': { RateLimit: -1, BurstLimit: -1 } }; },
      },
    ],
  },
];
