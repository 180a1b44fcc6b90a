/** One order line of a partner's file. */
export interface OrderLine {
  readonly orderId: string;
  readonly sku: string;
  readonly quantity: number;
}

/** What reading a file gave: its lines, or why it is no order file. */
export type OrderFile = { readonly lines: readonly OrderLine[] } | { readonly rejected: string };

/** More lines than this are not one partner's orders of a day. */
const MAX_LINES = 10_000;

const HEADER = 'order_id,sku,quantity';
const ORDER_ID = /^[A-Z0-9-]{1,64}$/;
const SKU = /^[A-Za-z0-9-]{1,64}$/;
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
    if (others.length > 0 || !ORDER_ID.test(orderId) || !SKU.test(sku ?? '') || !QUANTITY.test(quantity ?? '')) {
      return { rejected: `line ${index + 2} is no order line` };
    }
    lines.push({ orderId, sku, quantity: Number(quantity) });
  }
  return { lines };
}
