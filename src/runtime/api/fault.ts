import { UnusableConsumer } from './consumers';
import { nameOf } from '../shared/error-name';

/** What the log says of an error of ours or of AWS: its name, since a message may quote what a service was sent. */
export function faultOf(error: unknown): Readonly<Record<string, string>> {
  return { outcome: 'fault', reason: nameOf(error), ...error instanceof UnusableConsumer && { variable: error.variable } };
}
