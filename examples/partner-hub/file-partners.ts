import { sftp } from '../../src';

/** Somebody who exchanges files with us. */
export interface FilePartner {
  /** Name that the partner logs in with. */
  readonly name: string;
  /** Public keys as the partner sent them, each with the day on which we stop taking it. */
  readonly keys: sftp.PartnerKey[];
  /** Networks that the partner connects from. */
  readonly networks: string[];
  readonly access: sftp.PartnerAccess;
}

/** The partners made their pairs with `ssh-keygen` and sent the public halves. */
export const FILE_PARTNERS: readonly FilePartner[] = [
  {
    name: 'acme',
    keys: [sftp.PartnerKey.of('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKYtHdX6n0kfZ30JCP98YnxLuNmUwAkEb7CtrXHu5aRa edi@acme.example', { expires: new Date('2027-05-01T00:00:00Z') })],
    networks: ['203.0.113.0/28'],
    access: sftp.PartnerAccess.upload(),
  },
  {
    name: 'globex',
    keys: [sftp.PartnerKey.of('ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBINPoX2m/Wy/IVWCIBEdWnWgT4OO9sPtMH4SWmIVyi5nwBOk'
      + 'wUEt8vdKWgZYlfj3Bcmie/9DNAx/AgwyTYEQWuDLHN6ZH+mJLA6uC8IC81q8BRsdEFv9F7FmRDyWGafo1Q== files@globex.example', { expires: new Date('2027-04-01T00:00:00Z') })],
    networks: ['203.0.113.64/28', '198.51.100.7/32'],
    access: sftp.PartnerAccess.download(),
  },
  {
    name: 'initech',
    // Its software is old: it has neither Ed25519 nor ECDSA.
    keys: [sftp.PartnerKey.of('ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC0eJY9MmOOXvxYXx/JVqmHiUr67MDc6pw+kzUeg0VTIR1ZscqWdf/IWHcM7fRY/wUr5+H78z5i+Sn1qX7f'
      + 'nLIYegwVlCaMSdzmjlfI4SfvBsKUxb/HiJOTWWBHIdtGQeRmrMtMq6pemoZS1zrCYbBwH5YPEIrF8UrQrdhyjehztg4D2SjNVapgRpoZemhPLaT4D2ueJjrW'
      + 'n24SWK3lzmjgCSK8kYfZ2UWf1JvbqXT2YsNGVtYYDUADWdiUVbK4ySCWefFDVxRSwNlPO/WkmSOMim/t+ZbImbCyeMW54piRzWNcs5CFhQ56Sqlf/Hu/3UR5'
      + 'jW26GxEilN30C+XkwOoey+j+IxIDd+/TzCrFx6CGJ/5aAMHUMBfArrJ/4etEfH7oUvTAT9Up9axggPMS7YqFI2VodqWMk+dG2P69d2hdsDBZ1wJfWw55GAS+'
      + 'gmnBdCxnMiX+N1EW91nMv/Shhfab+/Iw9huHo0D/n0QCYzk2OVZarAS28l+kmWwPOGiaaik= batch@initech.example', { expires: new Date('2027-03-01T00:00:00Z') })],
    networks: ['203.0.113.128/28'],
    access: sftp.PartnerAccess.exchange(),
  },
];
