import { checkLifetimes } from './key-lifetime';
import type { OfferedKey, OperatorRequest } from './operator-request';
import { liesWithin, RegistrarSettings, RuntimePartners } from './registrar-settings';
import { tryInstant } from '../../formats/instant';
import { PartnerKey, PartnerRecord, readPartnerRecord, writePartnerRecord } from '../../formats/partner-record';
import type { Refusal } from '../../formats/refusal';
import { readSshPublicKey } from '../../formats/ssh-public-key';

/** A record, or why there is none. */
export type Drafted = { readonly record: PartnerRecord } | { readonly refusals: readonly Refusal[] };

export type DraftSettings = Pick<RegistrarSettings, 'authentication' | 'maxKeyDays'> & { readonly runtime: RuntimePartners };

/** The record of a partner whose name, keys and networks operators choose, and nothing else: role and directories follow from the settings. */
export function draftRecord(asked: Extract<OperatorRequest, { operation: 'put' }>, settings: DraftSettings, nowMilliseconds: number): Drafted {
  const { authentication, runtime } = settings;
  const read = asked.keys.map((key, index) => readOfferedKey(key, `keys[${index}]`, nowMilliseconds));
  const keys = read.flatMap((key) => 'key' in key ? [key.key] : []);
  const refusals = [
    ...read.flatMap((key) => 'refusal' in key ? [key.refusal] : []),
    ...asked.networks.flatMap((network, index) => liesWithin(runtime.networks, network) ? [] : [
      { path: `networks[${index}]`, problem: 'is not within the networks that partners may be registered for' },
    ]),
  ];
  if (refusals.length > 0) return { refusals };
  return checkRecord({
    version: 1,
    name: asked.name,
    disabled: asked.disabled,
    keys,
    networks: asked.networks,
    roleArn: runtime.roleArn,
    passwordRequired: authentication === 'PUBLIC_KEY_AND_PASSWORD',
    directories: runtime.directories.map((directory) => ({ ...directory, prefix: `${directory.prefix}/${asked.name}` })),
  }, settings, nowMilliseconds);
}

/** A record with one more key. */
export function withKey(
  record: PartnerRecord, offered: OfferedKey, settings: Pick<RegistrarSettings, 'maxKeyDays'>, nowMilliseconds: number,
): Drafted {
  const read = readOfferedKey(offered, `keys[${record.keys.length}]`, nowMilliseconds);
  if ('refusal' in read) return { refusals: [read.refusal] };
  const known = record.keys.find(({ fingerprint }) => fingerprint === read.key.fingerprint);
  // Whoever asks again gets the same; another time for a key that is there is another request.
  if (known && known.notBefore === read.key.notBefore && known.expires === read.key.expires) return { record };
  return checkRecord({ ...record, keys: [...record.keys, read.key] }, settings, nowMilliseconds, record.keys.length);
}

/** Judges a record by what is no matter of a clock, and keys from one on by what is. */
function checkRecord(record: PartnerRecord, { maxKeyDays }: Pick<RegistrarSettings, 'maxKeyDays'>, nowMilliseconds: number, from = 0): Drafted {
  const read = readPartnerRecord(writePartnerRecord(record));
  if ('refusals' in read) return read;
  const refusals = checkLifetimes(read.record.keys, maxKeyDays, nowMilliseconds).filter(({ path }) => Number(/\d+/.exec(path)) >= from);
  return refusals.length > 0 ? { refusals } : read;
}

function readOfferedKey(
  { key, notBefore, expires }: OfferedKey, path: string, nowMilliseconds: number,
): { readonly key: PartnerKey } | { readonly refusal: Refusal } {
  const read = readSshPublicKey(key, 'partner');
  if ('problem' in read) return { refusal: { path: `${path}.key`, ...read } };
  const until = tryInstant(expires);
  if (until !== undefined && until <= nowMilliseconds) return { refusal: { path: `${path}.expires`, problem: 'is past' } };
  return { key: { body: read.body, fingerprint: read.fingerprint, ...notBefore !== undefined && { notBefore }, expires } };
}
