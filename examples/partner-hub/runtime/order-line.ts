/** One line of an order. */
export interface OrderLine {
  readonly orderId: string;
  readonly sku: string;
  readonly quantity: number;
}

const ORDER_ID = /^[A-Z0-9-]{1,64}$/;
const SKU = /^[A-Za-z0-9-]{1,64}$/;
const MAX_QUANTITY = 999_999;

/** Whether text can be the id of an order. */
export function isOrderId(value: unknown): value is string {
  return typeof value === 'string' && ORDER_ID.test(value);
}

/** The order line that these values are; undefined where one of them cannot be what it should. */
export function tryOrderLine(orderId: unknown, sku: unknown, quantity: unknown): OrderLine | undefined {
  if (!isOrderId(orderId) || typeof sku !== 'string' || !SKU.test(sku)) return undefined;
  if (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 1 || quantity > MAX_QUANTITY) return undefined;
  return { orderId, sku, quantity };
}
