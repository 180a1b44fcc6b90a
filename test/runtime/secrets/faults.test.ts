import { THIRD_PARTY_CANARY } from './harness/constants';
import { announce, callSecretsManager, steal } from './harness/fake-secrets-manager';
import { SFTP_USER_NAME } from './harness/fake-sftp-partner';
import { thirdPartyOf } from './harness/fake-third-party';
import {
  callAws, canariesOf, contentOf, DAY, elsewhereOf, FIRST, isHealthy, keyOf, MINUTES, NOW, OVERLAP, pass, SECRET_ARN, settledWorld, STRATEGIES,
  violations, World,
} from './harness/world';
import { Scene } from './scene';

const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

/** What somebody else does by hand. */
const byHand = (world: World, operation: string, input: Record<string, unknown>) =>
  callSecretsManager(world.secret, operation, { SecretId: SECRET_ARN, ...input }, NOW);

describe.each(STRATEGIES)('%s', (strategy) => {
  let scene: Scene;

  beforeEach(() => { scene = new Scene(strategy, settledWorld(strategy)); });

  /** A scene in which version p is announced. */
  const rotating = () => announce(scene.world.secret, 'p', NOW);

  test('each step twice ends as each step once', async () => {
    rotating();
    for (const step of STEPS) await scene.steps(step, step);
    expect(scene.stagesOf('p')).toContain('AWSCURRENT');
    expect(scene.contentOf('p')).toBe(contentOf(strategy, 'p', 1));
    expect(scene.works('p') && scene.works(FIRST)).toBe(true);
  });

  test('steps that are spelt as in the guide do the same', async () => {
    rotating();
    await scene.steps('create_secret', 'set_secret', 'test_secret', 'finish_secret');
    expect(scene.stagesOf('p')).toContain('AWSCURRENT');
  });

  test('steps that are replayed after the end change nothing', async () => {
    await scene.rotate();
    const before = JSON.stringify(scene.world);
    for (const step of [...STEPS].reverse()) await scene.step(step);
    expect(JSON.stringify(scene.world)).toBe(before);
    expect(scene.reasons.slice(-4)).toEqual(Array(4).fill('rotated-step: already-current'));
  });

  test.each(STEPS)('%s is refused for a version that the secret does not have', async (step) => {
    await expect(scene.step(step, 'absent')).rejects.toThrow('the secret has no such version');
    expect(scene.log).toEqual([{ outcome: 'refused', reason: 'unknown-version', step, version: 'absent' }]);
  });

  test.each(STEPS)('%s is refused for a version that is not pending', async (step) => {
    byHand(scene.world, 'PutSecretValue', { ClientRequestToken: 'p', SecretString: contentOf(strategy, 'p', 1), VersionStages: ['other'] });
    await expect(scene.step(step)).rejects.toThrow('the version is not pending');
  });

  test.each(STEPS)('%s is refused while rotation is not enabled', async (step) => {
    rotating();
    scene.world.secret.rotationEnabled = false;
    await expect(scene.step(step)).rejects.toThrow('rotation is not enabled for the secret');
  });

  test.each(['createSecret', 'setSecret', 'testSecret'])('a retry from the start after a crash behind %s reaches the same value', async (last) => {
    rotating();
    await scene.steps(...STEPS.slice(0, STEPS.indexOf(last) + 1));
    await scene.steps(...STEPS);
    expect(scene.contentOf('p')).toBe(contentOf(strategy, 'p', 1));
    expect(scene.works('p')).toBe(true);
    expect(scene.operations.filter((operation) => operation === 'PutSecretValue')).toHaveLength(1);
  });

  test('of two that store content for a version, the second goes on with the content of the first', async () => {
    rotating();
    const first = contentOf(strategy, 'p', 5);
    elsewhereOf(strategy)?.issue?.(scene.world, 'p', 5);
    scene.before = ({ operation, input }) => {
      if (operation === 'PutSecretValue') byHand(scene.world, 'PutSecretValue', { ...input, SecretString: first });
    };
    await scene.steps(...STEPS);
    expect(scene.contentOf('p')).toBe(first);
    expect(scene.works('p')).toBe(true);
  });

  test('an empty version passes the test that turns rotation on, and nothing else', async () => {
    rotating();
    await scene.step('testSecret');
    expect(scene.reasons).toEqual(['rotated-step: nothing-to-test']);
    await expect(scene.step('setSecret')).rejects.toThrow('the version is empty');
    await expect(scene.step('finishSecret')).rejects.toThrow('the version is empty');
  });

  test('a copy of the current content passes that test too, and cannot become current', async () => {
    rotating();
    const { content } = scene.world.secret.versions[FIRST];
    byHand(scene.world, 'PutSecretValue', { ClientRequestToken: 'p', SecretString: content, VersionStages: ['AWSPENDING'] });
    await scene.step('testSecret');
    expect(scene.reasons).toEqual(['rotated-step: nothing-to-test']);
    await expect(scene.step('finishSecret')).rejects.toThrow('did not make for it');
  });

  test('a secret without a current version gets one', async () => {
    scene.world.secret.versions = {};
    rotating();
    await scene.steps(...STEPS);
    expect(scene.stagesOf('p')).toContain('AWSCURRENT');
    expect(scene.works('p')).toBe(true);
  });

  test('a pending version that was left behind is freed after an hour, so that rotation can start again', async () => {
    rotating();
    await scene.steps('createSecret', 'setSecret');
    pass(scene.world, 30 * MINUTES);
    await scene.reconcile();
    expect(scene.stagesOf('p')).toEqual(['AWSPENDING']);
    pass(scene.world, 30 * MINUTES);
    await expect(scene.step('finishSecret')).rejects.toThrow('too old to become current');
    await scene.reconcile();
    expect(scene.stagesOf('p')).toEqual([]);
    expect(scene.log).toContainEqual({ outcome: 'repaired', reason: 'abandoned-rotation', version: 'p', task: 'reconcile' });
    await scene.rotate('q');
    expect(scene.works('q')).toBe(true);
  });

  test('an empty pending version that was left behind is freed, though no listing tells its age', async () => {
    rotating();
    pass(scene.world, 60 * MINUTES);
    await scene.reconcile();
    expect(scene.stagesOf('p')).toEqual([]);
  });

  test('a label AWSPENDING that stays on the current version is healthy, and no hindrance', async () => {
    await scene.rotate();
    expect(scene.stagesOf('p')).toEqual(['AWSCURRENT', 'AWSPENDING']);
    await scene.reconcile();
    expect(scene.reasons.at(-1)).toBe('healthy: in-order');
    pass(scene.world, DAY);
    await scene.rotate('q');
    expect(scene.stagesOf('q')).toContain('AWSCURRENT');
  });

  test('content is read by version, never by label alone', async () => {
    await scene.rotate();
    await scene.reconcile();
    const reads = scene.calls.filter(({ operation }) => operation === 'GetSecretValue');
    expect(reads.length).toBeGreaterThan(0);
    expect(reads.every(({ input }) => typeof input.VersionId === 'string' && input.VersionStage === undefined)).toBe(true);
  });

  test('a second RotateSecret is refused by the service while one is under way', () => {
    expect([rotating(), announce(scene.world.secret, 'q', NOW)]).toEqual([true, false]);
  });

  test('a rotation within the overlap of the last one is refused, and succeeds afterwards', async () => {
    await scene.rotate();
    await expect(scene.rotate('q')).rejects.toThrow('the previous credential is still within its overlap; rotate again when it has ended');
    expect(scene.reasons.at(-1)).toBe('refused: overlap-runs');
    pass(scene.world, 120 * MINUTES);
    for (const step of STEPS) await scene.step(step, 'q');
    expect(scene.works('q') && scene.works('p')).toBe(true);
  });

  test.each(['ThrottlingException', 'TimeoutError', 'DecryptionFailure', 'AccessDeniedException'])('%s fails the step, which succeeds later', async (error) => {
    rotating();
    let once = true;
    scene.before = ({ operation }) => {
      if (!once || operation !== 'PutSecretValue') return undefined;
      once = false;
      return { error, message: 'no' };
    };
    await expect(scene.step('createSecret')).rejects.toThrow(new Error(`createSecret failed: ${error}`));
    expect(scene.log).toEqual([{ outcome: 'fault', reason: error, step: 'createSecret', version: 'p' }]);
    await scene.steps(...STEPS);
    expect(scene.works('p')).toBe(true);
  });

  test('content that somebody swapped in the pending version does not become current', async () => {
    rotating();
    // Of another version; or of another user, where the content has no room for a version.
    const swapped = contentOf(strategy, FIRST, 4).replace(`"${SFTP_USER_NAME}"`, '"other"');
    byHand(scene.world, 'PutSecretValue', { ClientRequestToken: 'p', SecretString: swapped, VersionStages: ['AWSPENDING'] });
    for (const step of STEPS.slice(1)) await expect(scene.step(step)).rejects.toThrow('the version holds something that rotation did not make for it');
    expect(scene.stagesOf(FIRST)).toContain('AWSCURRENT');
  });

  test('a value put by hand amid a rotation stays current, and the rotation is refused until the overlap that it began has ended', async () => {
    rotating();
    await scene.steps('createSecret', 'setSecret', 'testSecret');
    byHand(scene.world, 'PutSecretValue', { ClientRequestToken: 'm', SecretString: '{"by":"hand"}' });
    await expect(scene.step('finishSecret')).rejects.toThrow('still within its overlap');
    expect(scene.works(FIRST)).toBe(true);
    await scene.reconcile();
    expect(scene.log.at(-1)).toMatchObject({ outcome: 'fault', reason: 'current-does-not-work', detail: 'unknown-content', version: 'm' });
  });

  test('a value put by hand that does not work does not cost the credential before it, until a rotation has made one that does', async () => {
    byHand(scene.world, 'PutSecretValue', { ClientRequestToken: 'm', SecretString: '{"by":"hand"}' });
    for (let day = 0; day < 3; day++) {
      pass(scene.world, DAY);
      await scene.reconcile();
    }
    expect(scene.works(FIRST)).toBe(true);
    expect(scene.reasons).toContain('fault: current-does-not-work');
    await scene.rotate();
    expect(scene.works('p')).toBe(true);
    for (let day = 0; day < 3; day++) {
      pass(scene.world, DAY);
      await scene.reconcile();
    }
    expect([scene.works('p'), scene.works(FIRST)]).toEqual([true, false]);
    expect(scene.reasons.at(-1)).toBe('healthy: in-order');
  });

  test('a value put by hand after a rotation is not undone by a replay of its last step, though the label AWSPENDING stayed', async () => {
    await scene.rotate();
    byHand(scene.world, 'PutSecretValue', { ClientRequestToken: 'm', SecretString: contentOf(strategy, 'm', 4) });
    expect(scene.stagesOf('p')).toEqual(['AWSPENDING', 'AWSPREVIOUS']);
    pass(scene.world, DAY);
    await expect(scene.step('finishSecret')).rejects.toThrow('the version is not pending');
    expect(scene.stagesOf('m')).toContain('AWSCURRENT');
  });

  test('a current version that changes between look and move stays, and the step fails', async () => {
    rotating();
    await scene.steps('createSecret', 'setSecret');
    scene.before = ({ operation }) => {
      if (operation === 'UpdateSecretVersionStage') byHand(scene.world, 'PutSecretValue', { ClientRequestToken: 'm', SecretString: '{}' });
    };
    await expect(scene.step('finishSecret')).rejects.toThrow('finishSecret failed: InvalidParameterException');
    expect(scene.stagesOf('m')).toContain('AWSCURRENT');
  });

  test('rolling back within the overlap finds a credential that works, and both go on doing so', async () => {
    await scene.rotate();
    byHand(scene.world, 'UpdateSecretVersionStage', { VersionStage: 'AWSCURRENT', MoveToVersionId: FIRST, RemoveFromVersionId: 'p' });
    await scene.reconcile();
    expect(scene.works(FIRST) && scene.works('p')).toBe(true);
    expect(scene.reasons.at(-1)).toBe('healthy: in-order');
  });

  describe('rolling back after the overlap', () => {
    const HOURS = 60 * MINUTES;
    const rollBack = () => byHand(scene.world, 'UpdateSecretVersionStage', { VersionStage: 'AWSCURRENT', MoveToVersionId: FIRST, RemoveFromVersionId: 'p' });

    beforeEach(async () => {
      await scene.rotate();
      pass(scene.world, 2 * HOURS);
      await scene.reconcile();
      rollBack();
    });

    test('leaves those who hold the newer credential an overlap of their own, from when it is noticed', async () => {
      await scene.reconcile();
      pass(scene.world, OVERLAP - MINUTES);
      await scene.reconcile();
      expect(scene.works('p')).toBe(true);
    });

    test('lets no rotation start until that overlap has ended, noticed or not', async () => {
      steal(scene.world.secret, 'q', NOW); // whatever became of the label AWSPENDING
      await expect(scene.step('createSecret', 'q')).rejects.toThrow('still within its overlap');
      await scene.reconcile();
      await expect(scene.step('createSecret', 'q')).rejects.toThrow('still within its overlap');
      pass(scene.world, OVERLAP);
      await scene.step('createSecret', 'q');
    });

    test('is forgotten when the next rotation has ended', async () => {
      await scene.reconcile();
      pass(scene.world, 2 * HOURS);
      await scene.rotate('q');
      await scene.reconcile();
      expect(Object.values(scene.world.secret.versions).flatMap(({ stages }) => stages).filter((stage) => stage.startsWith('back'))).toEqual([]);
      expect([scene.works('q'), scene.stagesOf(FIRST)]).toEqual([true, ['AWSPREVIOUS']]);
    });
  });

  /** How many calls a step makes. */
  async function callsOf(step: string): Promise<number> {
    const dry = new Scene(strategy, settledWorld(strategy));
    announce(dry.world.secret, 'p', NOW);
    await dry.steps(...STEPS.slice(0, STEPS.indexOf(step)));
    const already = dry.calls.length;
    await dry.step(step);
    return dry.calls.length - already;
  }

  describe.each(STEPS)('%s', (step) => {
    test.each(['before', 'behind'])('whichever of its calls fails %s the service fails the step, and is made up for by a retry from the start', async (side) => {
      const calls = await callsOf(step);
      expect(calls).toBeGreaterThan(2);
      for (let lost = 0; lost < calls; lost++) {
        scene = new Scene(strategy, settledWorld(strategy));
        rotating();
        await scene.steps(...STEPS.slice(0, STEPS.indexOf(step)));
        const already = scene.calls.length;
        scene.before = (call) => {
          if (scene.calls.length - 1 - already !== lost) return undefined;
          if (side === 'behind') callAws(strategy, scene.world, call);
          return { error: 'ThrottlingException', message: 'slow down' };
        };
        await expect(scene.step(step)).rejects.toThrow(new Error(`${step} failed: ThrottlingException`));
        expect(scene.log.at(-1)).toEqual({ outcome: 'fault', reason: 'ThrottlingException', step, version: 'p' });
        scene.before = () => undefined;
        const stored = scene.contentOf('p');
        await scene.steps(...STEPS);
        if (stored !== undefined) expect(scene.contentOf('p')).toBe(stored);
        expect([scene.stagesOf('p').includes('AWSCURRENT'), scene.works('p'), scene.works(FIRST), violations(strategy, scene.world)]).toEqual([true, true, true, []]);
        for (let day = 0; day < 3; day++) {
          pass(scene.world, DAY);
          await scene.reconcile();
        }
        expect(isHealthy(strategy, scene.world)).toBe(true);
      }
    });
  });

  test('of two RotateSecret at the same time, the steps of the first are refused and the second goes through', async () => {
    rotating();
    await scene.step('createSecret');
    steal(scene.world.secret, 'q', NOW);
    for (const step of STEPS) await expect(scene.step(step)).rejects.toThrow(/the version is not pending|the secret has no such version/);
    for (const step of STEPS) await scene.step(step, 'q');
    expect([scene.works('q'), scene.works(FIRST)]).toEqual([true, true]);
  });

  test('of three rotations in a row the third has the oldest credential go, and neither of the others', async () => {
    if (strategy === 'third-party') thirdPartyOf(scene.world).limit = 2;
    for (const version of ['p', 'q', 'r']) {
      await scene.rotate(version);
      expect(scene.works(version)).toBe(true);
      if (version === 'r') break;
      pass(scene.world, DAY);
    }
    expect([FIRST, 'p', 'q', 'r'].map((version) => scene.works(version))).toEqual([false, false, true, true]);
  });

  test('no log, and no error, tells a value, whichever call fails and whatever the service quotes', async () => {
    const said: unknown[] = [];
    const failures: string[] = [];
    /** All that there is to call for: a rotation, and revocation in its stages; each attempt that fails is followed by one that does not. */
    const live = async (failing?: string) => {
      const quoting = new Scene(strategy, settledWorld(strategy));
      const attempt = async (event: () => Promise<void>) => {
        if (failing !== undefined) {
          quoting.before = (call) => call.operation === failing
            ? { error: 'BadRequestException', message: JSON.stringify([call.input, quoting.world]) } : undefined;
          await event().catch((error: Error) => failures.push(`${error.message} ${error.stack} ${String(error.cause)}`));
        }
        quoting.before = () => undefined;
        await event();
      };
      announce(quoting.world.secret, 'p', NOW);
      for (const step of STEPS) await attempt(() => quoting.step(step));
      for (let day = 0; day < 2; day++) {
        pass(quoting.world, DAY);
        await attempt(() => quoting.reconcile());
      }
      said.push(...quoting.log);
      return { operations: new Set(quoting.operations), told: JSON.stringify(quoting.log) };
    };
    const { operations } = await live();
    for (const operation of operations) expect((await live(operation)).told).toContain('BadRequestException');
    const text = JSON.stringify([said, failures]);
    for (let nonce = 0; nonce <= 60; nonce++) {
      for (const canary of [...canariesOf(nonce), THIRD_PARTY_CANARY]) expect(text).not.toContain(canary);
    }
  });
});

describe('api-key', () => {
  let scene: Scene;

  beforeEach(() => { scene = new Scene('api-key', settledWorld('api-key'), ['plan01', 'plan02']); });

  test('a key whose creation succeeded and whose answer was lost is found again, not made twice', async () => {
    announce(scene.world.secret, 'p', NOW);
    await scene.step('createSecret');
    scene.world.keys.push(keyOf('p', 1, { plans: [] }));
    const listed = { output: { items: [] } };
    let lists = 0;
    scene.before = ({ operation }) => operation === 'GetApiKeys' && lists++ === 0 ? listed : undefined;
    await scene.steps('setSecret', 'testSecret', 'finishSecret');
    expect(scene.world.keys.filter(({ tags }) => Object.values(tags).includes('p'))).toHaveLength(1);
    expect(scene.works('p')).toBe(true);
  });

  test('the third key is made after the oldest, which is not current, was disabled', async () => {
    await scene.rotate();
    pass(scene.world, DAY);
    await scene.rotate('q');
    expect(scene.world.keys.map(({ name, enabled }) => [name.split('/').at(-1), enabled])).toEqual([[FIRST, false], ['p', true], ['q', true]]);
  });
});
