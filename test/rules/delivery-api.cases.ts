import { ControlCase, Template } from './control-case';

type Json = Record<string, any>;

const PARAMETER = { Ref: 'Parameter' };
const ACCOUNT = { Ref: 'AWS::AccountId' };
const arn = (id: string, attribute = 'Arn'): Json => ({ 'Fn::GetAtt': [id, attribute] });
const join = (...parts: unknown[]): Json => ({ 'Fn::Join': ['', parts] });
const template = (resources: Json): Template => ({ Parameters: { Parameter: { Type: 'String' } }, Resources: resources });
/** A copy of a template with some resources changed; undefined takes one away. */
const but = (base: Template, changes: Json): Template =>
  ({ ...base, Resources: Object.fromEntries(Object.entries({ ...base.Resources, ...changes }).filter(([, resource]) => resource !== undefined)) });
const grant = (actions: string | string[], resource: unknown): Json => ({ Effect: 'Allow', Action: actions, Resource: resource });
const trusting = (service: unknown, statements: Json[], condition?: Json): Json => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service }, ...(condition && { Condition: condition }) }] },
    Policies: [{ PolicyName: 'Own', PolicyDocument: { Statement: statements } }],
  },
});
const role = (...statements: Json[]): Json => trusting('apigateway.amazonaws.com', statements);
const USE_KEY = ['kms:Decrypt', 'kms:GenerateDataKey*'];

const partOf = (index: number, text: unknown): Json => ({ 'Fn::Select': [index, { 'Fn::Split': [':', text] }] });
const invocation = (func: unknown): Json => join('arn:', { Ref: 'AWS::Partition' }, ':apigateway:', { Ref: 'AWS::Region' }, ':lambda:path/2015-03-31/functions/', func, '/invocations');
const source = (rest: unknown, api: unknown = { Ref: 'Api' }): Json =>
  join('arn:', { Ref: 'AWS::Partition' }, ':execute-api:', { Ref: 'AWS::Region' }, ':', ACCOUNT, ':', api, '/', rest);
const permission = (from: unknown, more: Json = {}): Json => ({
  Type: 'AWS::Lambda::Permission',
  Properties: { Action: 'lambda:InvokeFunction', FunctionName: arn('Function'), Principal: 'apigateway.amazonaws.com', SourceArn: from, ...more },
});
const method = (integration: unknown, more: Json = {}): Json =>
  ({ Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'Api' }, ResourceId: { Ref: 'Order' }, HttpMethod: 'POST', Integration: integration, ...more } });
const proxy = (func: unknown = arn('Function'), more: Json = {}): Json => ({ Type: 'AWS_PROXY', Uri: invocation(func), ...more });
const resource = (parent: unknown, part: unknown): Json => ({ Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: { Ref: 'Api' }, ParentId: parent, PathPart: part } });

const LAMBDA = template({
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'orders' } },
  Orders: resource(arn('Api', 'RootResourceId'), 'orders'),
  Order: resource({ Ref: 'Orders' }, '{id}'),
  Method: method(proxy()),
  Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod' } },
  Function: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'take-orders' } },
  Permission: permission(source(join({ Ref: 'Stage' }, '/POST/orders/*'))),
});
const permitted = (from: unknown, more: Json = {}): Template => but(LAMBDA, { Permission: permission(from, more) });
const calling = (integration: unknown, more: Json = {}): Template => but(LAMBDA, { Method: method(integration), Permission: undefined, ...more });
const byRole = (changes: Json = {}): Template =>
  calling(proxy(arn('Function'), { Credentials: arn('Role') }), { Role: role(grant('lambda:InvokeFunction', arn('Function'))), ...changes });

const AUTHORIZER = but(LAMBDA, {
  Method: undefined,
  Authorizer: { Type: 'AWS::ApiGateway::Authorizer', Properties: { RestApiId: { Ref: 'Api' }, Type: 'REQUEST', AuthorizerUri: invocation(arn('Function')) } },
  Permission: permission(source(join('authorizers/', { Ref: 'Authorizer' }))),
});
const authorizer = (properties: Json): Template => but(AUTHORIZER, { Authorizer: { Type: 'AWS::ApiGateway::Authorizer', Properties: { ...AUTHORIZER.Resources.Authorizer.Properties, ...properties } } });

