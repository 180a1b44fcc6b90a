import { CONVERTED, ENROLLED_ACCOUNT, LANDING_ZONE } from './others';
import { check, RULES, TemplateSource } from '../../../src/rules';

const OF_TRAILS = RULES.filter(({ control }) => /^(DELIVERY-)?TRAIL-/.test(control));

/** What they say of a trail that nothing is wrong with. */
const ALL_COMPLIANT = Object.fromEntries(OF_TRAILS.map(({ control }) => [control, ['compliant']]));

/** What rules say of the trail of somebody else: the outcome of each control, with its findings. */
function saidOf(sources: readonly TemplateSource[]): Record<string, string[]> {
  const said: Record<string, string[]> = {};
  for (const { control, outcome, finding } of check(sources, OF_TRAILS)) {
    (said[control] ??= []).push(outcome === 'violation' || outcome === 'cannot-tell' ? `${outcome}: ${finding.replace(/::(?!AWS).*/, '')}` : outcome);
  }
  return Object.fromEntries(Object.entries(said).map(([control, each]) => [control, [...new Set(each)].sort()]));
}

test('the trail of an account in AWS Control Tower is judged by what its template tells', () => {
  expect(saidOf(ENROLLED_ACCOUNT)).toEqual({
    ...ALL_COMPLIANT,
    'DELIVERY-TRAIL-BUCKET': ['cannot-tell: Untold'],
    'DELIVERY-TRAIL-KEY': ['cannot-tell: Untold'],
    'TRAIL-BUCKET-POLICY': ['cannot-tell: UntoldPolicy'],
    'TRAIL-CMK': ['cannot-tell: UnresolvedKey', 'violation: NoKey'],
    'TRAIL-DATA-EVENTS': ['not-applicable'],
    'TRAIL-DETECTIONS': ['violation: Unwatched'],
  });
});

describe('the trail of a landing zone', () => {
  test('is watched by filters and alarms of other stacks, and raises no false alarm', () => {
    expect(saidOf(LANDING_ZONE)).toEqual({
      ...ALL_COMPLIANT,
      'DELIVERY-TRAIL-BUCKET': ['cannot-tell: Untold'],
      'DELIVERY-TRAIL-KEY': ['cannot-tell: Untold'],
      'TRAIL-BUCKET-POLICY': ['cannot-tell: UntoldPolicy'],
    });
  });

  test('is not watched by those of another account', () => {
    const [trail, ...watch] = LANDING_ZONE;
    const elsewhere = watch.map((source) => ({ ...source, account: '777788889999' }));
    expect(saidOf([trail, ...elsewhere])['TRAIL-DETECTIONS']).toEqual(['violation: Unwatched']);
  });
});

test('a trail whose parts know each other by literal names is judged with them', () => {
  expect(saidOf(CONVERTED)).toEqual({ ...ALL_COMPLIANT, 'TRAIL-BUCKET-POLICY': ['violation: NoSourceArn'] });
});

test('nothing that only deployment tells is taken as compliant', () => {
  const template = structuredClone(CONVERTED[0].template) as { Resources: Record<string, any>; Parameters?: object };
  template.Parameters = { Untold: { Type: 'String' } };
  const { Properties } = template.Resources.Trail;
  for (const property of Object.keys(Properties)) Properties[property] = { 'Fn::ImportValue': { Ref: 'Untold' } };
  const said = saidOf([{ ...CONVERTED[0], template }]);
  expect(Object.entries(said).filter(([, each]) => each.some((outcome) => !outcome.startsWith('cannot-tell')))).toEqual([]);
});
