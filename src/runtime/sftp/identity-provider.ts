import type { IdentityProviderSettings } from './identity-provider-settings';
import type { Failures, Lockout } from './lockout';
import { Login, readLogin } from './login';
import { accept, Accepted, Denied, DENIED } from './login-answer';
import { judge, Verdict } from './login-verdict';
import type { PartnerSource } from './partner-source';
import type { Passwords, Tried } from './passwords';
import { nameOf } from '../shared/error-name';

export interface IdentityProviderPorts {
  readonly partners: Pick<PartnerSource, 'find'>;
  readonly lockout: Pick<Lockout, 'read' | 'isLocked' | 'count' | 'pretend' | 'forget'>;
  /** Where passwords are asked for. */
  readonly passwords?: Pick<Passwords, 'verifiersOf' | 'try'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Writes one line of the log; no password, key or text of a malformed event gets there. */
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}

/** What is read for each login. */
interface Known { readonly verdict: Verdict; readonly failures?: Failures; readonly verifiers: readonly string[] }

/** What a row stands for that makes no sense: as many failures as lock, for as long as it is there. */
const UNUSABLE: Failures = { count: Infinity, windowEnds: Infinity, last: Infinity };

/**
 * Builds what AWS Transfer Family asks who may sign in, and where to.
 *
 * Everybody who may not gets the same answer, after the same reads, for a password the same computing, and one write: whether a partner exists is
 * told by neither answer nor time. Wrong passwords count for a partner only from where it may sign in. Where a table does not answer nobody signs
 * in, and the log says so.
 *
 * AWS Transfer Family asks with no password first, then, where both are required, once more with one (User Guide, "Using multiple methods of
 * authentication"); everything is judged both times. Of a key that is not the partner's the function never hears.
 */
export function identityProvider(settings: IdentityProviderSettings, ports: IdentityProviderPorts): (event: unknown) => Promise<Accepted | Denied> {
  return async (event) => {
    const login = readLogin(event);
    if (typeof login === 'string') {
      ports.log({ outcome: 'denied', reason: `malformed-${login}` });
      return DENIED;
    }
    const about = { partner: login.name, ip: login.ip, flow: login.password === undefined ? 'key' : 'password' };
    try {
      return await answer(login, about);
    } catch (error) {
      ports.log({ outcome: 'fault', reason: nameOf(error), ...about });
      return DENIED;
    }
  };

  async function answer(login: Login, about: Readonly<Record<string, string>>): Promise<Accepted | Denied> {
    const { verdict, failures, verifiers } = await know(login);
    if (verdict.unusableKeys > 0) ports.log({ outcome: 'misconfigured-partner', reason: 'unusable-key', keys: verdict.unusableKeys, ...about });
    const tried = login.password === undefined || !ports.passwords ? undefined : ports.passwords.try(login.password, verifiers);
    if (tried && tried.unusable > 0) ports.log({ outcome: 'misconfigured-partner', reason: 'unusable-verifier', ...about });
    const reason = verdict.misconfiguration ?? verdict.denial ?? reasonOf(tried);
    if (login.password !== undefined && reason !== undefined) await countFailure(login, reason === 'password', failures);
    if (reason !== undefined || !verdict.partner) {
      if (failures === UNUSABLE) ports.log({ outcome: 'fault', reason: 'UnusableFailures', ...about });
      else ports.log({ outcome: verdict.misconfiguration ? 'misconfigured-partner' : 'denied', reason, ...about });
      return DENIED;
    }
    if (tried && failures) await forget(login, about);
    const { record, keys } = verdict.partner;
    const accepted = accept(record, tried ? undefined : keys);
    ports.log({ outcome: 'accepted', ...about });
    return accepted;
  }

  /** Asks at the same time for all that is needed, also of a partner that does not exist. */
  async function know(login: Login): Promise<Known> {
    const [row, failures, verifiers] = await Promise.all([
      ports.partners.find(login.name),
      failuresOf(login),
      login.password === undefined || !ports.passwords ? [] : ports.passwords.verifiersOf(login.name),
    ]);
    const verdict = judge({ login, row, isLocked: ports.lockout.isLocked(failures), nowMilliseconds: ports.now(), settings });
    return { verdict, failures, verifiers };
  }

  /** Such a row is one partner's, so that its logins have to take as long as others: they are locked out, and not given up at once. */
  async function failuresOf(login: Login): Promise<Failures | undefined> {
    try {
      return await ports.lockout.read(login);
    } catch (error) {
      if (nameOf(error) !== 'UnusableFailures') throw error;
      return UNUSABLE;
    }
  }

  function countFailure(login: Login, counts: boolean, failures: Failures | undefined): Promise<void> {
    return counts ? ports.lockout.count(login, failures) : ports.lockout.pretend();
  }

  /** Whoever has presented everything is let in, also where what was counted stays. */
  async function forget(login: Login, about: Readonly<Record<string, string>>): Promise<void> {
    try {
      await ports.lockout.forget(login);
    } catch (error) {
      ports.log({ outcome: 'fault', reason: nameOf(error), ...about });
    }
  }
}

function reasonOf(tried: Tried | undefined): 'password' | undefined {
  return tried === undefined || tried.matches ? undefined : 'password';
}