const service = (name: string, kind: string, rest: unknown): Json => join('arn:', { Ref: 'AWS::Partition' }, ':apigateway:', { Ref: 'AWS::Region' }, `:${name}:${kind}/`, rest);
const QUEUE = calling(
  { Type: 'AWS', Uri: service('sqs', 'path', join(ACCOUNT, '/', arn('Queue', 'QueueName'))), Credentials: arn('Role'), RequestTemplates: { 'application/json': 'Action=SendMessage&MessageBody=$input.body' } },
  {
    Queue: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: arn('Key') } },
    Key: {
      Type: 'AWS::KMS::Key',
      Properties: { KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } }, Action: 'kms:*', Resource: '*' }] } },
    },
    Role: role(grant('sqs:SendMessage', arn('Queue')), grant(USE_KEY, arn('Key'))),
  },
);
const queued = (integration: Json): Template => but(QUEUE, { Method: method({ ...QUEUE.Resources.Method.Properties.Integration, ...integration }) });
const START = join('{"input":"$util.escapeJavaScript($input.body)","stateMachineArn":"', { Ref: 'Machine' }, '"}');
const MACHINE = calling(
  { Type: 'AWS', Uri: service('states', 'action', 'StartExecution'), Credentials: arn('Role'), RequestTemplates: { 'application/json': START } },
  { Machine: { Type: 'AWS::StepFunctions::StateMachine' }, Role: role(grant('states:StartExecution', { Ref: 'Machine' })) },
);
const BUS = calling(
  { Type: 'AWS', Uri: service('events', 'action', 'PutEvents'), Credentials: arn('Role'), RequestTemplates: { 'application/json': join('{"Entries":[{"EventBusName":"', { Ref: 'Bus' }, '"}]}') } },
  { Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'orders' } }, Role: role(grant('events:PutEvents', arn('Bus'))) },
);

