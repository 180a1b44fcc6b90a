import * as fc from 'fast-check';
import { breakGlassCases } from './break-glass-cases';
import { BreakGlassWorld, ENVIRONMENT, MINUTE, request, session, SETTINGS, untilItEnds } from './break-glass-world';
import { ArmedRole } from '../../../src/runtime/access/armed-role';
import { grantNow } from '../../../src/runtime/access/arming';
import { ArmingParameter } from '../../../src/runtime/access/arming-parameter';
import { tryReadArming } from '../../../src/runtime/access/arming-request';
import { parseBreakGlassSettings } from '../../../src/runtime/access/break-glass-settings';
import { Fault, FAULTS } from '../faults';
import { clientOf } from '../secrets/harness/service';

breakGlassCases(() => new BreakGlassWorld());

test('answers in pages are read to their end', async () => {
  const world = new BreakGlassWorld();
  world.onePerPage = true;
  world.inline.set('Mine', '{}');
  world.arm();
  await world.run();
  expect(world.lets('bob')).toBe(true);
  expect(world.inline.has('Mine')).toBe(false);
});

test('a flood of versions cannot push an arming out of the history before it was reviewed', async () => {
  const world = new BreakGlassWorld();
  await world.run();
  world.arm();
  expect(() => {
    for (let times = 0; times < 100; times++) world.write('disarmed', session('alice'));
  }).toThrow('said the service');
  await world.run();
  expect(world.told.map(({ type }) => type)).toEqual(['Break Glass Armed']);
  expect(world.center.items).toHaveLength(1);
});

describe('what fails', () => {
  test.each([
    ['GetParameterHistory', ['fault history ThrottlingException']],
    ['PutEvents', ['fault telling ThrottlingException', 'granted', 'review-open']],
    ['PutRolePolicy', ['disarmed', 'armed', 'fault role ThrottlingException', 'review-open']],
    ['CreateOpsItem', ['disarmed', 'armed', 'granted', 'fault review ThrottlingException']],
  ])('in %s is an error, keeps nothing else, and is made up for', async (operation, outcomes) => {
    const world = new BreakGlassWorld();
    world.arm();
    if (operation === 'PutEvents') await world.run().then(() => world.arm({ for: 'carol' }));
    world.log.length = 0;
    world.failing.set(operation, 'ThrottlingException');
    const error: Error = await world.run().then(() => new Error('ended well'), (thrown: Error) => thrown);
    expect(error.message).toMatch(/^emergency access could not be looked after: \w+: ThrottlingException$/);
    expect(world.outcomes().slice(0, outcomes.length)).toEqual(outcomes);
    expect(JSON.stringify(world.log)).not.toContain('CANARY');
    world.failing.clear();
    await world.run();
    expect(world.outcomes().at(-1)).toBe('watched');
    expect(world.lets(operation === 'PutEvents' ? 'carol' : 'bob')).toBe(true);
  });

  test('what Systems Manager does not tell is an error', async () => {
    const parameter = new ArmingParameter(clientOf(async () => ({ Parameters: [{ Value: 'x' }] })), 'x');
    await expect(parameter.read()).rejects.toThrow('did not tell which version');
    const empty = new ArmingParameter(clientOf(async () => ({})), 'x');
    expect(await empty.read()).toEqual({ versions: [], told: 0, reviewed: 0 });
  });

  test('a role of which IAM says nothing has lost what it was deployed with', async () => {
    const role = new ArmedRole(clientOf(async () => ({})), 'Admin', ['Guard']);
    expect(await role.settle(undefined)).toEqual({ did: 'nothing', tampering: ['lost-policy'] });
  });

  test('a version of which nobody is known to have written it is refused', async () => {
    const world = new BreakGlassWorld();
    world.write(request(world), undefined);
    await world.run();
    expect(world.told).toMatchObject([{ type: 'Break Glass Refused', detail: { by: 'unknown', reason: 'not-the-armer' } }]);
    expect(world.center.items[0].Description).toContain('Armed by unknown');
  });

  test('a policy that went while it was looked at is put again', async () => {
    const world = new BreakGlassWorld();
    world.arm();
    await world.run();
    world.failing.set('GetRolePolicy', 'NoSuchEntityException');
    await world.run();
    expect(world.outcomes().filter((outcome) => outcome === 'granted')).toHaveLength(2);
  });
});

