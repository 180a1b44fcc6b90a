import { Answer, RunningBundle, SeenRequest } from './bundle';
import { ordersCloud } from './order-intake';

const AMZ_JSON = { 'content-type': 'application/x-amz-json-1.0' };

/** A message as the API sends it to its queue. */
export function placements(...bodies: readonly string[]) {
  return { Records: bodies.map((body, index) => ({ messageId: `m${index + 1}`, body })) };
}

/** An order of two lines, as a partner places it. */
export const PLACED = '{"orderId":"A-1","lines":[{"sku":"bolt","quantity":3},{"sku":"nut","quantity":12}]}';

/** A request for an order, as API Gateway hands it to a function. */
export const lookupOf = (orderId: string) => ({ httpMethod: 'GET', resource: '/orders/{orderId}', pathParameters: { orderId } });

/** Stands in for a table that has the order `A-1` and no other. */
export function tableOfOrders(): (request: SeenRequest) => Answer {
  const put = ordersCloud();
  return (request) => {
    if (request.headers['x-amz-target'] !== 'DynamoDB_20120810.Query') return put(request);
    const { ExpressionAttributeValues } = JSON.parse(request.body) as { ExpressionAttributeValues: { ':orderId': { S: string } } };
    const Items = ExpressionAttributeValues[':orderId'].S === 'A-1' ? [{ orderId: { S: 'A-1' }, sku: { S: 'bolt' }, quantity: { N: '3' } }] : [];
    return { status: 200, headers: AMZ_JSON, body: JSON.stringify({ Items, Count: Items.length }) };
  };
}

/** Everything that storing placed orders does: an order, the same again, one that is none. */
export async function exercisePlacedOrders(bundle: RunningBundle): Promise<void> {
  await bundle.invoke(placements(PLACED));
  await bundle.invoke(placements(PLACED, '{}'));
}

/** Everything that the look-up does: an order that is there, and one that is not. */
export async function exerciseOrderLookup(bundle: RunningBundle): Promise<void> {
  await bundle.invoke(lookupOf('A-1'));
  await bundle.invoke(lookupOf('A-2'));
}
