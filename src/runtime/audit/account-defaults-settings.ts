import { ACCOUNT_DEFAULTS, AccountDefaultName } from '../../formats/account-defaults';
import { Environment, list, matching } from '../shared/environment';

/** Which settings of which account are on. */
export interface AccountDefaultsSettings {
  readonly accountId: string;
  /** In the order in which they are turned on. */
  readonly defaults: readonly AccountDefaultName[];
  readonly diskKeyArn?: string;
}

/** AWS KMS Developer Guide, "Key ARN": not of an alias, as which EC2 would not tell the key again. */
const KEY_ARN = /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]{1,128}$/;

/** Reads `ACCOUNT_ID`, `DEFAULTS` and, if it is there, `DISK_KEY_ARN`; throws, saying what is wrong, so that the function does not start. */
export function parseAccountDefaultsSettings(environment: Environment): AccountDefaultsSettings {
  const defaults = list(environment, 'DEFAULTS', isName, ACCOUNT_DEFAULTS.join(', '));
  if (defaults.length === 0 || new Set(defaults).size < defaults.length) throw new Error('DEFAULTS must name one setting at least, and each once');
  return {
    accountId: matching(environment, 'ACCOUNT_ID', /^\d{12}$/, 'the id of an account'),
    defaults: ACCOUNT_DEFAULTS.filter((name) => defaults.includes(name)),
    ...environment.DISK_KEY_ARN !== undefined && { diskKeyArn: matching(environment, 'DISK_KEY_ARN', KEY_ARN, 'the ARN of a key') },
  };
}

function isName(entry: unknown): entry is AccountDefaultName {
  return ACCOUNT_DEFAULTS.some((name) => name === entry);
}
