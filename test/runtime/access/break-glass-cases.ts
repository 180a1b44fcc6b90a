import { BreakGlassWorld, HOUR, MINUTE, session } from './break-glass-world';

const told = ({ told: events }: BreakGlassWorld) => events.map(({ type, detail: { reason } }) => [type.replace('Break Glass ', ''), reason].filter(Boolean).join(' '));

/** The cases of emergency access, in worlds that differ in where its code runs. */
export function breakGlassCases(start: () => BreakGlassWorld): void {
  let world: BreakGlassWorld;
  beforeEach(() => { world = start(); });

  test('nobody may do anything before access was armed', async () => {
    await world.run();
    expect(world.inline.has('BreakGlass')).toBe(false);
    expect(told(world)).toEqual([]);
    expect(world.center.items).toEqual([]);
    expect(world.outcomes()).toEqual(['disarmed', 'watched']);
  });

  test('who is named may act until then, nobody else, and not a moment longer, whether or not anything runs', async () => {
    world.arm();
    await world.run();
    expect([world.lets('bob'), world.lets('alice'), world.lets('Bob')]).toEqual([true, false, false]);
    world.now += HOUR - MINUTE - 1;
    expect(world.lets('bob')).toBe(true);
    world.now += 1;
    expect(world.lets('bob')).toBe(false);
    await world.run();
    expect(world.inline.has('BreakGlass')).toBe(false);
    expect(world.outcomes()).toContain('removed');
  });

  test('an arming pages once and opens one review, however often events come, and also if none comes', async () => {
    world.arm();
    for (let times = 0; times < 3; times++) await world.run({ detail: { name: 'anything' } });
    expect(told(world)).toEqual(['Armed']);
    expect(world.told[0].detail).toEqual({
      armingId: '/break-glass/Admin:2:1795593600', role: 'Admin', by: session('alice'), for: 'bob', until: '2026-11-25T08:59:00Z', ticket: 'INC-4711',
    });
    expect(world.center.items).toHaveLength(1);
    expect(world.center.items[0]).toMatchObject({ Source: 'cdk-secure-integrations', Category: 'Security', Severity: '1', Status: 'Open' });
    expect(world.center.items[0].Description).toContain('the orders table answers nobody');
    world.arm({ for: 'carol' });
    await world.run();
    expect(told(world)).toEqual(['Armed', 'Armed']);
    expect(world.center.items).toHaveLength(2);
    expect([world.lets('bob'), world.lets('carol')]).toEqual([false, true]);
  });

  test('versions that were overwritten before anybody looked are told and reviewed, too', async () => {
    world.arm();
    world.arm({ for: 'carol' });
    world.write('disarmed', session('alice'));
    await world.run();
    expect(world.inline.has('BreakGlass')).toBe(false);
    expect(told(world)).toEqual(['Armed', 'Armed']);
    expect(world.center.items).toHaveLength(2);
  });

  test.each<[string, (world: BreakGlassWorld) => void]>([
    ['own-request', (each) => each.arm({}, session('bob'))],
    ['own-request', (each) => each.arm({}, session('BOB'))],
    ['not-the-armer', (each) => each.arm({}, session('alice', 'Operator'))],
    ['not-the-armer', (each) => each.arm({}, 'arn:aws:iam::111122223333:user/alice')],
    ['too-long', (each) => each.arm({ until: '2026-11-25T09:00:01Z' })],
    ['ended', (each) => each.arm({ until: '2026-11-25T08:00:00Z' })],
    ['malformed', (each) => each.arm({ until: 'tomorrow' })],
    ['malformed', (each) => each.arm({ for: '*' })],
    ['malformed', (each) => each.arm({ more: 'than is read' })],
    ['malformed', (each) => each.arm({ reason: 'because' })],
    ['malformed', (each) => each.write('CANARY, no JSON', session('alice'))],
  ])('a request that is %s grants nothing, pages and is reviewed', async (reason, write) => {
    write(world);
    await world.run();
    await world.run();
    expect(world.inline.has('BreakGlass')).toBe(false);
    expect(told(world)).toEqual([`Refused ${reason}`]);
    expect(world.center.items).toHaveLength(1);
    expect(world.center.items[0]).toMatchObject({ Severity: '2', Title: `Emergency access was refused: ${reason}` });
    expect(JSON.stringify([world.told, world.log, world.center.items])).not.toContain('CANARY');
  });

  test('a request that is refused leaves what was granted', async () => {
    world.arm();
    world.arm({ until: '2026-11-26T08:00:00Z' });
    await world.run();
    expect(world.lets('bob')).toBe(true);
  });

  test('to write "disarmed" ends it at once', async () => {
    world.arm();
    await world.run();
    world.write('disarmed', session('carol', 'Operator'));
    await world.run();
    expect(world.inline.has('BreakGlass')).toBe(false);
    expect(told(world)).toEqual(['Armed']);
  });

  test('a policy that somebody changed or added is brought back, and told of', async () => {
    world.arm();
    await world.run();
    world.inline.set('BreakGlass', JSON.stringify({ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }));
    world.inline.set('Mine', '{}');
    world.inline.delete('Guard');
    world.attached = ['arn:aws:iam::aws:policy/AdministratorAccess'];
    await world.run();
    expect(world.lets('bob')).toBe(true);
    expect([...world.inline.keys()]).toEqual(['BreakGlass']);
    expect(world.outcomes()).toEqual(expect.arrayContaining(['tampering inline-policy', 'tampering attached-policy', 'tampering lost-policy']));
  });

  test('a parameter that somebody deleted grants nothing, and is told of', async () => {
    world.arm();
    await world.run();
    world.versions = [];
    await world.run();
    expect(world.inline.has('BreakGlass')).toBe(false);
    expect(world.outcomes()).toContain('tampering lost-parameter');
  });

  describe('the review', () => {
    const opsItem = () => world.center.items[0].OpsItemId;
    const last = () => world.outcomes().filter((outcome) => outcome.startsWith('review')).at(-1);
    beforeEach(async () => {
      world.arm();
      await world.run();
    });

    test('is open, then overdue for as long as nobody resolves it', async () => {
      expect(last()).toBe('review-open');
      world.now += 48 * HOUR;
      await world.run();
      expect(last()).toBe('review-open');
      world.now += 1;
      await world.run();
      await world.run();
      expect(last()).toBe('review-overdue');
      expect(world.labelled('reviewed')).toBe(1);
    });

    test('ends once somebody else resolves it, and is not looked at again', async () => {
      world.center.resolve(opsItem(), session('carol', 'Auditor'));
      await world.run();
      expect(last()).toBe('review-reviewed');
      expect(world.labelled('reviewed')).toBe(2);
      world.calls = [];
      await world.run();
      expect(world.calls.filter(({ operation }) => operation.includes('OpsItem'))).toEqual([]);
    });

    test.each([['alice', 'Auditor'], ['bob', 'Auditor'], ['x', 'BreakGlassFunction']])('is opened again if %s resolves it in the role %s', async (person, role) => {
      world.center.resolve(opsItem(), session(person, role));
      await world.run();
      expect(last()).toBe('review-reopened');
      expect(world.center.items).toHaveLength(1);
      expect(world.center.items[0].Status).toBe('Open');
    });

    test('is opened again if nobody in particular resolved it', async () => {
      world.center.resolve(opsItem(), 'arn:aws:iam::111122223333:root');
      await world.run();
      expect(world.center.items[0].OperationalData['review-reopened'].Value).toBe('it was resolved by nobody in particular');
    });

    test('is made again if somebody deleted it', async () => {
      world.center.items.length = 0;
      await world.run();
      expect(world.center.items).toHaveLength(1);
    });

    test('of an earlier arming keeps the history, whatever a later one is', async () => {
      world.now += 2 * MINUTE;
      world.arm({ for: 'carol' });
      await world.run();
      world.center.resolve(world.center.items[1].OpsItemId, session('dave', 'Auditor'));
      await world.run();
      expect(world.labelled('reviewed')).toBe(1);
      world.center.resolve(opsItem(), session('dave', 'Auditor'));
      await world.run();
      expect(world.labelled('reviewed')).toBe(3);
    });
  });
}
