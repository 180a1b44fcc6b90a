import { RunningBundle } from './bundle';

/** A report as the bus puts it into the queue. */
export const reportOn = (orderId: string) => JSON.stringify({
  'id': '0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f',
  'time': '2026-11-24T08:00:00Z',
  'source': 'shipments.api',
  'detail-type': 'ShipmentReported',
  'detail': { orderId, state: 'delivered' },
});

/** Everything that the function does: an order of a partner, and one of nobody. */
export async function exerciseShipmentNotices(bundle: RunningBundle): Promise<void> {
  await bundle.invoke({ Records: [reportOn('ACME-1'), reportOn('INITECH-1')].map((body, index) => ({ messageId: `m${index}`, body })) });
}
