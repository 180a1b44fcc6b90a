import { OrderTable } from './order-table';
import { placedOrders } from './placed-orders';

const orders = new OrderTable(process.env.ORDERS_TABLE);

export const handler = placedOrders({
  store: (line) => orders.store(line, 'api'),
  log: (entry) => console.log(JSON.stringify(entry)),
});
