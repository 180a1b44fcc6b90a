import { App, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as events from 'aws-cdk-lib/aws-events';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { render } from 'velocityjs';
import { api, storage } from '../../src';
import { acknowledgedBelow, identityStatements, propertiesOf } from '../storage/templates';

const schema: apigateway.JsonSchema = { type: apigateway.JsonSchemaType.OBJECT, additionalProperties: false };

/** A body that breaks a careless template: quotes of both kinds, a line end, an ampersand, a backslash, a reference of the template language. */
const BODY = '{"sku":"O\'Neill & \\"Sons\\"\\n","note":"50% $context.requestId #if(true)"}';

interface Served { readonly stack: Stack; readonly method: any; readonly role: string[] }

function serve(integration: (stack: Stack) => api.Integration, path = '/orders'): Served {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const served = new api.IntegrationApi(stack, 'Api', { authorization: api.Authorization.iam() });
  served.addRoute(api.HttpMethod.POST, path, { integration: integration(stack), body: schema });
  const role = identityStatements(stack).map(({ Action, Resource }) => `${JSON.stringify(Action)} ${JSON.stringify(Resource)}`);
  return { stack, method: Object.values(propertiesOf(stack, 'AWS::ApiGateway::Method'))[0], role };
}

/** What API Gateway makes of a template: its own functions (API Gateway Developer Guide, "Variables for data transformations"). */
function mapped(template: unknown, context: object, body = BODY, answer: Record<string, unknown> = {}): string {
  const text = typeof template === 'string' ? template
    : (template as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : JSON.stringify(part).replace(/"/g, ''))).join('');
  return render(text, {
    context,
    input: { body, path: (expression: string) => answer[expression] },
    util: {
      urlEncode: (value: string) => encodeURIComponent(value),
      // Escapes as Java's StringEscapeUtils.escapeEcmaScript does.
      escapeJavaScript: (value: string) => {
        const escaped = value.replace(/[\\"'/]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r');
        return Object.assign(Object(escaped), { replaceAll: (_pattern: string, by: string) => escaped.replace(/\\'/g, by) }) as string;
      },
    },
  });
}

function requestTemplate(method: any): unknown {
  expect(Object.keys(method.Integration.RequestTemplates)).toEqual(['application/json']);
  return method.Integration.RequestTemplates['application/json'];
}

const CALLER = { requestId: 'r-1', resourcePath: '/orders', identity: { userArn: 'arn:aws:iam::111122223333:role/partner' }, authorizer: {} };

/** What holds for each service that a route asks by role. */
function testService(integration: (stack: Stack) => api.Integration): void {
  test('refuses a body of another media type, which no template is for', () => {
    expect(serve(integration).method.Integration.PassthroughBehavior).toBe('NEVER');
  });

  test('answers 202 with the id of the request, and 503 for anything but success', () => {
    const { method } = serve(integration);
    const [accepted, failed] = method.Integration.IntegrationResponses;
    expect([accepted.StatusCode, accepted.SelectionPattern, failed.StatusCode, failed.SelectionPattern]).toEqual(['202', '200', '503', undefined]);
    const answer = mapped(accepted.ResponseTemplates['application/json'], { requestId: 'r-1', responseOverride: {} }, '', { '$.FailedEntryCount': 0 });
    expect(JSON.parse(answer)).toEqual({ requestId: 'r-1' });
    expect(JSON.parse(mapped(failed.ResponseTemplates['application/json'], { requestId: 'r-1' }))).toMatchObject({ requestId: 'r-1' });
  });

  test('asks by a role that only API Gateway can take', () => {
    const { stack, method } = serve(integration);
    const [id] = method.Integration.Credentials['Fn::GetAtt'];
    expect(propertiesOf(stack, 'AWS::IAM::Role')[id].AssumeRolePolicyDocument.Statement).toEqual([
      { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' } },
    ]);
    expect(acknowledgedBelow(stack.node.findChild('Api')).join()).toContain('IAMNoInlinePolicy');
  });
}

describe('a queue', () => {
  const toQueue = (stack: Stack) => api.Integration.queue(new storage.IntegrationQueue(stack, 'Queue').queue);
  testService(toQueue);

  test('gets the body as it was sent, with the request, the route and the caller', () => {
    const { method } = serve(toQueue);
    const form = new URLSearchParams(mapped(requestTemplate(method), CALLER));
    expect(Object.fromEntries(form)).toEqual({
      'Action': 'SendMessage',
      'MessageBody': BODY,
      'MessageAttribute.1.Name': 'requestId',
      'MessageAttribute.1.Value.DataType': 'String',
      'MessageAttribute.1.Value.StringValue': 'r-1',
      'MessageAttribute.2.Name': 'route',
      'MessageAttribute.2.Value.DataType': 'String',
      'MessageAttribute.2.Value.StringValue': 'POST /orders',
      'MessageAttribute.3.Name': 'caller',
      'MessageAttribute.3.Value.DataType': 'String',
      'MessageAttribute.3.Value.StringValue': CALLER.identity.userArn,
    });
    expect(method.Integration.RequestParameters).toEqual({ 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" });
  });

  test.each([
    ['the principal of a token', { ...CALLER, identity: {}, authorizer: { principalId: 'https://login.example.com|partner & co' } }, 'https://login.example.com|partner & co'],
    ['nobody', { ...CALLER, identity: {} }, 'unknown'],
  ])('learns that %s called', (_who, context, caller) => {
    const form = new URLSearchParams(mapped(requestTemplate(serve(toQueue).method), context));
    expect(form.get('MessageAttribute.3.Value.StringValue')).toBe(caller);
  });

  test('lets the role send, and use the key for that', () => {
    const { role } = serve(toQueue);
    expect(role.filter((statement) => /sqs|kms/.test(statement)).map((statement) => statement.split(' ')[0])).toEqual(
      ['"sqs:SendMessage"', '["kms:GenerateDataKey","kms:Decrypt"]']);
  });

  test('keeps order by the group that is named, once for each request', () => {
    const { method } = serve((stack) => api.Integration.queue(
      new storage.IntegrationQueue(stack, 'Queue', { fifo: true }).queue, { messageGroupId: '$context.authorizer.subject' }));
    const form = new URLSearchParams(mapped(requestTemplate(method), { ...CALLER, authorizer: { subject: 'acme' } }));
    expect([form.get('MessageGroupId'), form.get('MessageDeduplicationId')]).toEqual(['acme', 'r-1']);
  });

  test.each([
    [true, undefined, "'messageGroupId' of route 'POST /orders' must be given for a FIFO queue, got nothing; name what must stay in order, such as '$context.authorizer.subject'"],
    [false, 'all', "'messageGroupId' of route 'POST /orders' must be left out for a queue that is not FIFO, got 'all'; remove it"],
  ])('refuses fifo %s with the group %s', (fifo, messageGroupId, message) => {
    expect(() => serve((stack) => api.Integration.queue(new storage.IntegrationQueue(stack, 'Queue', { fifo }).queue, { messageGroupId })))
      .toThrow(`[Stack/Api] ${message}`);
  });

  test('may be one of another app, with a key that its owner governs', () => {
    const { role } = serve((stack) => api.Integration.queue(sqs.Queue.fromQueueAttributes(stack, 'Queue', {
      queueArn: 'arn:aws:sqs:eu-west-1:111122223333:orders', keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    })));
    expect(role).toContain('"sqs:SendMessage" "arn:aws:sqs:eu-west-1:111122223333:orders"');
  });
});

describe('a state machine', () => {
  const ARN = 'arn:aws:states:eu-west-1:111122223333:stateMachine:orders';
  const toMachine = (stack: Stack) => api.Integration.stateMachine(sfn.StateMachine.fromStateMachineArn(stack, 'Machine', ARN));
  testService(toMachine);

  test('is started with the body, under the name of the request', () => {
    const call = JSON.parse(mapped(requestTemplate(serve(toMachine).method), CALLER)) as { input: string };
    expect(call).toEqual({ stateMachineArn: ARN, name: 'r-1', input: BODY });
    expect(JSON.parse(call.input)).toEqual(JSON.parse(BODY));
  });

  test('lets the role start it and nothing else', () => {
    expect(serve(toMachine).role.filter((statement) => statement.includes('states'))).toEqual([`"states:StartExecution" "${ARN}"`]);
  });
});

describe('an event bus', () => {
  const ARN = 'arn:aws:events:eu-west-1:111122223333:event-bus/orders';
  const toBus = (stack: Stack) => api.Integration.eventBus(events.EventBus.fromEventBusArn(stack, 'Bus', ARN), { source: 'orders.api', detailType: 'OrderPlaced' });
  testService(toBus);

  test('gets the body as the detail of an event', () => {
    const { Entries: [entry] } = JSON.parse(mapped(requestTemplate(serve(toBus).method), CALLER)) as { Entries: Array<Record<string, string>> };
    expect({ ...entry, Detail: JSON.parse(entry.Detail) }).toEqual({ EventBusName: ARN, Source: 'orders.api', DetailType: 'OrderPlaced', Detail: JSON.parse(BODY) });
  });

  test('answers 503 where EventBridge says in an answer of 200 that it did not take the event', () => {
    const context = { requestId: 'r-1', responseOverride: {} as Record<string, unknown> };
    mapped(serve(toBus).method.Integration.IntegrationResponses[0].ResponseTemplates['application/json'], context, '', { '$.FailedEntryCount': 1 });
    expect(context.responseOverride.status).toBe(503);
  });

  test('lets the role put events on that bus alone', () => {
    expect(serve(toBus).role.filter((statement) => statement.includes('events'))).toEqual([`"events:PutEvents" "${ARN}"`]);
  });

  test.each([
    [{ source: 'aws.orders', detailType: 'OrderPlaced' }, "'source' must be a source that does not start with 'aws.', got 'aws.orders'; write for example 'orders.api'"],
    [{ source: 'orders.api', detailType: 'Order"Placed' }, "'detailType' must be a name of at most 128 letters, digits, spaces and ./-_, got 'Order\"Placed'; write for example 'OrderPlaced'"],
  ])('refuses %j', (options, message) => {
    expect(() => serve((stack) => api.Integration.eventBus(events.EventBus.fromEventBusArn(stack, 'Bus', ARN), options))).toThrow(`[Stack/Api] ${message}`);
  });
});

describe('a function', () => {
  const code = lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 200 });');
  const { stack, method } = serve((home) => api.Integration.lambdaFunction(
    new lambda.Function(home, 'Function', { code, handler: 'index.handler', runtime: lambda.Runtime.NODEJS_24_X })));

  test('gets the request as it is', () => {
    expect(method.Integration).toMatchObject({ Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST' });
  });

  test('may be invoked by that route alone, and by no test of the console', () => {
    const permissions = Object.values(propertiesOf(stack, 'AWS::Lambda::Permission'));
    expect(permissions.map(({ Principal }) => Principal)).toEqual(['apigateway.amazonaws.com']);
    expect(JSON.stringify(permissions[0].SourceArn)).toMatch(/\/POST\/orders/);
  });
});

describe('a server inside a network', () => {
  const upstream = (url: string, path?: string) => serve((stack) => api.Integration.upstream(apigateway.VpcLink.fromVpcLinkId(stack, 'Link', 'link-1'), url), path);

  test('is asked over TLS through the link, with the parameters of the path', () => {
    expect(upstream('https://orders.internal/v1/{id}', '/orders/{id}').method.Integration).toMatchObject({
      Type: 'HTTP_PROXY',
      ConnectionType: 'VPC_LINK',
      ConnectionId: 'link-1',
      IntegrationHttpMethod: 'POST',
      Uri: 'https://orders.internal/v1/{id}',
      RequestParameters: { 'integration.request.path.id': 'method.request.path.id' },
    });
  });

  test('is shown a certificate, one for the API', () => {
    const { stack } = upstream('https://orders.internal');
    const [stage] = Object.values(propertiesOf(stack, 'AWS::ApiGateway::Stage'));
    expect(stage.ClientCertificateId).toEqual({ Ref: Object.keys(propertiesOf(stack, 'AWS::ApiGateway::ClientCertificate'))[0] });
    expect(Object.keys(propertiesOf(stack, 'AWS::ApiGateway::ClientCertificate'))).toHaveLength(1);
  });

  test.each([
    ['http://orders.internal', "'url' must be an https URL without user, query and fragment, got 'http://orders.internal'; write for example 'https://orders.internal/v1'"],
    ['https://me@orders.internal', "'url' must be an https URL without user, query and fragment, got 'https://me@orders.internal'; write for example 'https://orders.internal/v1'"],
    ['https://orders.internal/{id}', "'url' of route 'POST /orders' must name parameters of the path only, got '{id}'; name it in the path too"],
  ])('refuses %s', (url, message) => {
    expect(() => upstream(url)).toThrow(`[Stack/Api] ${message}`);
  });
});

test('a key that a queue does not have is not granted', () => {
  const { role } = serve((stack) => api.Integration.queue(new sqs.Queue(stack, 'Plain', { encryption: sqs.QueueEncryption.SQS_MANAGED })));
  expect(role.filter((statement) => statement.includes('kms'))).toEqual([]);
});
