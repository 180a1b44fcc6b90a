import { answerHandshake } from './handshakes';
import type { Inbox } from './inbox';
import { dedupeIdOf } from './inbox-record';
import { areUseless, DeliveryKeys, judge } from './judge';
import type { Scheme } from './scheme';
import type { UnverifiedQueue } from './unverified-queue';
import { Refused } from './verdict';
import { nameOf } from '../shared/error-name';

/** What requests are judged by that nobody could judge when they came. */
export interface RejudgeSettings {
  readonly scheme: Scheme;
  /** No request is begun later than this after the start; the rest is left to the next invocation. */
  readonly budgetMilliseconds: number;
}

/** What is given to whoever judges them; see `ReceivePorts`. */
export interface RejudgePorts {
  readonly queue: Pick<UnverifiedQueue, 'keys' | 'tryRead' | 'drop'>;
  readonly keys: DeliveryKeys;
  readonly inbox: Pick<Inbox, 'accept'>;
  readonly confirm: (url: string) => Promise<void>;
  readonly now: () => number;
  readonly log: (entry: Readonly<Record<string, string>>) => void;
}

/** What became of a request; it stays where it is if it is `held`. */
interface Finding {
  readonly outcome: 'stored' | 'duplicate' | 'quarantined' | 'handshake' | 'dropped' | 'held';
  readonly dedupeId?: string;
  readonly reason?: string;
}

/**
 * Builds the handler that judges what a receiver kept, by the clock of when it came: what is genuine goes into the inbox, all else away.
 *
 * A request is deleted once it is in the inbox or found not to be genuine. If the function dies in between, or runs twice at once, the request is
 * judged again, and is a duplicate. What fails is left where it is, and the others are gone on with; the invocation then ends in an error. A
 * request that is older than the keys that signed it are is not genuine any more.
 */
export function rejudger(settings: RejudgeSettings, ports: RejudgePorts) {
  return async (event: { readonly task: 'rejudge' }): Promise<void> => {
    if (Object(event).task !== 'rejudge') throw new Error("the event must be the task 'rejudge'");
    const end = ports.now() + settings.budgetMilliseconds;
    const failures: unknown[] = [];
    for await (const key of ports.queue.keys()) {
      if (ports.now() > end) break;
      await rejudge(key, settings, ports).catch((error: unknown) => {
        ports.log({ outcome: 'fault', reason: nameOf(error) });
        failures.push(error);
      });
    }
    if (failures.length > 0) throw new Error('not every request could be judged', { cause: failures[0] });
  };
}

async function rejudge(key: string, settings: RejudgeSettings, ports: RejudgePorts): Promise<void> {
  const found = await find(key, settings, ports);
  if (!found) return;
  if (found.outcome !== 'held') await ports.queue.drop(key);
  ports.log({ ...found });
}

async function find(key: string, { scheme }: RejudgeSettings, { queue, keys: ring, inbox, confirm }: RejudgePorts): Promise<Finding | undefined> {
  const unverified = await queue.tryRead(key);
  if (!unverified) return undefined;
  const { delivery, receivedAt } = unverified;
  const { keys, verdict } = await judge(delivery, scheme, receivedAt, ring);
  if (verdict instanceof Refused) {
    return { outcome: areUseless(keys, scheme) ? 'held' : 'dropped', reason: verdict.reason };
  }
  const answer = answerHandshake(scheme, delivery, verdict, keys);
  if (answer?.do === 'confirm') await confirm(answer.url);
  // The sender has heard 200, and not what it asked for: whoever set it up has to let it ask again.
  if (answer) return answer.do === 'confirm' ? { outcome: 'handshake' } : { outcome: 'dropped', reason: 'handshake' };
  const { id, outcome } = await inbox.accept({ delivery, verdict, receivedAt });
  return { outcome, dedupeId: dedupeIdOf(id) };
}
