import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CIS_SAMPLES } from './events/cis-samples';
import { OTHER_SAMPLES } from './events/other-samples';
import { Samples, TrailEvent } from './events/shapes';
import { CIS_DETECTIONS, DETECTIONS } from '../../src/audit/private/detections';
import { ProfileName } from '../../src/audit/private/detections/detection';
import { patternMatchesEvent } from '../../src/formats/filter-match';
import { readFilterPattern } from '../../src/formats/filter-pattern';

/** An event as AWS documents it, with the detections whose filters it has to match, and no others. */
interface Documented {
  readonly about: string;
  readonly source: string;
  readonly detected: Readonly<Record<ProfileName, readonly string[]>>;
  readonly event: TrailEvent;
}

const read = <T>(name: string): T => JSON.parse(readFileSync(join(__dirname, 'events', name), 'utf8')) as T;
const documented = read<readonly Documented[]>('documented.json');
const prescribed = read<{ readonly source: string; readonly patterns: Readonly<Record<string, string>> }>('security-hub-patterns.json');

const PROFILES: readonly ProfileName[] = ['securityHubExact', 'strict'];
const samples: Readonly<Record<string, Samples>> = { ...CIS_SAMPLES, ...OTHER_SAMPLES };

const filters = DETECTIONS.flatMap(({ id, patterns }) => PROFILES.flatMap((profile) => {
  const pattern = patterns[profile];
  if (pattern === undefined) return [];
  const { hits, misses, strictHits = [], strictMisses = [] } = samples[id];
  const strict = profile === 'strict';
  return [{ id, profile, pattern, hits: strict ? [...hits, ...strictHits] : hits, misses: strict ? [...misses, ...strictMisses] : misses }];
}));

const answersOf = (pattern: string, events: readonly TrailEvent[]) => new Set(events.map((event) => patternMatchesEvent(pattern, event)));

test('there are the fifteen detections of CIS in its order, and others that are strict alone', () => {
  expect(CIS_DETECTIONS.map(({ cis }) => cis?.upTo5)).toEqual(Array.from({ length: 15 }, (_, index) => `4.${index + 1}`));
  expect(CIS_DETECTIONS.map(({ cis }) => cis?.from6)).toEqual(Array.from({ length: 15 }, (_, index) => `5.${index + 1}`));
  expect(DETECTIONS.slice(15).filter(({ patterns, cis }) => cis || patterns.securityHubExact || !patterns.strict)).toEqual([]);
  expect(Object.keys(samples)).toEqual(DETECTIONS.map(({ id }) => id));
});

test('the texts of Security Hub are exactly those that its guide prescribes', () => {
  const ours = CIS_DETECTIONS.flatMap(({ securityHub, patterns }) => (securityHub ? [[securityHub, patterns.securityHubExact]] : []));
  expect(Object.fromEntries(ours)).toEqual(prescribed.patterns);
});

// Never 'maybe': no detection depends on what AWS does not document.
describe.each(filters)('$id of $profile', ({ pattern, hits, misses }) => {
  test('is read, and no longer than CloudWatch Logs takes', () => {
    expect(readFilterPattern(pattern)).toEqual({ condition: expect.anything() });
  });

  test('matches each event that it is for', () => {
    expect(answersOf(pattern, hits)).toEqual(new Set(['yes']));
  });

  test('matches no event that looks alike', () => {
    expect(answersOf(pattern, misses)).toEqual(new Set(['no']));
  });
});

describe.each(documented)('the documented event $about', ({ event, detected }) => {
  test.each(PROFILES)('is told by the right detections of %s', (profile) => {
    const answers = DETECTIONS.flatMap(({ id, patterns }) => (patterns[profile] ? [[id, patternMatchesEvent(patterns[profile], event)]] : []));
    expect(answers.filter(([, answer]) => answer === 'yes').map(([id]) => id)).toEqual(detected[profile]);
    expect(answers.filter(([, answer]) => answer === 'maybe')).toEqual([]);
  });
});

test.each(DETECTIONS)('$id says in a line what happened, what to do, and where it comes from', ({ title, action, source }) => {
  for (const text of [title, action, source]) expect(text).toMatch(/^[A-Z][^\n]{10,200}$/);
});
