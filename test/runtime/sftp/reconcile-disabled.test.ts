import { PartnerWorld } from './partner-world';

test('a partner that a template disables, and so has no user for, is no reason to complain', async () => {
  const world = new PartnerWorld();
  world.put('acme', [], { disabled: true });
  await world.reconcile();
  expect(world.outcomes()).toEqual(['reconciled']);
});

test('a partner that has no user otherwise is', async () => {
  const world = new PartnerWorld();
  world.put('acme', []);
  await world.reconcile();
  expect(world.outcomes()).toEqual(['complaint no-user', 'reconciled']);
});
