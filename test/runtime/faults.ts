import { Call, ServiceError } from './secrets/harness/service';

/** What may become of a call: it fails or the function dies before AWS does anything; or AWS does, and the answer is lost or nobody is left to hear it. */
export const FAULTS = ['fails', 'succeeds untold', 'dies', 'dies untold'] as const;
export type Fault = typeof FAULTS[number];

/** The call, counted from 0, that something becomes of. */
export interface PlannedFault {
  readonly at: number;
  readonly how: Fault;
}

/** Answers a call by `respond`, which notes it in `calls`, unless this is the one that a fault is planned for. */
export async function answerOr(fault: PlannedFault | undefined, calls: Call[], call: Call, respond: (call: Call) => unknown): Promise<unknown> {
  const how = fault?.at === calls.length ? fault.how : undefined;
  if (how === 'dies' || how === 'fails') {
    calls.push(call);
    if (how === 'dies') return new Promise(() => undefined);
    throw new ServiceError('InternalServiceError', `CANARY: ${JSON.stringify(call.input)}`);
  }
  const output = respond(call);
  if (how === 'dies untold') return new Promise(() => undefined);
  if (how === 'succeeds untold') throw new ServiceError('TimeoutError');
  return output;
}
