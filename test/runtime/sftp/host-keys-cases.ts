import { DAY, HostKeyWorld, NOW, SERVER_ID, settledWorld, SETTINGS } from './host-key-world';

const ED25519 = 'ssh-ed25519';

const shown = (world: HostKeyWorld) => world.server.shown(ED25519)?.fingerprint;

/** What partners may know of the key that was imported first, second, and so on. */
function publicOf({ server: { imported } }: HostKeyWorld, number: number) {
  const { type, fingerprint, publicKey } = imported[number - 1];
  return { type, fingerprint, publicKey };
}

/** The cases of the rotation of host keys, in worlds that differ in where its code runs. */
export function hostKeyCases(start: () => HostKeyWorld): void {
  describe('a new server', () => {
    test('shows a key of the rotation once it is deployed, since nobody trusts the one that the service made', async () => {
      const world = start();
      world.server.add(ED25519, 'SHA256:made-by-the-service');
      expect(await world.deploy()).toEqual({ Fingerprints: world.imported(1), Ed25519: world.imported(1), EcdsaP256: '', Rsa4096: '' });
      expect(world.server.keys.map(({ fingerprint }) => fingerprint)).toEqual([world.imported(1)]);
      expect(world.record).toEqual({ active: [publicOf(world, 1)], next: [] });
      expect(world.server.violations).toEqual([]);
    });

    test('that has no key of a kind gets one', async () => {
      const world = start();
      world.settings = { ...SETTINGS, keyTypes: ['ecdsa-p256', 'rsa-4096'] };
      expect(await world.deploy()).toMatchObject({ Ed25519: '', EcdsaP256: world.imported(1) });
      expect(world.outcomes()).toContain('healthy');
    });

    test('is left as it is when it is deployed again', async () => {
      const world = await settledWorld(undefined, start());
      world.now = NOW + DAY;
      expect(await world.deploy()).toMatchObject({ Ed25519: world.imported(1) });
      expect(new Set(world.calls.map(({ operation }) => operation))).toEqual(new Set(['ListHostKeys', 'GetParameter']));
    });

    test('keeps a key for the overlap that is older than an hour when it gets the rotation: partners may trust it', async () => {
      const world = start();
      world.server.add(ED25519, 'SHA256:trusted', NOW - DAY);
      expect(await world.deploy()).toMatchObject({ Ed25519: 'SHA256:trusted' });
      expect(world.record).toMatchObject({ active: [{ fingerprint: 'SHA256:trusted' }], next: [{ fingerprint: world.imported(1), publicKey: world.server.imported[0].publicKey }] });
    });

    test('is not taken for one by the schedule', async () => {
      const world = start();
      world.server.add(ED25519, 'SHA256:made-by-the-service');
      await world.run();
      expect(shown(world)).toBe('SHA256:made-by-the-service');
    });
  });

  describe('[case 60] a new key of a type', () => {
    test('[case 60] is inactive until the older one is deleted, after the overlap and the acknowledgement, whichever comes last', async () => {
      const world = await settledWorld(undefined, start());
      await world.run();
      expect([shown(world), world.server.keys.length]).toEqual([world.imported(1), 2]);
      const [{ cutOverAt = '' }] = world.record.next;
      expect(Date.parse(cutOverAt) - world.now).toBeLessThanOrEqual(14 * DAY);
      const detail = { serverId: SERVER_ID, ...publicOf(world, 2), cutOverAt, replaces: world.imported(1) };
      expect(world.told).toEqual([{ type: 'SFTP Host Key Announced', detail }]);

      expect(await world.run({ task: 'acknowledge', fingerprint: world.imported(2) })).toEqual({ outcome: 'done' });
      world.now = Date.parse(cutOverAt) - 60_000 * 60;
      await world.run();
      expect(shown(world)).toBe(world.imported(1));
      world.now = Date.parse(cutOverAt);
      await world.run();
      expect([shown(world), world.server.keys.length]).toEqual([world.imported(2), 1]);
      expect(world.record).toEqual({ active: [publicOf(world, 2)], next: [] });
      expect(world.told.at(-1)).toMatchObject({ type: 'SFTP Host Key Active', detail: { fingerprint: world.imported(2) } });
    });

    test('[case 60] waits, and complains, for an acknowledgement that does not come, and takes over at once when it does', async () => {
      const world = await settledWorld(undefined, start());
      await world.run();
      world.now += 15 * DAY;
      await world.run();
      expect([shown(world), world.outcomes().at(-1)]).toEqual([world.imported(1), 'complaint not-acknowledged']);
      await world.run({ task: 'acknowledge', fingerprint: world.imported(2) });
      expect(shown(world)).toBe(world.imported(2));
    });

    test('[case 60] takes over after the overlap alone where that was decided', async () => {
      const world = await settledWorld(undefined, start());
      world.settings = { ...SETTINGS, isAcknowledgementRequired: false };
      await world.run();
      world.now += 15 * DAY;
      await world.run();
      expect(shown(world)).toBe(world.imported(2));
    });

    test('[case 60] can be asked for before it is due, once', async () => {
      const world = await settledWorld(undefined, start());
      world.now = NOW + DAY;
      await world.run();
      expect(world.server.keys).toHaveLength(1);
      for (let times = 0; times < 2; times++) await world.run({ task: 'rotate' });
      expect(world.server.keys.map(({ fingerprint }) => fingerprint)).toEqual([world.imported(1), world.imported(2)]);
    });

    test('[case 60] is acknowledged by its fingerprint, not by that of another or of one that was not announced', async () => {
      const world = await settledWorld(undefined, start());
      await world.run();
      expect(await world.run({ task: 'acknowledge', fingerprint: world.imported(1) })).toEqual({ outcome: 'refused', reason: 'not-the-next-key' });
      expect(world.record.next[0].acknowledged).toBeUndefined();
    });
  });

  describe('[case 61] the only key of a type', () => {
    test('[case 61] is never deleted: not by cancelling it, nor when the next one is gone', async () => {
      const world = await settledWorld(undefined, start());
      await world.run();
      world.server.keys.splice(1); // somebody deletes the next key
      await world.run({ task: 'acknowledge', fingerprint: world.imported(2) });
      world.now += 20 * DAY;
      await world.run();
      expect([shown(world), world.server.violations]).toEqual([world.imported(1), []]);
      expect(world.told.map(({ type }) => type)).toContain('SFTP Host Key Withdrawn');
    });

    test('[case 61] is never deleted where the order of two cannot be told', async () => {
      const world = await settledWorld(undefined, start());
      await world.run();
      await world.run({ task: 'acknowledge', fingerprint: world.imported(2) });
      world.server.keys[1].importedAt = world.server.keys[0].importedAt;
      world.now += 20 * DAY;
      await world.run();
      expect([world.server.keys.length, world.outcomes().at(-1)]).toEqual([2, 'complaint order-unknown']);
    });

    test('[case 61] is none of another type: curves of ECDSA are one', async () => {
      const world = start();
      world.settings = { ...SETTINGS, keyTypes: ['ecdsa-p256'] };
      world.server.add('ecdsa-sha2-nistp384', 'SHA256:p384', NOW - DAY);
      await world.run();
      expect(world.record.active).toEqual([{ type: 'ecdsa-sha2-nistp256', fingerprint: 'SHA256:p384' }]);
      expect(world.server.keys).toHaveLength(2);
    });
  });

  test('[case 62] a run that dies after the import makes no third key: what it noted first is found again', async () => {
    const world = await settledWorld(undefined, start());
    world.failing.set('PutEvents', 'InternalException');
    for (let times = 0; times < 3; times++) await expect(world.run()).rejects.toThrow('host keys failed: InternalException');
    expect([world.server.keys.length, world.server.violations, shown(world)]).toEqual([2, [], world.imported(1)]);
    world.failing.clear();
    await world.run();
    expect(world.record.next).toMatchObject([{ fingerprint: world.imported(2), publicKey: world.server.imported[1].publicKey }]);
  });

  test('[case 62] a key that was noted and never imported is noted no more, unless one is due', async () => {
    const world = await settledWorld(undefined, start());
    world.now = NOW + DAY;
    world.failing.set('ImportHostKey', 'InvalidRequestException');
    await expect(world.run({ task: 'rotate' })).rejects.toThrow('InvalidRequestException');
    expect(world.record.next).toHaveLength(1);
    world.failing.clear();
    await world.run();
    expect([world.record.next, world.server.keys.length, world.told]).toEqual([[], 1, []]);
  });

  test('[case 62] where somebody has deleted every key, the one that was announced is withdrawn, and a new one made', async () => {
    const world = await settledWorld(undefined, start());
    await world.run();
    world.server.keys.splice(0);
    await world.run();
    expect(shown(world)).toBe(world.imported(3));
    expect(world.told.map(({ type }) => type)).toEqual(['SFTP Host Key Announced', 'SFTP Host Key Withdrawn', 'SFTP Host Key Active']);
  });

  test('[case 62] a key of the rotation that no record knows, so that nobody was told of it, goes before another one is made', async () => {
    const world = await settledWorld(undefined, start());
    await world.run();
    world.parameter = undefined;
    await world.run();
    expect(world.server.keys.map(({ fingerprint }) => fingerprint)).toEqual([world.imported(1), world.imported(3)]);
    expect([world.server.violations, world.outcomes()]).toEqual([[], expect.arrayContaining(['discard'])]);
  });

  test('[case 63] a private key is in no log, event, parameter, answer or error, also if the service quotes it', async () => {
    const world = await settledWorld(undefined, start());
    for (const operation of ['ImportHostKey', 'PutParameter', 'ListHostKeys']) {
      world.failing.set(operation, 'InvalidRequestException');
      const error = await world.run().catch((thrown: Error) => `${thrown.message} ${thrown.stack} ${String(thrown.cause)}`);
      expect(world.tells(String(error))).toBe(false);
      world.failing.clear();
    }
    await world.run();
    const imported = world.calls.filter(({ operation }) => operation === 'ImportHostKey');
    expect(world.tells(JSON.stringify(imported))).toBe(true);
    const others = world.calls.filter(({ operation }) => operation !== 'ImportHostKey');
    expect(world.tells(JSON.stringify([others, world.log, world.told, world.results, world.parameter, await world.deploy()]))).toBe(false);
  });

  describe('[case 64] the way back', () => {
    test('[case 64] is open until the old key is deleted: the next one goes, partners are told, and nothing new comes at once', async () => {
      const world = await settledWorld(undefined, start());
      await world.run();
      expect(await world.run({ task: 'cancel', fingerprint: world.imported(2) })).toEqual({ outcome: 'done' });
      expect([world.server.keys.map(({ fingerprint }) => fingerprint), world.record.next]).toEqual([[world.imported(1)], []]);
      expect(world.told.at(-1)).toMatchObject({ type: 'SFTP Host Key Withdrawn', detail: { fingerprint: world.imported(2) } });
      expect(await world.run({ task: 'cancel', fingerprint: world.imported(2) })).toEqual({ outcome: 'refused', reason: 'not-the-next-key' });
    });

    test('[case 64] is closed afterwards, and says so', async () => {
      const world = await settledWorld(undefined, start());
      await world.run();
      await world.run({ task: 'acknowledge', fingerprint: world.imported(2) });
      world.server.keys.shift(); // a run has cut over, and died
      expect(await world.run({ task: 'cancel', fingerprint: world.imported(2) })).toEqual({ outcome: 'refused', reason: 'active-already' });
      expect(shown(world)).toBe(world.imported(2));
    });

    test('[case 64] is open to whoever finds that a run has died half way', async () => {
      const world = await settledWorld(undefined, start());
      await world.run();
      world.failing.set('PutEvents', 'InternalException');
      await expect(world.run({ task: 'cancel', fingerprint: world.imported(2) })).rejects.toThrow('InternalException');
      world.failing.clear();
      await world.run({ task: 'cancel', fingerprint: world.imported(2) });
      expect([world.server.keys.length, world.record.next]).toEqual([1, []]);
    });
  });

  test('[case 65] where keys are stored is never changed, which would need the right to export them', async () => {
    const world = await settledWorld(undefined, start());
    await world.run();
    await world.run({ task: 'acknowledge', fingerprint: world.imported(2) });
    world.now += 15 * DAY;
    await world.run();
    expect(shown(world)).toBe(world.imported(2));
    expect([...new Set(world.calls.map(({ operation }) => operation))].sort())
      .toEqual(['DeleteHostKey', 'DescribeServer', 'GetParameter', 'ImportHostKey', 'ListHostKeys', 'PutEvents', 'PutParameter']);
  });

  describe('keys of others', () => {
    test('beside the one that is shown stop the rotation of their type: nobody knows which was meant to be next', async () => {
      const world = await settledWorld(undefined, start());
      world.server.add(ED25519, 'SHA256:by-hand');
      await world.run();
      expect([world.server.keys.length, world.outcomes()]).toEqual([2, ['complaint foreign-key']]);
    });

    test('of a type that is not rotated are reported', async () => {
      const world = await settledWorld(undefined, start());
      world.now = NOW + DAY;
      world.server.add('ssh-rsa', 'SHA256:rsa');
      await world.run();
      expect(world.log).toEqual([{ outcome: 'complaint', reason: 'not-rotated', type: 'ssh-rsa', fingerprint: 'SHA256:rsa' }]);
    });

    test('that say that they are of the rotation, with another fingerprint, are not', async () => {
      const world = await settledWorld(undefined, start());
      world.server.add(ED25519, 'SHA256:by-hand');
      world.server.keys[1].description = 'cdk-secure-integrations rotates SHA256:other';
      await world.run();
      expect(world.outcomes()).toEqual(['complaint foreign-key']);
    });
  });

  test('Ed25519 is not imported into a server of FIPS, or of a policy that is not told', async () => {
    for (const policy of ['TransferSecurityPolicy-FIPS-2025-03', undefined]) {
      const world = await settledWorld(undefined, start());
      world.policy = policy;
      await world.run();
      expect([world.server.keys.length, world.outcomes()]).toEqual([1, ['complaint ed25519-not-fips']]);
    }
  });

  test('a kind that fails does not keep the others, and is a fault in the end', async () => {
    const world = start();
    world.settings = { ...SETTINGS, keyTypes: ['ed25519', 'ecdsa-p256'] };
    world.failing.set('DescribeServer', 'AccessDeniedException');
    await expect(world.run()).rejects.toThrow(/^host keys failed: AccessDeniedException$/);
    expect(world.server.shown('ecdsa-sha2-nistp256')).toBeDefined();
    expect(world.outcomes()).toContain('fault AccessDeniedException');
  });

  test('a key that the server does not have as it was made is not announced', async () => {
    const world = await settledWorld(undefined, start());
    const list = world.server.call.bind(world.server);
    jest.spyOn(world.server, 'call').mockImplementation((operation, input) => {
      const output = list(operation, input);
      const keys = (output.HostKeys ?? []) as Array<{ Fingerprint: string }>;
      return { ...output, ...output.HostKeys ? { HostKeys: keys.map((key) => key.Fingerprint === `${world.server.imported[1]?.fingerprint}=` ? { ...key, Fingerprint: 'SHA256:other' } : key) } : {} };
    });
    await expect(world.run()).rejects.toThrow('host keys failed: HostKeyNotProved');
    expect(world.told).toEqual([]);
  });

  test('a parameter that holds no record is left alone: it may be what partners were told', async () => {
    for (const text of ['', '{}', '{"active":[],"next":[{}]}', '{"active":{},"next":[]}', 'null']) {
      const world = await settledWorld(undefined, start());
      world.parameter = text;
      await expect(world.run()).rejects.toThrow('NotARecord');
      expect([world.parameter, world.server.keys.length]).toEqual([text, 1]);
    }
  });

  test('an event bus that does not take an event is a fault', async () => {
    const world = await settledWorld(undefined, start());
    jest.spyOn(world.told, 'push').mockImplementation(() => { throw Object.assign(new Error(), { name: 'EventNotTaken' }); });
    await expect(world.run()).rejects.toThrow('EventNotTaken');
    expect(world.record.next[0].cutOverAt).toBeUndefined();
  });

  test.each([undefined, {}, { task: 'export' }, { task: 'acknowledge' }, { task: 'cancel', fingerprint: 'SHA256:short' }])('%j is no task', async (event) => {
    const world = await settledWorld(undefined, start());
    await expect(world.run(event ?? null)).rejects.toThrow('none of the tasks');
    expect(world.calls).toEqual([]);
  });
}
