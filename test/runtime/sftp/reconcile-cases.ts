import { DAY, NOW, partnerKey, partnerRecord, publicKey, recordText } from './partner-keys';
import { PartnerWorld, SERVER_ID } from './partner-world';
import { PartnerRecord } from '../../../src/formats/partner-record';
import { ServiceError } from '../secrets/harness/service';

const OLD = publicKey('old');
const NEW = publicKey('new');

/** The cases of the reconciler, in worlds that differ in where its code runs. */
export function reconcileCases(start: () => PartnerWorld): void {
  /** A partner who changes from one key to another: the record has the new one alone, the user the old one, which the reconciler gave. */
  async function changingWorld(): Promise<PartnerWorld> {
    const world = start();
    world.users.give('acme');
    world.put('acme', [partnerKey('old')]);
    await world.reconcile();
    world.put('acme', [partnerKey('new')]);
    world.calls = [];
    world.log.length = 0;
    return world;
  }

  test('[case 46] imports, then verifies, then deletes, and does nothing when it is repeated', async () => {
    const world = await changingWorld();
    expect(await world.reconcile()).toEqual({ outcome: 'reconciled', users: 1, imported: 1, removed: 1 });
    expect(world.calls.map(({ operation }) => operation).filter((operation) => /User|Ssh/.test(operation)))
      .toEqual(['ListUsers', 'DescribeUser', 'ImportSshPublicKey', 'DescribeUser', 'DeleteSshPublicKey']);
    expect([world.users.fingerprints('acme'), world.violations]).toEqual([[NEW.fingerprint], []]);
    expect(world.told).toEqual([{ type: 'SFTP Partner Key Removed', detail: { serverId: SERVER_ID, partner: 'acme', fingerprint: OLD.fingerprint, reason: 'revoked' } }]);
    world.calls = [];
    expect(await world.reconcile()).toMatchObject({ imported: 0, removed: 0 });
    expect(world.writes()).toEqual([]);
  });

  test('[case 46] deletes nothing while what should be there is not', async () => {
    const world = await changingWorld();
    world.onCall = ({ operation }) => {
      if (operation === 'ImportSshPublicKey') throw new ServiceError('ServiceUnavailableException', 'CANARY');
    };
    await expect(world.reconcile()).rejects.toThrow(/^reconciling failed for 1 of 1 partners$/);
    expect(world.users.fingerprints('acme')).toEqual([OLD.fingerprint]);
  });

  test('[case 47] a key that exists already is a success only if the same user has the same one', async () => {
    const world = await changingWorld();
    world.onCall = ({ operation }) => {
      if (operation !== 'ImportSshPublicKey') return;
      world.users.give('acme', NEW.line); // another run was faster
    };
    expect(await world.reconcile()).toMatchObject({ removed: 1 });

    const other = await changingWorld();
    other.users.taken.add(NEW.line);
    await expect(other.reconcile()).rejects.toThrow('1 of 1');
    expect([other.users.fingerprints('acme'), other.outcomes().at(-1)]).toEqual([[OLD.fingerprint], 'fault KeyNotThere']);
  });

  test('[case 48] waits as long as the service asks for when it is throttled, and gives up after some times', async () => {
    const world = await changingWorld();
    let times = 0;
    const asked = ['3', undefined, 'soon', '4000'];
    world.onCall = ({ operation }) => {
      if (operation === 'ImportSshPublicKey' && times++ < 4) throw Object.assign(new ServiceError('ThrottlingException'), { RetryAfterSeconds: asked[times - 1] });
    };
    await world.reconcile();
    expect([world.waits, world.users.fingerprints('acme')]).toEqual([[3000, 4000, 1000, 20_000], [NEW.fingerprint]]);

    const never = await changingWorld();
    never.onCall = ({ operation }) => {
      if (operation === 'ListUsers') throw new ServiceError('ThrottlingException', 'CANARY');
    };
    await expect(never.reconcile()).rejects.toThrow(/^reconciling failed: ThrottlingException$/);
    expect(never.waits).toHaveLength(4);
  });

  test('[case 48] tries again where the service is at fault', async () => {
    const world = await changingWorld();
    let times = 0;
    world.onCall = ({ operation }) => {
      if (operation === 'DescribeUser' && times++ < 2) throw Object.assign(new ServiceError('ServiceUnavailableException'), { $fault: 'server' });
    };
    await world.reconcile();
    expect([world.waits, world.users.fingerprints('acme')]).toEqual([[1000, 1000], [NEW.fingerprint]]);
  });

  test('[case 49] sees every user of more than one page, every row, and every key of more than five', async () => {
    const world = start();
    world.users.pageSize = 1000;
    for (let index = 0; index < 1001; index++) world.users.give(`user-${index}`);
    world.put('acme', [partnerKey('new')]);
    world.users.give('acme', ...Array.from({ length: 7 }, (_, index) => publicKey(`more-${index}`).line));
    world.isEnforced = true;
    expect(await world.reconcile()).toMatchObject({ users: 1, imported: 1, removed: 7 });
    expect(world.outcomes().filter((outcome) => outcome === 'complaint unknown-user')).toHaveLength(1001);
    expect(world.calls.filter(({ operation }) => operation === 'ListUsers')).toHaveLength(2);
  });

  describe('[case 50] the last valid key', () => {
    test('[case 50] is never removed, also where keys that nobody knows are', async () => {
      const world = start();
      world.isEnforced = true;
      world.users.give('acme', OLD.line, NEW.line);
      world.put('acme', [partnerKey('new')]);
      await world.reconcile();
      expect([world.users.fingerprints('acme'), world.violations]).toEqual([[NEW.fingerprint], []]);
    });

    test('[case 50] that has expired is removed, and somebody is told', async () => {
      const world = start();
      world.users.give('acme');
      world.put('acme', [partnerKey('old', { expires: NOW + DAY })]);
      await world.reconcile();
      world.now = NOW + DAY - 1;
      await world.reconcile();
      expect(world.users.fingerprints('acme')).toEqual([OLD.fingerprint]);
      world.now = NOW + DAY;
      await world.reconcile();
      expect(world.users.fingerprints('acme')).toEqual([]);
      expect(world.told.map(({ type }) => type)).toEqual(['SFTP Partner Key Removed', 'SFTP Partner Without Key']);
      await world.reconcile();
      expect([world.told.length, world.outcomes().filter((outcome) => outcome === 'complaint no-valid-key').length]).toEqual([2, 2]);
    });

    test('[case 50] that was revoked is removed', async () => {
      const world = await changingWorld();
      world.put('acme', []);
      await world.reconcile();
      expect([world.users.fingerprints('acme'), world.told.at(-1)!.type]).toEqual([[], 'SFTP Partner Without Key']);
    });

    test('[case 50] stays where the record cannot be read', async () => {
      const world = await changingWorld();
      world.partners.set('acme', { partner: { S: 'acme' }, serverId: { S: SERVER_ID }, record: { S: '{}' } });
      await expect(world.reconcile()).rejects.toThrow('1 of 1');
      expect(world.users.fingerprints('acme')).toEqual([OLD.fingerprint]);
    });
  });

  describe('a key that an operator has revoked', () => {
    const revoke = (world: PartnerWorld, row: object = { owner: { S: 'acme' } }) => (
      world.partners.set(`key#${OLD.fingerprint}`, { partner: { S: `key#${OLD.fingerprint}` }, revokedAt: { N: String(NOW) }, ...row }));

    test('goes also while another key cannot be given', async () => {
      const world = await changingWorld();
      revoke(world);
      world.onCall = ({ operation }) => {
        if (operation === 'ImportSshPublicKey') throw new ServiceError('InvalidRequestException', 'CANARY');
      };
      await expect(world.reconcile()).rejects.toThrow('1 of 1');
      expect([world.users.fingerprints('acme'), world.told.at(-1)!.detail.reason]).toEqual([[], 'revoked']);
    });

    test('goes also where somebody has added it by hand, and is given to nobody', async () => {
      const world = start();
      revoke(world);
      world.users.give('acme', OLD.line);
      world.put('acme', [partnerKey('new'), partnerKey('old')]);
      await world.reconcile();
      expect(world.users.fingerprints('acme')).toEqual([NEW.fingerprint]);
    });

    test('is no other: one that was only replaced waits for its successor', async () => {
      const world = await changingWorld();
      world.partners.set(`key#${OLD.fingerprint}`, { partner: { S: `key#${OLD.fingerprint}` }, owner: { S: 'acme' } });
      world.onCall = ({ operation }) => {
        if (operation === 'ImportSshPublicKey') throw new ServiceError('InvalidRequestException', 'CANARY');
      };
      await expect(world.reconcile()).rejects.toThrow('1 of 1');
      expect(world.users.fingerprints('acme')).toEqual([OLD.fingerprint]);
    });
  });

  test('whom an operator has suspended is shut out, also where the record cannot be read', async () => {
    const world = await changingWorld();
    world.partners.set('acme', { partner: { S: 'acme' }, serverId: { S: SERVER_ID }, record: { S: '{}' }, suspended: { BOOL: true } });
    await expect(world.reconcile()).rejects.toThrow('1 of 1');
    expect([world.users.fingerprints('acme'), world.outcomes()]).toEqual([[], ['fault unusable-record', 'removed disabled']]);
  });

  describe('[case 51] a key that nobody knows', () => {
    const given = () => {
      const world = start();
      world.users.give('acme', NEW.line, OLD.line, 'ssh-rsa AAAAB3NzaC1yc2E=');
      world.put('acme', [partnerKey('new')]);
      return world;
    };

    test('[case 51] is reported', async () => {
      const world = given();
      await world.reconcile();
      expect(world.log.filter(({ outcome }) => outcome === 'complaint')).toEqual([
        { outcome: 'complaint', reason: 'unknown-key', partner: 'acme', fingerprint: OLD.fingerprint },
        { outcome: 'complaint', reason: 'unknown-key', partner: 'acme', fingerprint: undefined },
      ]);
      expect(world.writes()).toEqual([]);
    });

    test('[case 51] is removed where that is enforced, with an event', async () => {
      const world = given();
      world.isEnforced = true;
      await world.reconcile();
      expect(world.users.fingerprints('acme')).toEqual([NEW.fingerprint]);
      expect(world.told.map(({ type, detail }) => [type, detail.reason])).toEqual([['SFTP Partner Key Removed', 'unknown'], ['SFTP Partner Key Removed', 'unknown']]);
    });

    test('[case 51] lets nobody in whom an operator has shut out', async () => {
      const shut: ReadonlyArray<readonly [Partial<PartnerRecord>, object]> = [[{ disabled: true }, {}], [{}, { suspended: { BOOL: true } }]];
      for (const [changes, row] of shut) {
        const world = given();
        world.put('acme', [partnerKey('new')], changes, { ...row });
        await world.reconcile();
        expect([world.users.fingerprints('acme'), world.outcomes()]).toEqual([[], expect.not.arrayContaining(['complaint no-valid-key'])]);
        world.put('acme', [partnerKey('new')]);
        await world.reconcile();
        expect(world.users.fingerprints('acme')).toEqual([NEW.fingerprint]);
      }
    });
  });

  describe('[case 52] the same key on two partners', () => {
    test('[case 52] is the one\'s who owns it, and taken from the other', async () => {
      const world = start();
      for (const name of ['acme', 'globex']) world.put(name, [partnerKey('new'), partnerKey(name)]);
      world.partners.set(`key#${NEW.fingerprint}`, { partner: { S: `key#${NEW.fingerprint}` }, owner: { S: 'acme' } });
      world.users.give('acme');
      world.users.give('globex', NEW.line);
      await world.reconcile();
      expect(world.users.fingerprints('acme')).toEqual([NEW.fingerprint, publicKey('acme').fingerprint]);
      expect(world.users.fingerprints('globex')).toEqual([publicKey('globex').fingerprint]);
      expect(world.log).toContainEqual({ outcome: 'complaint', reason: 'shared-key', partner: 'globex', fingerprint: NEW.fingerprint });
    });

    test('[case 52] is given to neither where nobody knows whose it is, and taken from none who has nothing else', async () => {
      const world = start();
      for (const name of ['acme', 'globex']) world.put(name, [partnerKey('new')]);
      world.users.give('acme');
      world.users.give('globex', NEW.line);
      await world.reconcile();
      expect([world.users.fingerprints('acme'), world.users.fingerprints('globex')]).toEqual([[], [NEW.fingerprint]]);
    });
  });

  test('[case 53] keys that differ in comments and blanks are equal, and of two such one goes', async () => {
    const world = start();
    world.put('acme', [partnerKey('new')]);
    world.users.give('acme', `  ${NEW.line} acme@laptop\n`);
    await world.reconcile();
    expect(world.writes()).toEqual([]);
    world.users.give('acme', NEW.line);
    await world.reconcile();
    expect([world.users.fingerprints('acme'), world.violations]).toEqual([[NEW.fingerprint], []]);
  });

  describe('[case 54] what is no more there', () => {
    test('[case 54] a user that was deleted meanwhile is told, at whichever call', async () => {
      const world = await changingWorld();
      world.users.users.delete('acme');
      await world.reconcile();
      expect(world.outcomes()).toEqual(['complaint no-user', 'reconciled']);

      const late = await changingWorld();
      late.onCall = ({ operation }) => void (operation === 'ImportSshPublicKey' && late.users.users.delete('acme'));
      await expect(late.reconcile()).rejects.toThrow('1 of 1');
      expect(late.outcomes()).toEqual(['fault ResourceNotFoundException']);
    });

    test('[case 54] a key that was deleted meanwhile is deleted', async () => {
      const world = await changingWorld();
      world.onCall = ({ operation }) => void (operation === 'DeleteSshPublicKey' && world.users.users.get('acme')!.shift());
      expect(await world.reconcile()).toMatchObject({ removed: 1 });
    });

    test('[case 54] a server whose users the service does not manage is left alone', async () => {
      const world = await changingWorld();
      world.users.identityProviderType = 'AWS_LAMBDA';
      await expect(world.reconcile()).rejects.toThrow(/^reconciling failed: NotServiceManaged$/);
      expect(world.calls.map(({ operation }) => operation)).toEqual(['DescribeServer']);
    });

    test('[case 54] a partner that was removed loses what it was given, and nothing else; one of another server is none of ours', async () => {
      const world = await changingWorld();
      world.users.give('acme', NEW.line);
      world.partners.delete('acme');
      world.put('globex', [partnerKey('globex')], {}, { serverId: { S: 's-other' } });
      expect(await world.reconcile()).toMatchObject({ users: 1, removed: 1 });
      expect([world.users.fingerprints('acme'), world.partners.get('installed#acme')?.fingerprints]).toEqual([[NEW.fingerprint], undefined]);
    });
  });

  test('[case 56] at the quota of keys nothing is imported, what has expired goes, and the rest stays', async () => {
    const world = start();
    world.put('acme', [partnerKey('new'), partnerKey('old', { expires: NOW })]);
    world.users.give('acme', OLD.line, ...Array.from({ length: 49 }, (_, index) => `ssh-rsa AAAA${index}`));
    world.isEnforced = true;
    await expect(world.reconcile()).rejects.toThrow('1 of 1');
    expect(world.outcomes()).toContain('fault KeyQuotaReached');
    expect(world.users.users.get('acme')).toHaveLength(49);
    await world.reconcile(); // now there is room
    expect(world.users.fingerprints('acme')).toEqual([NEW.fingerprint]);
  });

  test('[case 57] a dry run makes no call that changes anything, and says what would be done', async () => {
    const world = await changingWorld();
    expect(await world.reconcile({ task: 'reconcile', dryRun: true })).toEqual({ outcome: 'rehearsed', users: 1, imported: 0, removed: 0 });
    expect([world.writes(), world.outcomes()]).toEqual([[], ['would-import', 'would-remove revoked', 'rehearsed']]);
  });

  test('[case 58] a private key in a record is refused, not imported, and not logged', async () => {
    const world = await changingWorld();
    const pem = '-----BEGIN OPENSSH PRIVATE KEY-----\nCANARYb3BlbnNzaC1rZXktdjE\n-----END OPENSSH PRIVATE KEY-----';
    const record = { ...partnerRecord('acme', []), keys: [{ ...partnerKey('new'), body: pem }, partnerKey('old')] };
    world.partners.set('acme', { partner: { S: 'acme' }, serverId: { S: SERVER_ID }, record: { S: JSON.stringify(record) } });
    await expect(world.reconcile()).rejects.toThrow('1 of 1');
    expect(world.log).toContainEqual(expect.objectContaining({ reason: 'unusable-record', problems: ['keys[0].body is a private key'] }));
    expect(JSON.stringify([world.log, world.calls])).not.toContain('CANARY');
    expect(world.users.fingerprints('acme')).toEqual([OLD.fingerprint]);
  });

  test('[case 59] one partner that fails does not keep the others, and the run ends in an error for the dead-letter queue, that quotes nothing', async () => {
    const world = start();
    for (const name of ['acme', 'broken', 'globex', 'initech']) {
      world.users.give(name);
      world.put(name, [partnerKey(name)]);
    }
    world.partners.get('broken')!.record = { S: 'CANARY' };
    world.onCall = ({ operation, input }) => {
      if (operation === 'ImportSshPublicKey' && input.UserName === 'globex') throw new ServiceError('InvalidRequestException', 'CANARY');
    };
    await expect(world.reconcile()).rejects.toThrow(/^reconciling failed for 2 of 4 partners$/);
    for (const name of ['acme', 'initech']) expect(world.users.fingerprints(name)).toEqual([publicKey(name).fingerprint]);
    expect(world.outcomes().filter((outcome) => outcome.startsWith('fault'))).toEqual(['fault unusable-record', 'fault InvalidRequestException']);
    expect(JSON.stringify(world.log)).not.toContain('CANARY');
  });

  test('a record of another name than its row is none', async () => {
    const world = await changingWorld();
    world.partners.get('acme')!.record = { S: recordText(partnerRecord('globex', [partnerKey('new')])) };
    await expect(world.reconcile()).rejects.toThrow('1 of 1');
    expect(world.writes()).toEqual([]);
  });

  test('a key before its time is not there', async () => {
    const world = start();
    world.put('acme', [partnerKey('new', { notBefore: NOW + DAY }), partnerKey('old')]);
    world.users.give('acme', NEW.line);
    await world.reconcile();
    expect(world.users.fingerprints('acme')).toEqual([OLD.fingerprint]);
    expect(world.outcomes()).toContain('removed not-yet');
  });

  test('a key whose removal fails, or is not told, does not keep the others, and is a fault', async () => {
    const world = start();
    world.isEnforced = true;
    world.put('acme', [partnerKey('new')]);
    world.users.give('acme', OLD.line, publicKey('other').line, NEW.line);
    let events = 0;
    world.onCall = ({ operation }) => {
      if (operation === 'PutEvents' && events++ === 0) throw new ServiceError('AccessDeniedException');
    };
    await expect(world.reconcile()).rejects.toThrow('1 of 1');
    expect(world.users.fingerprints('acme')).toEqual([NEW.fingerprint]);
  });

  test('a change of the table is a reason to look, and nothing else is', async () => {
    const world = await changingWorld();
    await world.reconcile({ Records: [] });
    expect(world.users.fingerprints('acme')).toEqual([NEW.fingerprint]);
    for (const event of [null, {}, { task: 'watch' }, { task: 'reconcile', dryRun: 'yes' }]) {
      await expect(world.reconcile(event)).rejects.toThrow('neither');
    }
  });
}
