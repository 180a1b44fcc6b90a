import { orderLookup } from './order-lookup';
import { OrderTable } from './order-table';

const orders = new OrderTable(process.env.ORDERS_TABLE);

export const handler = orderLookup({ lines: (orderId) => orders.lines(orderId) });
