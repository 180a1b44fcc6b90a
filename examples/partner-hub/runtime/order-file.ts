import { OrderLine, tryOrderLine } from './order-line';

/** What reading a file gave: its lines, or why it is no order file. */
export type OrderFile = { readonly lines: readonly OrderLine[] } | { readonly rejected: string };

/** More lines than this are not one partner's orders of a day. */
const MAX_LINES = 10_000;

const HEADER = 'order_id,sku,quantity';
/** Decimal digits as people write them: `Number` alone would read `0x10` and the empty text as well. */
const QUANTITY = /^[1-9]\d{0,5}$/;

/** Reads an order file: UTF-8, the header `order_id,sku,quantity`, one order line a row. Never echoes the content in a rejection. */
export function readOrderFile(content: Uint8Array): OrderFile {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return { rejected: 'not UTF-8' };
  }
  const [header, ...rows] = text.split(/\r?\n/);
  if (header !== HEADER) return { rejected: 'wrong header' };
  if (rows[rows.length - 1] === '') rows.pop();
  if (rows.length > MAX_LINES) return { rejected: `more than ${MAX_LINES} lines` };

  const lines: OrderLine[] = [];
  for (const [index, row] of rows.entries()) {
    const [orderId, sku, quantity, ...others] = row.split(',');
    const line = others.length === 0 && QUANTITY.test(quantity ?? '') ? tryOrderLine(orderId, sku, Number(quantity)) : undefined;
    if (!line) return { rejected: `line ${index + 2} is no order line` };
    lines.push(line);
  }
  return { lines };
}
