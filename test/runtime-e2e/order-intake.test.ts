import { join } from 'node:path';
import { RunningBundle } from './bundle';
import { deliveries, ordersCloud } from './order-intake';

const BUNDLE = join(__dirname, '../../examples/partner-hub/assets/order-intake/index.js');

const event = (key: string) => deliveries('landing', key);

let items: Set<string>;
let bundle: RunningBundle;

beforeEach(async () => {
  items = new Set();
  bundle = await RunningBundle.start(BUNDLE, { ORDERS_TABLE: 'orders' }, ordersCloud(items));
});

afterEach(() => bundle.stop());

test('reads the version that the event names, and stores each line on condition that it is new', async () => {
  expect(await bundle.invoke(event('orders/a.csv'))).toEqual({ batchItemFailures: [] });
  expect(bundle.seen[0].url).toContain('versionId=v1');
  expect(bundle.seen[1].headers['x-amz-target']).toBe('DynamoDB_20120810.PutItem');
  expect(JSON.parse(bundle.seen[1].body)).toMatchObject({ TableName: 'orders', ConditionExpression: 'attribute_not_exists(orderId)' });
  expect([...items]).toEqual(['A-1/bolt', 'A-1/nut']);
});

test('a second delivery of the same event changes nothing and succeeds', async () => {
  await bundle.invoke(event('orders/a.csv'));
  expect(await bundle.invoke(event('orders/a.csv'))).toEqual({ batchItemFailures: [] });
  expect(items.size).toBe(2);
});

test('a file that is gone fails its message, and neither content nor credentials are logged', async () => {
  expect(await bundle.invoke(event('orders/missing.csv'))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
  await bundle.invoke(event('orders/a.csv'));
  expect(bundle.log.join('\n')).toContain('"outcome":"failed"');
  expect(bundle.log.join('\n')).not.toMatch(/bolt|example-secret/);
});
