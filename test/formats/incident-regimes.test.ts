import { isPeriod, isRegime, REGIMES } from '../../src/formats/incident-regimes';

const step = { id: 'one', what: 'tell somebody', within: { hours: 1 }, source: 'the contract, clause 7' };
const regime = { id: 'acme', title: 'ACME', steps: [step, { ...step, id: 'two', after: 'one' }] };

test.each(Object.values(REGIMES).map((known) => [known.id, known] as const))('the regime %s is one, under its own name, and each step has act, edition and article', (id, known) => {
  expect(isRegime(known)).toBe(true);
  expect(REGIMES[id]).toBe(known);
  for (const { source } of known.steps) expect(source).toMatch(/(OJ L .*\d{4}.*, Article \d+\(\d\))|(FR \d+ of .*, 164\.4[01]\d\(b\))/);
});

test('the periods are those of the acts', () => {
  const periods = Object.values(REGIMES).flatMap(({ id, steps }) => steps.map((each) => {
    const [[unit, count]] = Object.entries(each.within);
    return `${id}/${each.id} ${count} ${unit}${'after' in each ? ` after ${each.after}` : ''}`;
  }));
  expect(periods).toEqual([
    'gdpr/authority 72 hours',
    'nis2/early-warning 24 hours', 'nis2/notification 72 hours', 'nis2/final-report 1 months after notification',
    'dora/initial 24 hours', 'dora/intermediate 72 hours after initial', 'dora/final 1 months after intermediate',
    'hipaa/individuals 60 days', 'hipaa/secretary 60 days', 'hipaa/media 60 days', 'hipaa-business-associate/covered-entity 60 days',
  ]);
});

test('takes a regime of somebody else', () => {
  expect(isRegime(regime)).toBe(true);
});

test.each<readonly [string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['a bad id', { ...regime, id: 'ACME' }],
  ['no title', { ...regime, title: '' }],
  ['no steps', { ...regime, steps: [] }],
  ['steps that are none', { ...regime, steps: 'one' }],
  ['a step that is nothing', { ...regime, steps: [null] }],
  ['a step twice', { ...regime, steps: [step, step] }],
  ['a step after one that comes later', { ...regime, steps: [{ ...step, after: 'two' }, { ...step, id: 'two' }] }],
  ['a step without a source', { ...regime, steps: [{ ...step, source: undefined }] }],
  ['a step without words', { ...regime, steps: [{ ...step, what: 'x'.repeat(401) }] }],
  ['a step without a period', { ...regime, steps: [{ ...step, within: {} }] }],
])('takes no regime with %s', (_, value) => {
  expect(isRegime(value)).toBe(false);
});

test.each<readonly [unknown, boolean]>([
  [{ hours: 72 }, true], [{ months: 120 }, true], [{ days: 0 }, false], [{ hours: 1.5 }, false], [{ hours: '72' }, false], [{ hours: 1, days: 1 }, false],
  [{ weeks: 1 }, false], [undefined, false], [{ months: 121 }, false],
])('%j is a period: %p', (value, is) => {
  expect(isPeriod(value)).toBe(is);
});
