import type { Adapter } from './adapter';
import { Refused } from './failures';
import { reconcile } from './reconcile';
import { rotate } from './rotation';
import { tryStepOf } from './rotation-event';
import type { SecretStore } from './secret-store';
import type { Settings } from './settings';
import { nameOf } from '../shared/error-name';

/** What rotating a secret needs of the world. */
export interface Ports {
  readonly store: SecretStore;
  readonly adapter: Adapter;
  /** In milliseconds since 1970. */
  now(): number;
  /** Writes one line to the log: outcomes, reasons, ids of versions. Never what a version holds. */
  log(entry: Readonly<Record<string, string>>): void;
}

/**
 * Builds the function that rotates one secret: the four steps that Secrets Manager calls, and `{ "task": "reconcile" }` of a schedule.
 *
 * Any step may be repeated, run twice at once, or die anywhere. What it does is decided by what Secrets Manager and the provider hold, and
 * a version, once it has content, keeps it. A step that cannot go on throws: Secrets Manager then tries the rotation again.
 *
 * Errors carry the name of their cause alone, because services quote in their messages what they were sent.
 */
export function rotator(settings: Settings, ports: Ports) {
  return async (event: unknown): Promise<void> => {
    const step = tryStepOf(event);
    const what: Readonly<Record<string, string>> = step ? { step: step.name, version: step.version } : { task: 'reconcile' };
    try {
      if (step) await rotate(step, settings, ports);
      else if (isReconcile(event)) await reconcile(settings, ports);
      else throw new Refused('unusable-event', 'the event is neither a rotation step nor the task to reconcile');
    } catch (error) {
      const refused = error instanceof Refused;
      ports.log({ outcome: refused ? 'refused' : 'fault', reason: refused ? error.reason : nameOf(error), ...what });
      throw refused ? error : new Error(`${step?.name ?? 'reconcile'} failed: ${nameOf(error)}`);
    }
  };
}

function isReconcile(event: unknown): boolean {
  return Object(event).task === 'reconcile';
}
