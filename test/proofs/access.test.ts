import { proof, proveAccess, proveReviews } from './access';
import { Deployed, deployed } from './access/deployed';
import { MUTANTS } from './access/mutants';
import { runProofs } from './proof';

jest.setTimeout(120_000);

let subject: Deployed;
beforeAll(() => { subject = deployed(); });

test('holds, and ends with its figures', async () => {
  const lines: string[] = [];
  const run = { ...proof, run: (_args: readonly string[], say: (line: string) => void) => proveAccess(subject, say, ['users', 'emergency', 'duties']) };
  expect(await runProofs(['access'], () => run, [], (line) => lines.push(line))).toBe(0);
  expect(lines.at(-1)).toMatch(/^access: \d{3,} decisions, 0 wrong$/);
});

test('holds of reviews', async () => {
  expect(await proveReviews(() => undefined)).toMatchObject({ holds: true, wrong: 0 });
});

/** Weakenings of one condition that decides, of those that policies of this kind had. */
test.each(MUTANTS)('does not hold where $weakness', async ({ about, claims, weaken }) => {
  const { code, ...rest } = subject;
  const weakened = { ...structuredClone(rest), code };
  weaken(weakened);
  const judged = async (policies: Deployed) => {
    const { decisions, wrong } = await proveAccess(policies, () => undefined, [about], claims);
    return { decisions: decisions > 0, wrong: wrong > 0 };
  };
  expect(await judged(subject)).toEqual({ decisions: true, wrong: false });
  expect(await judged(weakened)).toEqual({ decisions: true, wrong: true });
});
