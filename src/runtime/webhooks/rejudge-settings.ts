import { parseReceiverSettings, ReceiverSettings } from './receive-settings';
import type { RejudgeSettings } from './rejudge';
import { Environment, whole } from '../shared/environment';

/** AWS Lambda Developer Guide, "Lambda quotas", timeout. */
const MAX_TIMEOUT_SECONDS = 900;

/** Reads the variables of the receiver, and `TIMEOUT_SECONDS`: how long the function may run, half of which it begins requests for. */
export function parseRejudgeSettings(environment: Environment): RejudgeSettings & ReceiverSettings {
  return { ...parseReceiverSettings(environment), budgetMilliseconds: whole(environment, 'TIMEOUT_SECONDS', 10, MAX_TIMEOUT_SECONDS) * 500 };
}
