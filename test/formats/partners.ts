import { bodyOf } from './ssh-lines';
import { PartnerKey, PartnerRecord } from '../../src/formats/partner-record';
import { readSshPublicKey } from '../../src/formats/ssh-public-key';

export const EXPIRES = '2027-01-01T00:00:00Z';

/** A key of a record, of a sample. */
export function keyOf(name: string, more: Partial<PartnerKey> = {}): PartnerKey {
  const key = readSshPublicKey(bodyOf(name), 'partner');
  if ('problem' in key) throw new Error(key.problem);
  return { body: key.body, fingerprint: key.fingerprint, expires: EXPIRES, ...more };
}

/** A sound record, with changes. */
export function recordOf(more: Partial<Record<keyof PartnerRecord, unknown>> = {}): PartnerRecord {
  return {
    version: 1,
    name: 'acme',
    disabled: false,
    keys: [keyOf('ed25519')],
    networks: ['192.0.2.0/24', '2001:db8::/32'],
    roleArn: 'arn:aws:iam::111122223333:role/sftp/c8a1/acme',
    passwordRequired: false,
    directories: [{
      entry: '/', bucket: 'incoming-bucket', prefix: 'partners/acme', keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b', actions: ['list', 'write'],
    }],
    ...more,
  } as PartnerRecord;
}
