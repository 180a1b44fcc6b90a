import { deadLetterSources } from './redrive';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe, isUnknown, numberOf, Value } from '../values';

const RETENTION = 'MessageRetentionPeriod';

/** Four days, when the queue does not say (SQS API Reference, CreateQueue). */
const DEFAULT_SECONDS = 345600;

/** Fourteen days, the longest that SQS keeps a message. */
const LONGEST_SECONDS = 1209600;

/** Checks `QUEUE-DLQ-RETENTION`. */
export const queueDlqRetention: Rule = {
  control: 'QUEUE-DLQ-RETENTION',
  check(queue, graph) {
    const sources = deadLetterSources(queue, graph);
    if (!sources) return notApplicable('the queue is no dead-letter queue of this template');
    const own = secondsOf(queue.properties[RETENTION]);
    if (own === undefined) return cannotTell('UntoldRetention', `${RETENTION} is ${describe(queue.properties[RETENTION])}`, RETENTION);
    if (own >= LONGEST_SECONDS) return compliant(`keeps messages for ${own} seconds`, RETENTION);

    const longer = sources.find((source) => (secondsOf(source.properties[RETENTION]) ?? 0) > own);
    return longer
      ? violation('ShorterThanSource', `keeps messages for ${own} seconds, less than its source ${longer.logicalId}`, RETENTION)
      : violation('Below14Days', `keeps messages for ${own} seconds`, RETENTION);
  },
};

function secondsOf(value: Value): number | undefined {
  const seconds = numberOf(value) ?? DEFAULT_SECONDS;
  return isUnknown(seconds) ? undefined : seconds as number;
}
