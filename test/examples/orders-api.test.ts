import type { APIGatewayProxyEvent, SQSEvent } from 'aws-lambda';
import * as fc from 'fast-check';
import { OrderLine } from '../../examples/partner-hub/runtime/order-line';
import { orderLookup } from '../../examples/partner-hub/runtime/order-lookup';
import { placedOrders } from '../../examples/partner-hub/runtime/placed-orders';

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
