import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { APIGatewayProxyEvent, SQSEvent } from 'aws-lambda';
import * as fc from 'fast-check';
import { addHub, HubEnvironment } from '../../examples/partner-hub/hub';
import { OrderLine } from '../../examples/partner-hub/runtime/order-line';
import { orderLookup } from '../../examples/partner-hub/runtime/order-lookup';
import { placedOrders } from '../../examples/partner-hub/runtime/placed-orders';
import { scopeVariable } from '../../src/runtime/api/scope-variable';

describe('placed orders', () => {
  function place(...bodies: string[]) {
    const stored: OrderLine[] = [];
    const logged: object[] = [];
    const handler = placedOrders({ store: async (line) => { stored.push(line); }, log: (entry) => logged.push(entry) });
    const result = handler({ Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })) } as SQSEvent);
    return { result, stored, logged };
  }

  test('are stored line by line', async () => {
    const { result, stored, logged } = place('{"orderId":"A-1","lines":[{"sku":"bolt","quantity":3},{"sku":"nut","quantity":12}]}');
    expect(await result).toEqual({ batchItemFailures: [] });
    expect(stored).toEqual([{ orderId: 'A-1', sku: 'bolt', quantity: 3 }, { orderId: 'A-1', sku: 'nut', quantity: 12 }]);
    expect(logged).toEqual([{ outcome: 'stored', lines: 2 }]);
  });

  test.each([
    ['no JSON', 'sku=bolt'], ['nothing', 'null'], ['no lines', '{"orderId":"A-1","lines":[]}'], ['no order', '{"lines":[{"sku":"bolt","quantity":3}]}'],
    ['one line that is none', '{"orderId":"A-1","lines":[{"sku":"bolt","quantity":3},{"sku":"nut","quantity":0}]}'], ['a line of nothing', '{"orderId":"A-1","lines":[null]}'],
  ])('that are %s fail alone, store nothing and are not quoted in the log', async (_what, body) => {
    const { result, stored, logged } = place(body, '{"orderId":"A-2","lines":[{"sku":"nut","quantity":1}]}');
    expect(await result).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(stored).toEqual([{ orderId: 'A-2', sku: 'nut', quantity: 1 }]);
    expect(JSON.stringify(logged)).not.toContain('bolt');
  });

  test('of any shape are stored or fail, and never throw', async () => {
    await fc.assert(fc.asyncProperty(fc.json(), async (body) => {
      const { result, stored } = place(body);
      expect((await result).batchItemFailures.length + Math.min(stored.length, 1)).toBe(1);
    }));
  });
});

describe('the look-up of an order', () => {
  const LINES: OrderLine[] = [{ orderId: 'A-1', sku: 'bolt', quantity: 3 }];
  const asked: string[] = [];
  const lookUp = (orderId?: string) => orderLookup({
    lines: async (id) => { asked.push(id); return id === 'A-1' ? LINES : []; },
  })({ pathParameters: orderId === undefined ? null : { orderId } } as unknown as APIGatewayProxyEvent);

  test('tells its lines, which nobody may keep', async () => {
    expect(await lookUp('A-1')).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: '{"orderId":"A-1","lines":[{"sku":"bolt","quantity":3}]}',
    });
  });

  test.each(['A-2', undefined])('says that there is no %s', async (orderId) => {
    expect(await lookUp(orderId)).toMatchObject({ statusCode: 404 });
  });

  test('does not ask the table for what is no id', async () => {
    asked.length = 0;
    expect(await lookUp('A-1;drop')).toMatchObject({ statusCode: 404 });
    expect(asked).toEqual([]);
  });
});

describe('the contract', () => {
  const contract = JSON.parse(readFileSync(join(__dirname, '../../examples/partner-hub/orders.openapi.json'), 'utf8'));
  const app = new App({ analyticsReporting: false });
  addHub(app);
  const { Resources } = Template.fromStack((app.node.findChild('Production') as HubEnvironment).node.findChild('Orders') as Stack).toJSON();
  const ofType = (type: string) => Object.values<any>(Resources).filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
  const pathOf = ({ Ref }: { Ref?: string }): string => (Ref ? `${pathOf(Resources[Ref].Properties.ParentId)}/${Resources[Ref].Properties.PathPart}` : '');
  const deployed = new Map(ofType('AWS::ApiGateway::Method').map((method) => [`${method.HttpMethod} ${pathOf(method.ResourceId)}`, method]));
  const promised = new Map(Object.entries<any>(contract.paths).flatMap(([path, operations]) =>
    Object.entries<any>(operations).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const)));

  test('promises the routes that are deployed, and no others', () => {
    expect([...deployed.keys()].sort()).toEqual([...promised.keys()].sort());
  });

  test.each([...promised.keys()])('says of %s who may call it', (route) => {
    const [[scheme, scopes]] = Object.entries<string[]>(promised.get(route).security[0]);
    const { AuthorizationType, ApiKeyRequired } = deployed.get(route)!;
    const [{ Variables }] = ofType('AWS::ApiGateway::Stage');
    const [method, path] = route.split(' ');
    expect([AuthorizationType, Variables[scopeVariable(method, path)]]).toEqual(scheme === 'partners' ? ['CUSTOM', scopes.join(',')] : ['AWS_IAM', undefined]);
    expect(ApiKeyRequired ?? false).toBe('partnerKey' in promised.get(route).security[0]);
  });

  test('says of an order what the API lets in', () => {
    const { Ref } = deployed.get('POST /orders')!.RequestModels.$default;
    const { $schema, ...schema } = Resources[Ref].Properties.Schema;
    expect($schema).toContain('draft-04');
    expect(schema).toEqual(contract.components.schemas.Order);
  });

  test('names the parameters that a route demands', () => {
    expect(Object.keys(deployed.get('GET /orders/{orderId}')!.RequestParameters)).toEqual(['method.request.path.orderId']);
  });
});
