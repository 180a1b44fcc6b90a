import { setImmediate } from 'node:timers/promises';
import { AwsAnswer } from './fake-aws';
import { Ask, Machine, run } from './machine';
import { Call, ServiceError } from '../../secrets/harness/service';

/** What an invocation does after the answers it has had: makes another call, or ends. */
export type Next = { readonly call: Call } | Ended;

/** `status` is what a sender gets of a receiver. */
export interface Ended { readonly status?: number; readonly log: string }

/**
 * Runs a function from its start with the answers that it had, up to its next call.
 *
 * The function has no state but these answers, so an invocation that is half done needs no more to be kept, and can go on in many ways. A call
 * that nobody waits for is not made: when a function has ended, Lambda freezes what it left behind.
 */
export async function replay(machine: Machine, ask: Ask, now: number, answers: readonly AwsAnswer[]): Promise<Next> {
  const log: object[] = [];
  const remaining = [...answers];
  const calls: Call[] = [];
  const answer = (call: Call): Promise<unknown> => {
    const had = remaining.shift();
    if (had) return settled(had);
    calls.push(call);
    return new Promise(() => undefined);
  };
  const ended = run(machine, ask, { answer, log: (entry) => log.push(entry), now }).then(
    (status) => ({ status }),
    (error: Error) => ({ status: undefined, thrown: log.push({ error: `${error.message} ${error.stack} ${String(error.cause)}` }) }),
  );
  // Everything that a function does between two calls happens within a turn, and so does its end if it does not wait for the call.
  const outcome = await Promise.race([ended, setImmediate(undefined)]);
  if (!outcome && calls.length === 0) throw new Error(`${ask.do} waits for something that is no call`);
  return outcome ? { status: outcome.status, log: JSON.stringify(log) } : { call: calls[0] };
}

function settled(answer: AwsAnswer): Promise<unknown> {
  if ('error' in answer) return Promise.reject(Object.assign(new ServiceError(answer.error), answer.item ? { Item: answer.item } : {}));
  return Promise.resolve(JSON.parse(JSON.stringify(answer.output), (name, value: unknown) => name === 'B' ? Buffer.from(String(value), 'base64') : value));
}
