import type { SQSEvent } from 'aws-lambda';
import * as fc from 'fast-check';
import { readOrderFile } from '../../examples/partner-hub/runtime/order-file';
import { Delivery, orderIntake } from '../../examples/partner-hub/runtime/order-intake';

const bytes = (text: string) => new TextEncoder().encode(text);
const FILE = 'order_id,sku,quantity\nA-1,bolt,3\nA-1,nut,12\n';

function event(...bodies: unknown[]): SQSEvent {
  return { Records: bodies.map((body, i) => ({ messageId: `m${i}`, body: typeof body === 'string' ? body : JSON.stringify(body) })) } as SQSEvent;
}

function delivered(key: string, size = 100) {
  return { detail: { bucket: { name: 'landing' }, object: { key, size, 'version-id': 'v1' } } };
}

function world(files: Record<string, string>) {
  const stored: string[] = [];
  const logged: Array<Readonly<Record<string, string | number>>> = [];
  const handler = orderIntake({
    fetch: async ({ key }: Delivery) => bytes(files[key] ?? ''),
    store: async ({ orderId, sku, quantity }) => { stored.push(`${orderId}/${sku}/${quantity}`); },
    log: (entry) => logged.push(entry),
  });
  return { handler, stored, logged };
}

describe('readOrderFile', () => {
  test('reads order lines', () => {
    expect(readOrderFile(bytes(FILE))).toEqual({ lines: [{ orderId: 'A-1', sku: 'bolt', quantity: 3 }, { orderId: 'A-1', sku: 'nut', quantity: 12 }] });
  });

  test.each([
    ['another header', 'id,sku\nA,b\n', 'wrong header'],
    ['a missing field', 'order_id,sku,quantity\nA-1,bolt\n', 'line 2 is no order line'],
    ['a field too many', 'order_id,sku,quantity\nA-1,bolt,3,x\n', 'line 2 is no order line'],
    ['no quantity', 'order_id,sku,quantity\nA-1,bolt,0\n', 'line 2 is no order line'],
    ['an empty line', 'order_id,sku,quantity\n\nA-1,bolt,1\n', 'line 2 is no order line'],
    ['too many lines', `order_id,sku,quantity\n${'A-1,bolt,1\n'.repeat(10_001)}`, 'more than 10000 lines'],
  ])('rejects %s', (_name, text, rejected) => {
    expect(readOrderFile(bytes(text))).toEqual({ rejected });
  });

  test('rejects bytes that are no UTF-8', () => {
    expect(readOrderFile(Uint8Array.of(0xff, 0xfe))).toEqual({ rejected: 'not UTF-8' });
  });

  test('gives lines or a rejection for any bytes, and never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (content) => {
      const file = readOrderFile(content);
      expect('lines' in file || 'rejected' in file).toBe(true);
    }));
  });

  test('reads back what was written', () => {
    const line = fc.record({ orderId: fc.stringMatching(/^[A-Z0-9-]{1,64}$/), sku: fc.stringMatching(/^[A-Za-z0-9-]{1,64}$/), quantity: fc.integer({ min: 1, max: 999_999 }) });
    fc.assert(fc.property(fc.array(line, { maxLength: 50 }), (lines) => {
      const text = ['order_id,sku,quantity', ...lines.map((l) => `${l.orderId},${l.sku},${l.quantity}`)].join('\n');
      expect(readOrderFile(bytes(text))).toEqual({ lines });
    }));
  });
});

describe('orderIntake', () => {
  test('stores every line of a delivered file', async () => {
    const { handler, stored } = world({ 'orders/a.csv': FILE });
    expect(await handler(event(delivered('orders/a.csv')))).toEqual({ batchItemFailures: [] });
    expect(stored).toEqual(['A-1/bolt/3', 'A-1/nut/12']);
  });

  test('fails only the message whose file is no order file', async () => {
    const { handler, stored } = world({ 'orders/a.csv': FILE, 'orders/b.csv': 'nonsense' });
    expect(await handler(event(delivered('orders/b.csv'), delivered('orders/a.csv')))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(stored).toHaveLength(2);
  });

  test.each<[string, unknown, string]>([
    ['no JSON', '{', 'SyntaxError'],
    ['another event', { detail: {} }, 'UnknownMessage'],
    ['a file too large', delivered('orders/a.csv', 6 * 1024 * 1024), 'FileTooLarge'],
  ])('fails a message that is %s, and says only what kind of failure it was', async (_name, body, error) => {
    const { handler, logged } = world({});
    expect(await handler(event(body))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(logged).toEqual([{ outcome: 'failed', messageId: 'm0', error }]);
  });

  test('never logs content of a file', async () => {
    const { handler, logged } = world({ 'orders/a.csv': FILE, 'orders/b.csv': 'order_id,sku,quantity\nCANARY!,bolt,3\n' });
    await handler(event(delivered('orders/a.csv'), delivered('orders/b.csv')));
    expect(JSON.stringify(logged)).not.toMatch(/CANARY|bolt|A-1/);
  });
});
