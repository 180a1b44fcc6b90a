/** What a run wrote to its log, and what it told. */
export interface CheckRun { readonly log: readonly unknown[]; readonly told: readonly unknown[] }

export type Check = (environment: Record<string, string>, now: number) => Promise<CheckRun>;

const QUARTERS = ['2026-Q3', '2026-Q4'];

const CASES: ReadonlyArray<readonly [string, readonly string[], number, ReadonlyArray<readonly [string, string]>]> = [
  ['the list is as it should be', QUARTERS, Date.UTC(2026, 9, 1), []],
  ['there are more than 14 days to the next period', QUARTERS, Date.UTC(2026, 11, 17, 23, 59, 59), []],
  ['there are 14 days to the next period', QUARTERS, Date.UTC(2026, 11, 18), [['ends-soon', '2027-Q1']]],
  ['the next period is in the list already', [...QUARTERS, '2027-Q1'], Date.UTC(2026, 11, 31), []],
  ['the next period has begun', QUARTERS, Date.UTC(2027, 0, 1), [['lacks-present', '2027-Q1'], ['accepts-old', '2026-Q3']]],
  ['the oldest period was not taken out', [...QUARTERS, '2027-Q1'], Date.UTC(2027, 0, 1), [['accepts-old', '2026-Q3']]],
  ['somebody looked too far ahead', [...QUARTERS, '2027-Q2'], Date.UTC(2026, 9, 1), [['accepts-future', '2027-Q2']]],
  ['years are counted', ['2026'], Date.UTC(2026, 11, 20), [['ends-soon', '2027']]],
  ['months are counted', ['2026-02', '2026-03'], Date.UTC(2026, 1, 28, 12), []],
  ['months are old', ['2026-01', '2026-02', '2026-03'], Date.UTC(2026, 2, 1), [['accepts-old', '2026-01']]],
];

/** The cases of the check, wherever its code runs. */
export function trainingCheckCases(run: Check): void {
  test.each(CASES)('what is found when %s', async (_name, accepted, now, expected) => {
    const environment = { ACCEPTED_PERIODS: JSON.stringify(accepted), VALID_PERIODS: '2', WARN_DAYS: '14', EVENT_BUS_NAME: 'default' };
    const { log, told } = await run(environment, now);
    const found = expected.map(([is, period]) => ({ is, periods: [period] }));
    expect(log).toEqual([
      ...found.map((each) => ({ outcome: each.is === 'ends-soon' ? 'ends-soon' : 'stale', accepted, ...each })),
      { outcome: 'checked', accepted },
    ]);
    expect(told).toEqual(found.length === 0 ? [] : [{ type: 'Training List Stale', detail: { accepted, found } }]);
    // It has no memory that a second run could find changed.
    expect(await run(environment, now)).toEqual({ log, told });
  });
}
