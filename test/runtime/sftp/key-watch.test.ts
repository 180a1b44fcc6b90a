import { keyWatchCases } from './key-watch-cases';
import { NOW, publicKey } from './partner-keys';
import { PartnerWorld } from './partner-world';

const { fingerprint: OLD } = publicKey('old');
const { fingerprint: NEW } = publicKey('new');

keyWatchCases(() => new PartnerWorld());

test('a use counts once an hour, and an earlier one never takes the place of a later one', async () => {
  const world = new PartnerWorld();
  const activity = world.activity();
  for (const minutes of [0, 59, -30]) await activity.noteUse('acme', OLD, NOW + minutes * 60_000);
  expect(await activity.tryLastUse('acme', OLD)).toBe(NOW);
  await activity.noteUse('acme', OLD, NOW + 61 * 60_000);
  expect(await activity.tryLastUse('acme', OLD)).toBe(NOW + 61 * 60_000);
  expect(await activity.tryLastUse('acme', NEW)).toBeUndefined();
});
