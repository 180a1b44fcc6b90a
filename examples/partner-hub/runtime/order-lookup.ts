import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { isOrderId, OrderLine } from './order-line';

/** What the handler needs of the world. */
export interface Ports {
  /** The lines of an order, none where there is no such order. */
  lines(orderId: string): Promise<readonly OrderLine[]>;
}

/** Builds the handler that tells the lines of an order. It changes nothing, so that a retry is as good as the first try. */
export function orderLookup(ports: Ports) {
  return async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const orderId = event.pathParameters?.orderId;
    const lines = isOrderId(orderId) ? await ports.lines(orderId) : [];
    if (lines.length === 0) return json(404, { message: 'There is no such order.' });
    return json(200, { orderId, lines: lines.map(({ sku, quantity }) => ({ sku, quantity })) });
  };
}

function json(statusCode: number, body: object): APIGatewayProxyResult {
  return { statusCode, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' }, body: JSON.stringify(body) };
}
