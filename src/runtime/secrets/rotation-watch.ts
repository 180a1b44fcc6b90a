import type { DescribeSecretResponse } from '@aws-sdk/client-secrets-manager';
import type { WatchSettings } from './watch-settings';
import { judge } from './watched-secret';
import { nameOf } from '../shared/error-name';

/** What watching a secret needs of the world. */
export interface WatchPorts {
  /** What Secrets Manager tells about the secret, which is never what it holds. */
  describe(): Promise<DescribeSecretResponse>;
  /** In milliseconds since 1970. */
  now(): number;
  /** Writes one line to the log: outcomes, reasons, ids of versions. */
  log(entry: Readonly<Record<string, string>>): void;
}

/**
 * Builds the function that looks, by schedule, whether a secret is rotated that somebody else rotates: Amazon RDS, the provider of a managed
 * external secret, a function of AWS.
 *
 * It changes nothing, so a run that died or was repeated does no harm, and the next one says what it would have. Logs `healthy` only if there
 * is nothing to complain about, and the task that the alarms of a rotating secret count.
 */
export function rotationWatch(settings: WatchSettings, ports: WatchPorts) {
  return async (): Promise<void> => {
    const secret = await describe(ports);
    for (const finding of judge(secret, settings, ports.now())) ports.log({ ...finding, task: 'reconcile' });
  };
}

/** Errors carry the name of their cause alone, because services quote in their messages what they were sent. */
async function describe(ports: WatchPorts): Promise<DescribeSecretResponse> {
  try {
    return await ports.describe();
  } catch (error) {
    ports.log({ outcome: 'fault', reason: nameOf(error), task: 'reconcile' });
    throw new Error(`looking failed: ${nameOf(error)}`);
  }
}
