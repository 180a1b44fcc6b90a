import { CIS_FILTERS } from './cis-filters';
import { CIS_DETECTIONS } from '../../../src/audit/private/detections';
import { patternMatchesEvent } from '../../../src/formats/filter-match';
import { ATTACKS, EVERYDAY } from '../../../src/rules/cloudtrail/attacks';

// The rules and the detections were written apart; what one demands the other has to give.
test('the kinds that an alarm is asked for are the detections of the benchmark', () => {
  expect(ATTACKS.map(({ name }) => name)).toEqual(CIS_DETECTIONS.map(({ id }) => id));
});

test('the filters of the examples are those of the profile securityHubExact, spaces aside', () => {
  const joined = (pattern: string) => pattern.replace(/\s/g, '');
  expect(Object.entries(CIS_FILTERS).map(([id, pattern]) => [id, joined(pattern)]))
    .toEqual(CIS_DETECTIONS.map(({ id, patterns }) => [id, joined(patterns.securityHubExact ?? patterns.strict!)]));
});

test.each(CIS_DETECTIONS.flatMap(({ id, patterns }) => Object.entries(patterns).map(([profile, pattern]) => [id, profile, pattern] as const)))(
  '%s of the profile %s matches each event that is asked for, and no ordinary one', (id, _profile, pattern) => {
    const { events } = ATTACKS.find(({ name }) => name === id)!;
    expect(events.filter((event) => patternMatchesEvent(pattern, event) !== 'yes')).toEqual([]);
    expect(patternMatchesEvent(pattern, EVERYDAY)).toBe('no');
  },
);
