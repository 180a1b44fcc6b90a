import type { AccountDefault } from './account-default';
import { CustomResource, ResourceFailure } from '../shared/custom-resource';
import { nameOf } from '../shared/error-name';

export interface AccountDefaultsPorts {
  readonly defaults: readonly AccountDefault[];
  /** Writes one line to the log: outcomes, and names of settings. */
  log(entry: Readonly<Record<string, unknown>>): void;
}

/**
 * The settings of an account as a resource of CloudFormation, `Custom::AccountDefaults`.
 *
 * Each is read first, and written only if it is off. To delete the resource turns nothing off: somebody else may rely on it by then.
 */
export function accountDefaultsResource(ports: AccountDefaultsPorts): CustomResource {
  return {
    idOf: () => 'account-defaults',
    async put() {
      const { failed } = await look(ports, true);
      if (failed.length > 0) throw new ResourceFailure(`could not be turned on: ${failed.join(', ')}`);
      return {};
    },
    remove: async () => undefined,
  };
}

/**
 * Builds the function that looks once a day whether the settings are still on.
 *
 * It says which are off and leaves them so: whoever turned one off did it for some reason, which people have to hear of, and a setting that comes
 * back by itself would hide it. The task `apply` turns them on again. A setting that cannot be read does not keep the others, and ends in an error.
 */
export function accountDefaults(ports: AccountDefaultsPorts) {
  return async (event: unknown): Promise<void> => {
    const { task } = Object(event) as Readonly<Record<string, unknown>>;
    if (task !== 'watch' && task !== 'apply') throw new Error('the event is neither the task to watch nor the one to apply');
    const { failed } = await look(ports, task === 'apply');
    if (failed.length > 0) throw new Error(`looking failed for ${failed.join(', ')}`);
    ports.log({ outcome: 'watched', defaults: ports.defaults.length });
  };
}

async function look({ defaults, log }: AccountDefaultsPorts, turnOn: boolean): Promise<{ readonly failed: readonly string[] }> {
  const failed: string[] = [];
  for (const each of defaults) {
    const { name } = each;
    try {
      if (await each.isOn()) continue;
      if (turnOn) await each.turnOn();
      log({ outcome: turnOn ? 'turned-on' : 'off', default: name });
    } catch (error) {
      // Messages of services may quote what they were sent.
      failed.push(`${name} (${nameOf(error)})`);
      log({ outcome: 'fault', default: name, reason: nameOf(error) });
    }
  }
  return { failed };
}
