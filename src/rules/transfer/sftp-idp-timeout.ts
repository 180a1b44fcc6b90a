import { serversOfProvider } from './servers';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe, numberOf, Unresolved } from '../values';

/** A store that answers slowly, and what a client waits for (AWS Transfer Family User Guide, "Using AWS Lambda to integrate your identity provider"). */
const SECONDS = { least: 5, most: 15 };

/** Checks `SFTP-IDP-TIMEOUT`. */
export const sftpIdpTimeout: Rule = {
  control: 'SFTP-IDP-TIMEOUT',
  check(func, graph) {
    if (serversOfProvider(func, graph).length === 0) return notApplicable('no server asks the function who may sign in');
    const timeout = numberOf(func.properties.Timeout);
    if (timeout instanceof Unresolved) return cannotTell('UnresolvedTimeout', `Timeout is ${describe(timeout)}`, 'Timeout');
    const seconds = timeout ?? 3;
    if (seconds < SECONDS.least) return violation('TooShort', `a cold start may take longer than ${seconds} seconds, and the login fails`, 'Timeout');
    return seconds > SECONDS.most ? violation('TooLong', `clients give up before ${seconds} seconds, and attackers hold the function`, 'Timeout')
      : compliant(`answers within ${seconds} seconds`, 'Timeout');
  },
};
