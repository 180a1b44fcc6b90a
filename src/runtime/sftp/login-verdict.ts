import { decoyOf } from './decoy';
import type { IdentityProviderSettings } from './identity-provider-settings';
import type { Login } from './login';
import type { PartnerRow } from './partner-row';
import { isAllowedFrom, PartnerKey, PartnerRecord, readStoredPartner, usableKeys } from '../../formats/partner-record';

/** Why a login is refused; the log has it, and whoever signs in does not. */
export type Denial = 'unknown-partner' | 'other-server' | 'suspended' | 'disabled' | 'address' | 'locked' | 'no-usable-key' | 'password-not-asked';

/** Why a partner cannot sign in until somebody repairs what is stored. */
export type Misconfiguration = 'unusable-record' | 'unusable-networks' | 'foreign-role' | 'password-mismatch';

/** What is known when a login is judged. */
export interface Facts {
  readonly login: Login;
  readonly row: PartnerRow | undefined;
  readonly isLocked: boolean;
  readonly nowMilliseconds: number;
  readonly settings: Pick<IdentityProviderSettings, 'authentication' | 'rolePrefix'>;
}

/** What came of a login, before a password is looked at. */
export interface Verdict {
  readonly denial?: Denial;
  readonly misconfiguration?: Misconfiguration;
  readonly partner?: { readonly record: PartnerRecord; readonly keys: readonly PartnerKey[] };
  /** Keys in the record that are none that a partner may have. */
  readonly unusableKeys: number;
}

/** What follows the path in the ARN of a role (IAM API Reference, "CreateRole", RoleName). */
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;

/**
 * Judges a login by everything that is known, whether there is such a partner or not: each check is made for each login, so that the time says
 * nothing of which one refused.
 */
export function judge(facts: Facts): Verdict {
  const { login, row, isLocked, nowMilliseconds, settings } = facts;
  const { name, record: text, serverId, suspended } = row ?? decoyOf(login.name);
  const read = readStoredPartner(text);
  if ('refusals' in read) {
    judge({ ...facts, row: undefined }); // so that it takes as long
    const isOfNetworks = read.refusals.every(({ path }) => path.startsWith('networks'));
    return { misconfiguration: isOfNetworks ? 'unusable-networks' : 'unusable-record', unusableKeys: 0 };
  }
  const { record, dropped } = read;
  const keys = usableKeys(record, nowMilliseconds);
  const needsPassword = settings.authentication === 'PUBLIC_KEY_AND_PASSWORD';
  const denials: ReadonlyArray<readonly [Denial, boolean]> = [
    ['unknown-partner', row === undefined],
    ['other-server', serverId !== login.serverId],
    ['suspended', suspended],
    ['disabled', record.disabled],
    ['address', !isAllowedFrom(record, login.ip)],
    ['locked', isLocked],
    ['no-usable-key', keys.length === 0],
    ['password-not-asked', login.password !== undefined && !needsPassword],
  ];
  const misconfigurations: ReadonlyArray<readonly [Misconfiguration, boolean]> = [
    ['unusable-record', record.name !== name],
    ['foreign-role', !isRoleOf(settings.rolePrefix, record.roleArn)],
    // A record that asks for a password is not to be served by keys alone, and one that has none could not sign in.
    ['password-mismatch', record.passwordRequired !== needsPassword],
  ];
  return {
    denial: denials.find(([, applies]) => applies)?.[0],
    ...row && { misconfiguration: misconfigurations.find(([, applies]) => applies)?.[0] },
    partner: { record, keys },
    unusableKeys: new Set(dropped.map(({ path }) => /^keys\[\d+\]/.exec(path)?.[0])).size,
  };
}

function isRoleOf(prefix: string, arn: string): boolean {
  return arn.startsWith(prefix) && ROLE_NAME.test(arn.slice(prefix.length));
}
