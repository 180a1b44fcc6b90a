import * as fc from 'fast-check';
import { Outcome } from '../../../../src/runtime/webhooks/outbound/guarded-connector';

/** Whatever an attempt may come to. */
export const outcomes: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({
    type: fc.constant('answered' as const),
    status: fc.oneof(fc.constantFrom(200, 204, 301, 410, 429, 500, 502, 503, 504), fc.integer({ min: 200, max: 599 })),
    retryAfter: fc.option(
      fc.oneof(fc.nat().map(String), fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()), fc.string()), { nil: undefined },
    ),
  }),
  fc.record({ type: fc.constant('failed' as const), reason: fc.constantFrom('address-refused', 'name-not-found', 'timeout', 'tls', 'connection') }),
);