/** One call of the first run goes wrong, and one of the next; then runs come as they are due. */
async function tell(place?: { readonly at: number; readonly how: Fault }, again?: typeof place): Promise<BreakGlassWorld> {
  const world = new BreakGlassWorld();
  world.arm();
  for (const fault of [place, again, undefined, undefined]) {
    world.calls = [];
    world.fault = fault;
    await untilItEnds(world.run());
    world.now += MINUTE;
  }
  return world;
}

describe.each(FAULTS)('a run that %s at any call, and the next one at any call', (how) => {
  test('leaves no gap and no second review, and pages once more for each at most, as one arming', async () => {
    const calls = 16;
    for (let first = 0; first < calls; first++) {
      for (const at of [undefined, 0, 2, first]) {
        const world = await tell({ at: first, how }, at === undefined ? undefined : { at, how });
        const place = [how, first, at];
        const ids = world.told.map(({ detail }) => detail.armingId);
        expect([...place, new Set(ids).size]).toEqual([...place, 1]);
        expect(ids.length).toBeLessThanOrEqual(at === undefined ? 2 : 3);
        expect([...place, world.lets('bob'), world.center.items.length]).toEqual([...place, true, 1]);
        expect([...place, world.labelled('told')]).toEqual([...place, 2]);
      }
    }
  });
});

test('access never outlasts what was asked for, whatever was written', () => {
  const instants = fc.integer({ min: -90, max: 200 });
  const armings = fc.array(fc.record({ for: fc.constantFrom('bob', 'alice', 'x'), by: fc.constantFrom('alice', 'bob'), minutes: instants, after: fc.integer({ min: 0, max: 90 }) }));
  fc.assert(fc.property(armings, fc.integer({ min: 0, max: 300 }), (all, later) => {
    const world = new BreakGlassWorld();
    for (const { for: beneficiary, by, minutes, after } of all) {
      world.now += after * MINUTE;
      world.arm({ for: beneficiary, until: new Date(world.now + minutes * MINUTE).toISOString().replace(/\.\d+Z$/, 'Z') }, session(by));
    }
    const versions = world.versions.map(({ Version, Value, LastModifiedUser, LastModifiedDate }) => (
      { number: Version, text: Value, writtenBy: LastModifiedUser, writtenAt: LastModifiedDate }));
    const now = world.now + later * MINUTE;
    const grant = grantNow(versions, SETTINGS, now);
    if (!grant) return;
    const written = versions.find(({ number }) => number === grant.version)!;
    expect(Date.parse(grant.until)).toBeGreaterThan(now);
    expect(Date.parse(grant.until) - written.writtenAt).toBeLessThanOrEqual(SETTINGS.longestMilliseconds);
    expect(written.writtenBy).not.toBe(session(grant.for));
  }), { numRuns: 200 });
});

test('any text is a request, or none, and what is read is what was written', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.anything().map((value) => JSON.stringify(value) ?? '')), (text) => {
    const read = tryReadArming(text);
    if (read !== undefined && read !== 'disarmed') expect(JSON.parse(text)).toEqual(read);
  }), { numRuns: 200 });
  expect(tryReadArming(' disarmed\n')).toBe('disarmed');
  expect(tryReadArming('{"for":"bob","reason":"a reason that is long enough","ticket":"A-1","until":"2026-13-25T08:00:00Z"}')).toBeUndefined();
});

describe('settings', () => {
  test('are read', () => expect(parseBreakGlassSettings(ENVIRONMENT)).toEqual(SETTINGS));

  test.each([
    ['ACCOUNT_ID', '1', 'ACCOUNT_ID must be the id of an account'],
    ['ROLE_NAME', '', 'ROLE_NAME must be the name of a role'],
    ['OWN_POLICIES', '[1]', 'OWN_POLICIES must be a JSON array of names of policies'],
    ['ARMER_ROLE', 'a/b', 'ARMER_ROLE must be the name of a role'],
    ['PARAMETER_NAME', 'a b', 'PARAMETER_NAME must be the name of a parameter'],
    ['LONGEST_MINUTES', '721', 'LONGEST_MINUTES must be a whole number from 5 to 720'],
    ['REVIEW_HOURS', '0', 'REVIEW_HOURS must be a whole number from 1 to 720'],
    ['EVENT_BUS_NAME', '', 'EVENT_BUS_NAME must be the name or the ARN of an event bus'],
  ])('refuse %s %j', (name, value, message) => {
    expect(() => parseBreakGlassSettings({ ...ENVIRONMENT, [name]: value })).toThrow(message);
  });
});
