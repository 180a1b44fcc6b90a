import { join } from 'node:path';
import { RunningBundle } from './bundle';
import { lookupOf, PLACED, placements, tableOfOrders } from './orders-api';

const bundleOf = (name: string) => join(__dirname, `../../examples/partner-hub/assets/${name}/index.js`);

async function running(name: string, use: (bundle: RunningBundle) => Promise<void>): Promise<void> {
  const bundle = await RunningBundle.start(bundleOf(name), { ORDERS_TABLE: 'orders' }, tableOfOrders());
  try {
    await use(bundle);
  } finally {
    await bundle.stop();
  }
}

test('a placed order is stored line by line, once, however often it comes', () => running('placed-orders', async (bundle) => {
  expect(await bundle.invoke(placements(PLACED))).toEqual({ batchItemFailures: [] });
  expect(await bundle.invoke(placements(PLACED))).toEqual({ batchItemFailures: [] });
  expect(bundle.seen.map(({ headers }) => headers['x-amz-target'])).toEqual(Array(4).fill('DynamoDB_20120810.PutItem'));
  expect(JSON.parse(bundle.seen[0].body)).toMatchObject({ TableName: 'orders', ConditionExpression: 'attribute_not_exists(orderId)' });
}));

test('what is no order fails alone, and is not quoted in the log', () => running('placed-orders', async (bundle) => {
  expect(await bundle.invoke(placements('{"orderId":"bolt & nut"}', PLACED))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
  expect(bundle.log.join('\n')).toContain('UnknownMessage');
  expect(bundle.log.join('\n')).not.toMatch(/bolt|example-secret/);
}));

test('the look-up asks for one order, and tells its lines', () => running('order-lookup', async (bundle) => {
  expect(await bundle.invoke(lookupOf('A-1'))).toMatchObject({ statusCode: 200, body: '{"orderId":"A-1","lines":[{"sku":"bolt","quantity":3}]}' });
  expect(await bundle.invoke(lookupOf('A-2'))).toMatchObject({ statusCode: 404 });
  expect(JSON.parse(bundle.seen[0].body)).toMatchObject({ TableName: 'orders', KeyConditionExpression: 'orderId = :orderId', ConsistentRead: true });
}));
