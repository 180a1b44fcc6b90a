import { once } from 'node:events';
import { AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { RunningBundle } from './bundle';
import { exerciseRotation, ROTATION_ENVIRONMENT, rotationCloud } from './rotation-cloud';
import { stepEvent } from '../runtime/secrets/harness/events';
import { announce } from '../runtime/secrets/harness/fake-secrets-manager';
import { DAY, FIRST, isHealthy, MINUTES, NOW, pass, settledWorld, STRATEGIES, Strategy, works, World } from '../runtime/secrets/harness/world';

// The verifier of a password takes a tenth of a second, and more on a busy machine, and a rotation computes some ten.
jest.setTimeout(30_000);

let world: World;
let bundle: RunningBundle;

async function start(strategy: Strategy): Promise<void> {
  world = settledWorld(strategy);
  bundle = await RunningBundle.start(join(__dirname, `../../assets/secrets/${strategy}/index.js`), ROTATION_ENVIRONMENT, rotationCloud(strategy, world));
}

afterEach(() => bundle.stop());

describe.each(STRATEGIES)('%s', (strategy) => {
  beforeEach(() => start(strategy));

  test('rotates, keeps the old credential for the overlap, then ends healthy with one, and logs no value', async () => {
    await exerciseRotation(bundle, world, 'version-p');
    expect([works(strategy, world, FIRST), works(strategy, world, 'version-p')]).toEqual([true, true]);
    pass(world, 120 * MINUTES);
    await bundle.invoke({ task: 'reconcile' });
    expect([works(strategy, world, FIRST), works(strategy, world, 'version-p')]).toEqual([false, true]);
    pass(world, DAY);
    await bundle.invoke({ task: 'reconcile' });
    expect(isHealthy(strategy, world)).toBe(true);

    const log = bundle.log.join('\n');
    expect(log).toContain('"outcome":"healthy"');
    const { apiKey, secret, key, password } = JSON.parse(world.secret.versions['version-p'].content!) as Record<string, string>;
    const credential = apiKey ?? secret ?? key ?? password;
    expect(credential.length).toBeGreaterThanOrEqual(40);
    for (const value of [credential, 'example-secret']) expect(log).not.toContain(value);
  });

  test('refuses a second rotation within the overlap', async () => {
    await exerciseRotation(bundle, world, 'version-p');
    announce(world.secret, 'version-q', NOW);
    await expect(bundle.invoke(stepEvent('createSecret', 'version-q'))).rejects.toThrow('still within its overlap');
    expect(world.secret.versions['version-q'].content).toBeUndefined();
  });

  test('refuses an event that is none of its own', async () => {
    await expect(bundle.invoke({ source: 'aws.events' })).rejects.toThrow('neither a rotation step nor the task to reconcile');
    expect(bundle.seen).toEqual([]);
  });
});

test('a service that accepts and never answers ends a step with an error, before the function would be stopped', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const file = join(__dirname, '../../assets/secrets/webhook-secret/index.js');
  bundle = await RunningBundle.start(file, { ...ROTATION_ENVIRONMENT, AWS_ENDPOINT_URL: endpoint });
  await expect(bundle.invoke({ task: 'reconcile' })).rejects.toThrow('reconcile failed: TimeoutError');
  expect(bundle.log.join('\n')).toContain('"reason":"TimeoutError"');
  silent.close();
});