/** The API of the first example as a document describes it. */
const imported = (operation: Json, changes: Json = {}, document: Json = {}): Template => but(LAMBDA, {
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: { openapi: '3.0.1', paths: { '/orders/{id}': { post: operation } }, ...document } } },
  Orders: undefined,
  Order: undefined,
  Method: undefined,
  ...changes,
});
const calls = (integration: Json): Json => ({ 'x-amazon-apigateway-integration': { type: 'aws_proxy', uri: invocation(arn('Function')), ...integration } });
const AUTHORIZED = { components: { securitySchemes: { own: { 'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: invocation(arn('Function')) } } } } };

/** Examples of calls of API Gateway. */
export const DELIVERY_API_CASES: readonly ControlCase[] = [
  {
    control: 'DELIVERY-API-INVOKE',
    passing: {
      'a permission for one method of one stage': LAMBDA,
      'a permission for the whole API': permitted(source('*')),
      'a permission for the account': permitted(undefined, { SourceAccount: ACCOUNT }),
      'a function by its name': but(LAMBDA, { Method: method(proxy({ 'Fn::Sub': 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:take-orders' })) }),
      'any verb': but(LAMBDA, { Method: method(proxy(), { HttpMethod: 'ANY' }), Permission: permission(source('*/*/orders/*')) }),
      'without stage': but(LAMBDA, { Stage: undefined, Permission: permission(source('*/POST/orders/*')) }),
      'an alias': but(LAMBDA, {
        Alias: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Function' }, Name: 'live' } },
        Method: method(proxy({ Ref: 'Alias' })),
        Permission: permission(source('prod/POST/orders/*'), { FunctionName: { Ref: 'Alias' } }),
      }),
      'an operation of a document': imported(calls({})),
      'an operation of a document, with a role': imported(
        calls({ credentials: arn('Role') }), { Permission: undefined, Role: role(grant('lambda:InvokeFunction', arn('Function'))) }),
      'an authorizer of a document': imported({}, { Permission: permission(source('authorizers/*')) }, AUTHORIZED),
      'an authorizer': AUTHORIZER,
      'an authorizer as the CDK writes it': authorizer({
        AuthorizerUri: join('arn:', partOf(1, arn('Function')), ':apigateway:', partOf(3, arn('Function')), ':lambda:path/2015-03-31/functions/', arn('Function'), '/invocations'),
      }),
      'an authorizer with a role': but(authorizer({ AuthorizerCredentials: arn('Role') }), { Permission: undefined, Role: role(grant('lambda:InvokeFunction', arn('Function'))) }),
      'a role': byRole(),
      'an encrypted queue': QUEUE,
      'a queue by its name': but(queued({ Uri: service('sqs', 'path', join(ACCOUNT, '/inbox')) }), { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'inbox' } } }),
      'a state machine': MACHINE,
      'an event bus': BUS,
    },
    failing: [
      { finding: 'PolicyDenies::Function', template: but(LAMBDA, { Permission: undefined }) },
      { finding: 'PolicyDenies::Function', template: permitted(source('prod/GET/orders/*')) },
      { finding: 'PolicyDenies::Function', template: permitted(source('test/POST/orders/*')) },
      { finding: 'PolicyDenies::Function', template: permitted(source('*/POST/invoices/*')) },
      { finding: 'PolicyDenies::Function', template: but(permitted(source('*', { Ref: 'Other' })), { Other: { Type: 'AWS::ApiGateway::RestApi' } }) },
      { finding: 'PolicyDenies::Function', template: permitted(source('*'), { Principal: 'events.amazonaws.com' }) },
      { finding: 'PolicyDenies::Function', template: permitted(source('*'), { Action: 'lambda:GetFunction' }) },
      { finding: 'PolicyDenies::Function', template: but(LAMBDA, { Method: method(proxy(), { HttpMethod: 'ANY' }) }) },
      { finding: 'PolicyDenies::Function', template: but(LAMBDA, { Second: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'test' } } }) },
      { finding: 'PolicyDenies::Function', template: imported(calls({}), { Permission: undefined }) },
      { finding: 'PolicyDenies::Function', template: imported(calls({}), { Permission: permission(source('prod/GET/orders/*')) }) },
      { finding: 'PolicyDenies::Function', template: imported({}, {}, AUTHORIZED) },
      { finding: 'NoCredentials', template: imported(calls({ uri: service('states', 'action', 'StartExecution') })) },
      { finding: 'UnreadBody', template: but(LAMBDA, { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { BodyS3Location: { Bucket: 'definitions' } } } }) },
      { finding: 'Untold::Function', template: but(AUTHORIZER, { Permission: permission(source('*/POST/orders/*')) }) },
      { finding: 'PolicyDenies::Function', template: but(AUTHORIZER, { Permission: undefined }) },
      { finding: 'PolicyDenies::Function', template: byRole({ Role: role() }) },
      { finding: 'PolicyDenies::Queue', template: but(QUEUE, { Role: role(grant(USE_KEY, arn('Key'))) }) },
      { finding: 'PolicyDenies::Queue', template: queued({ RequestTemplates: { 'application/json': 'Action=ReceiveMessage' } }) },
      { finding: 'PolicyDenies::Machine', template: but(MACHINE, { Role: role(grant('states:StartSyncExecution', { Ref: 'Machine' })) }) },
      { finding: 'PolicyDenies::Bus', template: but(BUS, { Role: role() }) },
      { finding: 'KeyDenies::Queue', template: but(QUEUE, { Role: role(grant('sqs:SendMessage', arn('Queue'))) }) },
      { finding: 'NoCredentials', template: queued({ Credentials: undefined }) },
      { finding: 'RoleDenies::Role', template: byRole({ Role: trusting('lambda.amazonaws.com', [grant('lambda:InvokeFunction', arn('Function'))]) }) },
      { finding: 'RoleDenies::Role', template: byRole({ Role: { Type: 'AWS::IAM::Role', Properties: {} } }) },
      { finding: 'Untold::Role', template: byRole({ Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: PARAMETER } } }) },
      { finding: 'Untold::Role', template: byRole({ Role: trusting('apigateway.amazonaws.com', [], { StringEquals: { 'aws:SourceAccount': ACCOUNT } }) }) },
      { finding: 'Untold::Function', template: byRole({ Role: undefined, Method: method(proxy(arn('Function'), { Credentials: PARAMETER })) }) },
      { finding: 'Untold::Function', template: permitted(PARAMETER) },
      { finding: 'Untold::Function', template: permitted(source('*/POST/orders/{id}')) },
      { finding: 'Untold::Function', template: but(LAMBDA, { Stage: undefined }) },
      { finding: 'Untold::Function', template: but(LAMBDA, { Order: resource({ Ref: 'Orders' }, PARAMETER) }) },
      { finding: 'Untold::${Parameter}', template: calling({ Type: 'AWS_PROXY', Uri: PARAMETER }) },
      { finding: 'Untold::${Parameter}', template: calling({ Type: 'AWS_PROXY', Uri: PARAMETER, Credentials: PARAMETER }) },
      {
        finding: 'Untold::arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function.Arn}:${stageVariables.alias}/invocations',
        template: but(LAMBDA, { Method: method(proxy(join(arn('Function'), ':${stageVariables.alias}'))) }),
      },
      {
        finding: 'Untold::arn:${AWS::Partition}:apigateway:${AWS::Region}:sqs:path/${AWS::AccountId}/${Queue.QueueName}',
        template: queued({ RequestTemplates: undefined }),
      },
      {
        finding: 'Untold::arn:${AWS::Partition}:apigateway:${AWS::Region}:dynamodb:action/PutItem',
        template: calling({ Type: 'AWS', Uri: service('dynamodb', 'action', 'PutItem'), Credentials: arn('Role') }, { Role: role() }),
      },
      {
        finding: 'Untold::arn:${AWS::Partition}:apigateway:${AWS::Region}:sqs:path/999999999999/${Queue.QueueName}',
        template: queued({ Uri: service('sqs', 'path', join('999999999999/', arn('Queue', 'QueueName'))) }),
      },
    ],
    mutations: [
      { name: 'drop the permission', finding: 'PolicyDenies::Function', mutate: (t) => delete t.Resources.Permission },
      { name: 'permit another method', finding: 'PolicyDenies::Function', mutate: (t) => { t.Resources.Permission.Properties.SourceArn = source('*/GET/orders'); } },
      { name: 'permit another service', finding: 'PolicyDenies::Function', mutate: (t) => { t.Resources.Permission.Properties.Principal = 's3.amazonaws.com'; } },
      { name: 'rename the stage', finding: 'PolicyDenies::Function', mutate: (t) => { t.Resources.Permission.Properties.SourceArn = source('test/POST/orders/*'); } },
      {
        name: 'call a queue without credentials',
        finding: 'NoCredentials',
        mutate: (t) => { t.Resources.Method.Properties.Integration = { ...QUEUE.Resources.Method.Properties.Integration, Credentials: undefined }; },
      },
    ],
  },
];
