import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { eachMessage, Log } from './each-message';
import { OrderLine, tryOrderLine } from './order-line';

/** What the handler needs of the world. */
export interface Ports {
  /** Never gets content of an order. */
  readonly log: Log;
  /** Stores an order line once: storing the same line again changes nothing. */
  store(line: OrderLine): Promise<void>;
}

/**
 * Builds the handler of orders that partners placed through the API.
 *
 * The API has refused what is off the schema; a message that is no order all the same fails alone and ends in the dead-letter queue. A retry
 * stores every line once more, which changes nothing.
 */
export function placedOrders(ports: Ports) {
  return async (event: SQSEvent): Promise<SQSBatchResponse> => eachMessage(event, ports.log, async (body) => {
    const lines = linesOf(body);
    for (const line of lines) await ports.store(line);
    ports.log({ outcome: 'stored', lines: lines.length });
  });
}

function linesOf(body: string): OrderLine[] {
  const order = JSON.parse(body) as { readonly orderId?: unknown; readonly lines?: unknown } | null;
  const lines = Array.isArray(order?.lines) ? order.lines as Array<{ readonly sku?: unknown; readonly quantity?: unknown } | null> : [];
  const read = lines.map((line) => tryOrderLine(order!.orderId, line?.sku, line?.quantity));
  if (read.length === 0 || read.includes(undefined)) throw new UnknownMessage();
  return read as OrderLine[];
}

class UnknownMessage extends Error { public override readonly name = 'UnknownMessage'; }
