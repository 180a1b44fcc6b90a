import type { AccountDefaultName } from '../../formats/account-defaults';

/** One setting of an account, which is turned on and never off. Each member may be called again at any time. */
export interface AccountDefault {
  readonly name: AccountDefaultName;
  /** Whether it is as it should be; it is not written then. */
  isOn(): Promise<boolean>;
  turnOn(): Promise<void>;
}

/** A refusal that a service gives as an answer, not as an error. */
export function refused(code: string | undefined): Error {
  return Object.assign(new Error('the service refused'), { name: code ?? 'unknown' });
}
