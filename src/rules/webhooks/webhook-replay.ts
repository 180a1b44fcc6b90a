import { mayReceive, schemeOf, tryReceiver } from './receivers';
import { SENDERS } from './senders';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isMap, mayBeAbsent, numberOf, Unresolved, Value, ValueMap } from '../values';

/** Five minutes, as Stripe and Svix recommend (Stripe Docs, "Receive Stripe events in your webhook endpoint", preventing replay attacks). */
const MAX_TOLERANCE_SECONDS = 300;

/**
 * Where no time is signed a delivery verifies for as long as its key lives, and nothing but the record of it keeps a replay out: it has to
 * outlive the key, which `SECRET-ROTATION-AGE` gives 90 days.
 */
const MIN_KEEP_SECONDS = 90 * 24 * 60 * 60;

const SCHEME = 'Environment.Variables.SCHEME';
const KEEP = 'Environment.Variables.KEEP_SECONDS';

/** Checks `WEBHOOK-REPLAY`. */
export const webhookReplay: Rule = {
  control: 'WEBHOOK-REPLAY',
  check(func) {
    const variables = tryReceiver(func);
    if (!variables && mayReceive(func)) return cannotTell('UnresolvedEnvironment', 'the template does not tell whether the function receives webhooks', 'Environment');
    if (!variables) return notApplicable('the function receives no webhooks');
    const scheme = schemeOf(variables);
    if (scheme instanceof Unresolved) return cannotTell('UnresolvedScheme', `SCHEME is ${describe(variables.SCHEME)}`, SCHEME);
    return scheme.preset === undefined ? judgeWritten(scheme, variables) : judgePreset(scheme, variables);
  },
};

function judgePreset(scheme: ValueMap, variables: ValueMap): Outcome {
  const name = describe(scheme.preset);
  const sender = SENDERS.get(name);
  if (!sender) return cannotTell('UnresolvedScheme', `no sender is known by the preset ${name}`, SCHEME);
  const { toleranceSeconds: usual } = sender;
  if (usual === undefined) return judgeRecord(variables);
  // Three senders repeat a delivery with the time of the first, so that less would refuse what is genuine.
  return judgeTolerance(scheme.toleranceSeconds ?? usual, Math.max(usual, MAX_TOLERANCE_SECONDS));
}

function judgeWritten(scheme: ValueMap, variables: ValueMap): Outcome {
  switch (scheme.type) {
    case 'jwt':
    case 'http-message': return judgeTolerance(scheme.toleranceSeconds, MAX_TOLERANCE_SECONDS);
    case 'static': return judgeRecord(variables);
    case 'detached': break;
    default: return cannotTell('UnresolvedScheme', `the type of the scheme is ${describe(scheme.type)}`, SCHEME);
  }
  if (scheme.timestamp === undefined) return judgeRecord(variables);
  return judgeTolerance(isMap(scheme.timestamp) ? at(scheme.timestamp, 'toleranceSeconds') : scheme.timestamp, MAX_TOLERANCE_SECONDS);
}

function judgeTolerance(value: Value, most: number): Outcome {
  const seconds = numberOf(value);
  if (typeof seconds !== 'number') return cannotTell('UnresolvedScheme', `the tolerance is ${describe(value)}`, SCHEME);
  return seconds <= most ? compliant(`a signed time may be off by ${seconds} seconds`, SCHEME)
    : violation('LongTolerance', `a signed time may be off by ${seconds} seconds, above ${most}`, SCHEME);
}

function judgeRecord({ KEEP_SECONDS: value }: ValueMap): Outcome {
  if (value === undefined) return compliant('deliveries are remembered for 400 days', 'Environment.Variables');
  const seconds = numberOf(value);
  if (mayBeAbsent(value) || typeof seconds !== 'number') return cannotTell('UnresolvedRetention', `KEEP_SECONDS is ${describe(value)}`, KEEP);
  return seconds >= MIN_KEEP_SECONDS ? compliant(`deliveries are remembered for ${seconds} seconds`, KEEP)
    : violation('ShortMemory', `no time is signed, and deliveries are forgotten after ${seconds} seconds, below ${MIN_KEEP_SECONDS}`, KEEP);
}
