import { Bounds } from './explore';
import { EVENT_ID } from './machine';
import { MAX_INLINE_BYTES } from '../../../../src/runtime/webhooks/inbox';

const EVENT = JSON.stringify({ id: EVENT_ID, note: 'CANARY' });
const COLLIDING = JSON.stringify({ id: EVENT_ID, note: 'CANARY of another event' });
const LARGE = JSON.stringify({ id: EVENT_ID, note: 'CANARY'.padEnd(MAX_INLINE_BYTES) });

export interface Search { readonly name: string; readonly bounds: Bounds }

/** What the proof searches. With n faults an attempt is tried again n times at most, so three are what two faults can use up. */
export const SEARCHES: readonly Search[] = [
  {
    name: 'two equal deliveries and one that collides, no faults, stream and sweeps overlapping',
    bounds: { bodies: [EVENT, EVENT, COLLIDING], attempts: 3, faults: 0, streamed: 2, sweeps: 2, passes: 2 },
  },
  {
    name: 'two equal deliveries, three faults, stream and sweeps overlapping',
    bounds: { bodies: [EVENT, EVENT], attempts: 4, faults: 3, streamed: 2, sweeps: 2, passes: 2 },
  },
  {
    name: 'two equal deliveries and one that collides, two faults',
    bounds: { bodies: [EVENT, EVENT, COLLIDING], attempts: 3, faults: 2, streamed: 1, sweeps: 1, passes: 1 },
  },
  {
    name: 'the same with an event that goes to S3',
    bounds: { bodies: [LARGE, LARGE, COLLIDING], attempts: 3, faults: 2, streamed: 1, sweeps: 1, passes: 1 },
  },
];
