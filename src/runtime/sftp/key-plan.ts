import type { UserKey } from './server-users';
import { PartnerKey, PartnerRecord, usableKeys } from '../../formats/partner-record';

/** Why a user loses a key. */
export type RemovalReason =
  /** Its time is over, or has not come. */
  | 'expired' | 'not-yet'
  /** The partner is disabled, suspended or removed. */
  | 'disabled'
  /** An operator revoked it, or the reconciler gave it and the record has it no more. */
  | 'revoked'
  /** Somebody else gave it. */
  | 'unknown'
  /** The user has it twice. */
  | 'repeated'
  /** It is another partner's. */
  | 'shared';

export interface Removal { readonly key: UserKey; readonly because: RemovalReason }

/** What is to be done about the keys of one user. */
export interface KeyPlan {
  /** Keys that the user should have. */
  readonly wanted: readonly PartnerKey[];
  readonly imports: readonly PartnerKey[];
  /** Keys that are good for nothing, whatever becomes of the others. */
  readonly removals: readonly Removal[];
  /** Keys that go once the user has every key that it should have. */
  readonly laterRemovals: readonly Removal[];
  /** Keys that stay although nobody knows them. */
  readonly reported: readonly Removal[];
  /** Fingerprints of keys that are in the record, and another partner's. */
  readonly shared: readonly string[];
}

/** Whose a key is: the partner's, another one's, or that of nobody knows which of several that have it. */
export type Owner = 'self' | 'other' | 'disputed';

/** What is known of one user. */
export interface UserSituation {
  /** Undefined of a partner that was removed. */
  readonly record?: PartnerRecord;
  readonly isSuspended: boolean;
  readonly present: readonly UserKey[];
  readonly installed: ReadonlySet<string>;
  /** Keys that an operator has revoked. */
  readonly revoked: ReadonlySet<string>;
  /** Whether a key is this partner's to have. */
  readonly ownerOf: (fingerprint: string) => Owner;
  readonly now: number;
  /** Whether keys go that nobody knows. */
  readonly isEnforced: boolean;
}

/** Plans from what is there alone, so that it makes no difference where a run before has died. */
export function planKeys({ record, isSuspended, present, installed, revoked, ownerOf, now, isEnforced }: UserSituation): KeyPlan {
  const isShut = !record || record.disabled || isSuspended;
  const usable = isShut ? [] : usableKeys(record, now);
  const wanted = usable.filter(({ fingerprint }) => ownerOf(fingerprint) === 'self' && !revoked.has(fingerprint));
  const judged = present.map((key, index) => ({ key, because: tryReason(key, present.slice(0, index)) }));
  const removals = judged.filter((each): each is Removal => each.because !== undefined);
  // What was revoked may be in wrong hands: that another key cannot be given is no reason to keep it.
  const isAtOnce = ({ key, because }: Removal) => because === 'expired' || because === 'not-yet' || because === 'disabled' || isRevoked(key);
  const isReported = ({ because }: Removal) => because === 'unknown' && !isEnforced;
  return {
    wanted,
    imports: wanted.filter(({ fingerprint }) => !present.some((key) => key.fingerprint === fingerprint)),
    removals: removals.filter(isAtOnce),
    laterRemovals: removals.filter((removal) => !isAtOnce(removal) && !isReported(removal)),
    reported: removals.filter(isReported),
    shared: usable.map(({ fingerprint }) => fingerprint).filter((fingerprint) => ownerOf(fingerprint) !== 'self'),
  };

  function isRevoked({ fingerprint }: Pick<UserKey, 'fingerprint'>): boolean {
    return fingerprint !== undefined && revoked.has(fingerprint);
  }

  function tryReason({ fingerprint }: UserKey, before: readonly UserKey[]): RemovalReason | undefined {
    // Nobody gets in whom an operator has shut out, also with a key that somebody has added by hand.
    if (record ? isShut : isSuspended) return 'disabled';
    if (isRevoked({ fingerprint })) return 'revoked';
    if (fingerprint === undefined) return 'unknown';
    if (wanted.some((key) => key.fingerprint === fingerprint)) return before.some((key) => key.fingerprint === fingerprint) ? 'repeated' : undefined;
    const recorded = record?.keys.find((key) => key.fingerprint === fingerprint);
    if (!recorded && !installed.has(fingerprint)) return 'unknown';
    if (isShut) return 'disabled';
    if (!recorded) return 'revoked';
    if (Date.parse(recorded.expires) <= now) return 'expired';
    if (!usable.includes(recorded)) return 'not-yet';
    // The one of several that has it already keeps it until somebody decides.
    return ownerOf(fingerprint) === 'other' ? 'shared' : undefined;
  }
}
