import { Answer, RunningBundle, SeenRequest } from './bundle';

/** A file of two order lines. */
export const ORDER_FILE = 'order_id,sku,quantity\nA-1,bolt,3\nA-1,nut,12\n';

const AMZ_JSON = { 'content-type': 'application/x-amz-json-1.0' };

/** The queue's event for delivered files, one message each: `m1`, `m2`, ... */
export function deliveries(bucket: string, ...keys: readonly string[]) {
  return {
    Records: keys.map((key, index) => ({
      messageId: `m${index + 1}`,
      body: JSON.stringify({ detail: { bucket: { name: bucket }, object: { key, 'size': ORDER_FILE.length, 'version-id': 'v1' } } }),
    })),
  };
}

/** Stands in for S3, which holds an order file under each key but those that say otherwise, and for a table of `items`. */
export function ordersCloud(items: Set<string> = new Set()): (request: SeenRequest) => Answer {
  return (request) => {
    if (request.method === 'GET') {
      // S3 tells only who may list the bucket that an object is gone, and the intake may not.
      if (request.url.includes('missing')) return { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' };
      return { status: 200, headers: { 'content-type': 'text/csv' }, body: request.url.includes('nonsense') ? 'no orders' : ORDER_FILE };
    }
    const { Item } = JSON.parse(request.body) as { Item: { orderId: { S: string }; sku: { S: string } } };
    const id = `${Item.orderId.S}/${Item.sku.S}`;
    if (items.has(id)) return { status: 400, headers: AMZ_JSON, body: '{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"}' };
    items.add(id);
    return { status: 200, headers: AMZ_JSON, body: '{}' };
  };
}

/** Everything the order intake does: a file, the same again, one that is gone, one that is no order file. */
export async function exerciseOrderIntake(bundle: RunningBundle, bucket: string): Promise<void> {
  await bundle.invoke(deliveries(bucket, 'orders/a.csv'));
  await bundle.invoke(deliveries(bucket, 'orders/a.csv'));
  await bundle.invoke(deliveries(bucket, 'orders/missing.csv', 'orders/nonsense.csv', 'orders/b.csv'));
}
