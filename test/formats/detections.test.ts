import { DETECTION_PROFILES } from '../../src/formats/detection';
import { CIS_DETECTIONS, DETECTIONS, samplesOf } from '../../src/formats/detections';
import { patternMatchesEvent } from '../../src/formats/filter-match';
import { readFilterPattern } from '../../src/formats/filter-pattern';

const filters = DETECTIONS.flatMap((detection) => DETECTION_PROFILES.flatMap((profile) => {
  const pattern = detection.patterns[profile];
  return pattern === undefined ? [] : [{ id: detection.id, profile, pattern, ...samplesOf(detection, profile) }];
}));

test('there are the fifteen detections of CIS in its order, and others that are strict alone', () => {
  expect(CIS_DETECTIONS.map(({ cis }) => cis?.upTo5)).toEqual(Array.from({ length: 15 }, (_, index) => `4.${index + 1}`));
  expect(CIS_DETECTIONS.map(({ cis }) => cis?.from6)).toEqual(Array.from({ length: 15 }, (_, index) => `5.${index + 1}`));
  expect(DETECTIONS.slice(15).filter(({ patterns, cis }) => cis || patterns.securityHubExact || !patterns.strict)).toEqual([]);
  expect(new Set(DETECTIONS.map(({ id }) => id)).size).toBe(DETECTIONS.length);
});

test.each(filters)('$id of $profile is a pattern that the reader reads', ({ pattern }) => {
  expect(readFilterPattern(pattern)).toEqual({ condition: expect.anything() });
});

test.each(filters)('$id of $profile matches what it is for, and not what looks alike', ({ pattern, hits, misses }) => {
  expect(hits.length).toBeGreaterThan(0);
  expect(misses.length).toBeGreaterThan(0);
  // Never 'maybe': no detection depends on what AWS does not document.
  expect(hits.filter((event) => patternMatchesEvent(pattern, event) !== 'yes')).toEqual([]);
  expect(misses.filter((event) => patternMatchesEvent(pattern, event) !== 'no')).toEqual([]);
});

test.each(DETECTIONS)('$id says what to do in a line of text', ({ title, action, source }) => {
  for (const text of [title, action, source]) expect(text).toMatch(/^[A-Z][^\n]{10,200}$/);
});
