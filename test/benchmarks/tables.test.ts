import { Sample } from '../../benchmarks/frame/campaign';
import { Figures } from '../../benchmarks/frame/figures';
import { Reading } from '../../benchmarks/frame/measure';
import { figureTable, quantity, ratioTable } from '../../benchmarks/frame/tables';

const LAYOUT = { titles: new Map([['ours', 'this library'], ['theirs', 'plain L2']]), baseline: 'theirs', sizes: [1, 11] };

/** Samples of one reading: a value for each round, by contender and number of APIs. */
function samples(reading: Omit<Reading, 'value'>, values: Record<string, Record<number, number[]>>): Sample[] {
  const of = (contender: string, apis: number, rounds: readonly number[]) => rounds.map((value, round): Sample => (
    { measure: 'any', contender, apis, round, readings: [{ ...reading, value }] }));
  return Object.entries(values)
    .flatMap(([contender, bySize]) => Object.entries(bySize).flatMap(([apis, rounds]) => of(contender, Number(apis), rounds)));
}

const TIME = samples({ name: 'Time', unit: 'ms' }, {
  ours: { 1: [20, 30, 99], 11: [330, 330, 330] },
  theirs: { 1: [10, 30, 90], 11: [230, 230, 230] },
});
const SHARE = samples({ name: 'Share', unit: 'ratio', relative: true }, { ours: { 1: [0.5], 11: [0.25] }, theirs: { 1: [0.5], 11: [0.5] } });

test('shows the median of each contender, and what a further API adds', () => {
  expect(figureTable(Figures.of(TIME), LAYOUT)).toBe([
    '|  |  | 1 API | 11 APIs | each further API |',
    '| --- | --- | ---: | ---: | ---: |',
    '| Time | this library | 30 ms | 330 ms | 30 ms |',
    '|  | plain L2 | 30 ms | 230 ms | 20 ms |',
  ].join('\n'));
});

test('shows ratios to the baseline round by round, with their range where there is one', () => {
  expect(ratioTable(Figures.of(TIME), LAYOUT)).toBe([
    '| ÷ plain L2 |  | 1 API | 11 APIs | each further API |',
    '| --- | --- | ---: | ---: | ---: |',
    '| Time | this library | 1.10 (1.00 to 2.00) | 1.43 | 1.50 (1.41 to 1.65) |',
  ].join('\n'));
});

test('compares no figure that is a ratio already, and divides it by no API', () => {
  expect(ratioTable(Figures.of(SHARE), LAYOUT)).not.toContain('Share');
  expect(figureTable(Figures.of(SHARE), LAYOUT)).toContain('| Share | this library | 0.50 | 0.25 |  |');
});

test('leaves out what contenders only have to agree on', () => {
  expect(Figures.of(samples({ name: 'AWS::SQS::Queue', unit: 'count', mustAgree: true }, { ours: { 1: [2] } }))).toEqual([]);
});

test('refuses to compare contenders with different numbers of rounds', () => {
  const [figures] = Figures.of(samples({ name: 'Time', unit: 'ms' }, { ours: { 1: [1, 2] }, theirs: { 1: [1] } }));
  expect(() => figures.ratio('ours', 'theirs', 1)).toThrow('both must have as many rounds, got 2 and 1');
});

test.each([
  [1234.5, 'ms', '1235 ms'],
  [12.345, 'ms', '12.3 ms'],
  [0.5, 'ms', '0.50 ms'],
  [512, 'bytes', '0.50 KiB'],
  [3 * 1024 ** 2, 'bytes', '3 MiB'],
  [23, 'count', '23'],
  [1.005, 'ratio', '1.00'],
] as const)('writes %d of unit %s as %s', (value, unit, text) => {
  expect(quantity(value, unit)).toBe(text);
});
