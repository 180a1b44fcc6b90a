import { handlerOf, LogEntry, Machine } from './machine';
import { Call, ServiceError, withDates } from './service';
import { AwsAnswer, canariesOf, Strategy, THIRD_PARTY_CANARY } from './world';

/** What an invocation does after the answers it has had: makes another call, or ends. */
export type Next = { readonly call: Call } | { readonly succeeded: boolean; readonly log: readonly LogEntry[] };

/**
 * Runs the handler from its start with the answers that it had, up to its next call.
 *
 * The handler has no state but these answers, so an invocation that is half done needs no more to be kept, and can go on in many ways.
 */
export function replay(machine: Machine, strategy: Strategy, event: unknown, nonce: number, answers: readonly AwsAnswer[]): Promise<Next> {
  return new Promise((resolve) => {
    const log: LogEntry[] = [];
    const remaining = [...answers];
    const answer = (call: Call): Promise<unknown> => {
      const had = remaining.shift();
      if (!had) {
        resolve({ call });
        return new Promise(() => undefined); // this replay ends here
      }
      return 'error' in had ? Promise.reject(new ServiceError(had.error, had.message)) : Promise.resolve(withDates(had.output));
    };
    handlerOf(machine, strategy, { answer, log: (entry) => log.push(entry), nonce })(event).then(
      () => resolve({ succeeded: true, log }),
      (error: Error) => resolve({ succeeded: false, log: [...log, { error: `${error.message} ${error.stack} ${String(error.cause)}` }] }),
    );
  });
}

/** Whether what an invocation said tells a value. */
export function leaks(log: readonly LogEntry[]): boolean {
  const text = JSON.stringify(log);
  return [THIRD_PARTY_CANARY, ...[0, 1, 2, 3, 4, 5].flatMap(canariesOf)].some((canary) => text.includes(canary));
}
