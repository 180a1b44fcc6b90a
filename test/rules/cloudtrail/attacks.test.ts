import { CIS_FILTERS } from './cis-filters';
import { CIS_DETECTIONS, samplesOf } from '../../../src/formats/detections';
import { patternMatchesEvent } from '../../../src/formats/filter-match';
import { ATTACKS, EVERYDAY } from '../../../src/rules/cloudtrail/attacks';

// The rules and the detections were written apart; what one demands the other has to give.
test('the kinds that an alarm is asked for are the detections of the benchmark', () => {
  expect(ATTACKS.map(({ name }) => name)).toEqual(CIS_DETECTIONS.map(({ id }) => id));
  expect(Object.keys(CIS_FILTERS)).toEqual(CIS_DETECTIONS.map(({ id }) => id));
});

describe.each(CIS_DETECTIONS.map((detection) => [detection.id, detection] as const))('%s', (id, { patterns, samples }) => {
  const attack = ATTACKS.find(({ name }) => name === id)!;

  test.each(Object.entries(patterns))('of the profile %s matches each event that is asked for, and no ordinary one', (_profile, pattern) => {
    expect(attack.events.filter((event) => patternMatchesEvent(pattern, event) !== 'yes')).toEqual([]);
    expect(patternMatchesEvent(pattern, EVERYDAY)).toBe('no');
  });

  test('has samples that the text of the benchmark matches as well', () => {
    expect(samples.hits.filter((event) => patternMatchesEvent(CIS_FILTERS[id], event) !== 'yes')).toEqual([]);
  });
});

test('samples of the benchmark are real enough to have a source and a name', () => {
  const events = CIS_DETECTIONS.flatMap((detection) => samplesOf(detection, 'securityHubExact').hits);
  expect(events.filter(({ eventSource, eventName }) => typeof eventSource !== 'string' || typeof eventName !== 'string')).toEqual([]);
});
