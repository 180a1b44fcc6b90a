import type { InboxEvent } from '../inbox-event';

/** Where events go: the port of dispatch. */
export interface Target {
  /**
   * Hands an event over for good; throws if it cannot tell that it did. May be given the same event again, and then with the same `dedupeId`,
   * which it passes on in the way that the service knows.
   */
  publish(event: InboxEvent): Promise<void>;
}

/** A service took the call and did not take the event. */
export class NotPublished extends Error {
  public override readonly name = 'NotPublished';
}
