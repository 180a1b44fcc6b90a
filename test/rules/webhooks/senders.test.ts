import { SENDERS } from '../../../src/rules/webhooks/senders';
import { integrityOf } from '../../../src/runtime/webhooks/coverage';
import { PRESETS } from '../../../src/runtime/webhooks/presets';
import type { Scheme } from '../../../src/runtime/webhooks/scheme';

const NAMED: ReadonlyArray<[string, Scheme]> = Object.entries(PRESETS);

test('knows each preset of the runtime, and no other', () => {
  expect([...SENDERS.keys()].sort()).toEqual(NAMED.map(([name]) => name).sort());
});

test.each(NAMED)('knows of %s what its preset does', (name, scheme) => {
  const tolerance = scheme.type === 'jwt' || scheme.type === 'http-message' ? scheme.toleranceSeconds
    : scheme.type === 'detached' ? scheme.timestamp?.toleranceSeconds : undefined;
  expect(SENDERS.get(name)).toEqual({
    keys: scheme.type === 'detached' && scheme.certificate ? 'certificate' : 'stored',
    signs: integrityOf(scheme) !== 'none',
    ...(tolerance !== undefined && { toleranceSeconds: tolerance }),
  });
});
