import { isRedrive, redrive, Redrive } from './redrive';
import { sweep, SweepPorts, SweepSettings } from './sweep';

/** Builds the handler of the sweeper: a schedule asks for a sweep, a person for a redrive; anything else is refused. */
export function sweeper(settings: SweepSettings, ports: SweepPorts) {
  return async (event: Redrive | { readonly task: 'sweep' }): Promise<{ readonly redriven: number } | undefined> => {
    if (isRedrive(event)) return redrive(event, ports);
    if (Object(event).task !== 'sweep') throw new Error("the event must be the task 'sweep', or 'redrive' with a state or ids");
    await sweep(settings, ports);
    return undefined;
  };
}
