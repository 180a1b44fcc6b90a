import { expectAccepted, expectDenied, KEYS_ALONE, lastOf, LoginCase, LoginWorld, Start } from './world';
import { writePartnerRecord } from '../../../../src/formats/partner-record';
import { login, recordOf, store, storeText } from '../partners';

/** A partner that may sign in from these networks. */
async function worldOf(start: Start, networks: readonly string[]): Promise<LoginWorld> {
  const world = await start(KEYS_ALONE);
  store(world.tables, { passwordRequired: false, networks });
  return world;
}

const from = (world: LoginWorld, sourceIp: unknown) => world.ask(login({ sourceIp }));

/** A record that no one who writes it down would. */
function storeNetworks(world: LoginWorld, networks: unknown): void {
  storeText(world.tables, 'acme', JSON.stringify({ ...JSON.parse(writePartnerRecord(recordOf({ passwordRequired: false }))) as object, networks }));
}

export const ADDRESS_CASES: readonly LoginCase[] = [
  {
    number: 15,
    title: 'an address that is missing or none: {}, and no table is asked',
    async run(start) {
      const world = await worldOf(start, ['192.0.2.0/24', 'fe80::/10']);
      for (const sourceIp of [undefined, null, '', 'x', 7, ['192.0.2.7'], '999.1.1.1', '192.0.2.07', '010.0.0.1', '1.2.3', '192.0.2.7/24', 'fe80::1%eth0', '192.0.2.7 ', ':::']) {
        expectDenied(await from(world, sourceIp));
        expect(lastOf(world)).toEqual(['denied', 'malformed-address']);
      }
      expect(world.tables.calls).toEqual([]);
    },
  },
  {
    number: 15,
    title: 'the first and the last address of a network are in it, and those beside them are not',
    async run(start) {
      const world = await worldOf(start, ['192.0.2.64/26', '198.51.100.7/32', '2001:db8:0:1::/64']);
      for (const ip of ['192.0.2.64', '192.0.2.127', '198.51.100.7', '2001:db8:0:1::', '2001:db8:0:1:ffff:ffff:ffff:ffff']) expectAccepted(await from(world, ip));
      for (const ip of ['192.0.2.63', '192.0.2.128', '198.51.100.6', '198.51.100.8', '2001:db8:0:0:ffff:ffff:ffff:ffff', '2001:db8:0:2::']) {
        expectDenied(await from(world, ip));
        expect(lastOf(world)).toEqual(['denied', 'address']);
      }
    },
  },
  {
    number: 15,
    title: 'an IPv4 address is the same mapped into IPv6, and an IPv6 address the same in any form',
    async run(start) {
      const world = await worldOf(start, ['192.0.2.0/24', '2001:db8::/48']);
      for (const ip of ['::ffff:192.0.2.7', '::FFFF:c000:207', '2001:db8::7', '2001:0DB8:0000:0000:0000:0000:0000:0007', '2001:db8:0::0:7']) {
        expectAccepted(await from(world, ip));
      }
      expectDenied(await from(world, '::ffff:198.51.100.7'));
      expectDenied(await from(world, '::192.0.2.7'));
    },
  },
  {
    number: 15,
    title: 'an IPv6 address is in no list of IPv4 alone, and an IPv4 address in none of IPv6',
    async run(start) {
      const four = await worldOf(start, ['192.0.2.0/24']);
      expectDenied(await from(four, '2001:db8::7'));
      const six = await worldOf(start, ['2001:db8::/32', '::/16']);
      expectDenied(await from(six, '192.0.2.7'));
    },
  },
  {
    number: 15,
    title: 'with no list, or one bad entry in it, nobody is let in, and an alarm hears of it',
    async run(start) {
      const world = await worldOf(start, ['192.0.2.0/24']);
      for (const networks of [
        [], undefined, null, '192.0.2.0/24', ['192.0.2.0/24', '0.0.0.0/0'], ['192.0.2.0/24', '::/0'], ['192.0.2.0/24', '192.0.2.7/24'], ['192.0.2.0/24', 'x'],
        ['192.0.2.0/24', '192.0.2.0/33'], ['192.0.2.0/24', 7], ['192.0.2.0/24', '2001:db8::1/32'], ['192.0.2.7'],
      ]) {
        storeNetworks(world, networks);
        expectDenied(await from(world, '192.0.2.7'));
        expect(lastOf(world)).toEqual(['misconfigured-partner', 'unusable-networks']);
      }
    },
  },
];
