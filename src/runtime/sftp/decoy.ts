import type { PartnerRow } from './partner-row';
import { writePartnerRecord } from '../../formats/partner-record';

/** Whoever asks for a partner that does not exist is judged by this record, so that it takes as long; nobody has its private key. */
const record = (name: string) => writePartnerRecord({
  version: 1,
  name,
  disabled: false,
  keys: [{
    body: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINURJh5XPdQheEIoyTs0TNX7DGia4YVDpoQOJovHGNQ0',
    fingerprint: 'SHA256:qbQyg4FIgTogjPI19HYO8acYBnOL5iLGHpOb53z1llE',
    expires: '2000-01-01T00:00:00Z',
  }],
  // RFC 5737: of no machine.
  networks: ['192.0.2.1/32'],
  roleArn: 'arn:aws:iam::111122223333:role/nobody',
  passwordRequired: false,
  directories: [
    { entry: '/', bucket: 'nowhere', prefix: 'nobody', keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/none', actions: ['list', 'read', 'write'] },
  ],
});

/** A row of a partner that does not exist. */
export function decoyOf(name: string): PartnerRow {
  return { name, record: record(name), suspended: false, revision: 0 };
}
