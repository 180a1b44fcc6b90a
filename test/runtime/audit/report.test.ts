import * as fc from 'fast-check';
import type { Question } from '../../../src/formats/review-question';
import { Answer, bytesOf, reportOf, sha256Of, tryReport } from '../../../src/runtime/audit/report';
import { markdownOf } from '../../../src/runtime/audit/report-markdown';

const WINDOW = { from: Date.parse('2026-11-24T00:00:00Z'), to: Date.parse('2026-11-25T00:00:00Z') };
const QUESTION: Question = {
  id: 'readers', title: 'Who | read?', finding: false, where: { field: 'eventName', is: ['GetSecretValue'] }, by: ['userIdentity.arn', 'sourceIPAddress'],
};
const FINDING: Question = { ...QUESTION, id: 'root', title: 'Root?', finding: true };
const ALICE = 'arn:aws:sts::111122223333:assumed-role/Operator/alice';

const row = (arn: string, events: number) => ({ 'userIdentity.arn': arn, 'sourceIPAddress': '198.51.100.7', 'events': String(events), 'firstAt': '', 'lastAt': '' });
const found = (...rows: Array<Record<string, string>>): Answer => ({ rows, more: false });

test('the same rows make the same bytes, whatever their order', () => {
  const rows = [row('b', 1), row('a', 1), row('c', 12), row('d', 9)];
  fc.assert(fc.property(fc.shuffledSubarray(rows, { minLength: 4 }), (shuffled) => {
    expect(bytesOf(reportOf('r', WINDOW, [[QUESTION, found(...shuffled)]], undefined))).toEqual(bytesOf(reportOf('r', WINDOW, [[QUESTION, found(...rows)]], undefined)));
  }), { numRuns: 24 });
  const { answers: [answer] } = reportOf('r', WINDOW, [[QUESTION, found(...rows)]], undefined);
  expect('rows' in answer && answer.rows.map((each) => each['userIdentity.arn'])).toEqual(['c', 'd', 'a', 'b']);
});

test('a finding is what was found, or not answered; who is in it is a subject', () => {
  const report = reportOf('r', WINDOW, [
    [QUESTION, found(row('arn:aws:iam::111122223333:user/bob', 1))], [FINDING, found(row(ALICE, 2), row('arn:aws:iam::111122223333:role/x', 1))],
    [{ ...QUESTION, id: 'late' }, { unanswered: 'Timeout' }], [{ ...FINDING, id: 'none' }, found()],
  ], { key: 'k', sha256: 'h' });
  expect([report.findings, report.subjects, report.previous]).toEqual([2, [ALICE], { key: 'k', sha256: 'h' }]);
});

test('everybody in a finding is a subject, however many they are and however long their paths', () => {
  const users = Array.from({ length: 300 }, (_, index) => `arn:aws:iam::111122223333:user/${'p'.repeat(510)}/${'n'.repeat(60)}${String(index).padStart(4, '0')}`);
  const findings = [0, 1, 2].map((index) => [{ ...FINDING, id: `f${index}` }, found(...users.slice(index * 100, index * 100 + 100).map((arn) => row(arn, 1)))] as const);
  expect(reportOf('r', WINDOW, findings, undefined).subjects).toEqual(users);
});

test('a cell has 640 letters at most, and columns that nobody asked for are left out', () => {
  const { answers: [answer] } = reportOf('r', WINDOW, [[QUESTION, found({ ...row('x'.repeat(999), 1), secret: 'CANARY' })]], undefined);
  const [cells] = 'rows' in answer ? answer.rows : [];
  expect(cells['userIdentity.arn']).toHaveLength(640);
  expect(JSON.stringify(cells)).not.toContain('CANARY');
  expect(reportOf('r', WINDOW, [[QUESTION, found({ events: '1' })]], undefined).answers[0]).toMatchObject({ rows: [{ 'userIdentity.arn': '' }] });
});

test('is read as it was written', () => {
  const report = reportOf('r', WINDOW, [[QUESTION, found(row(ALICE, 1))]], undefined);
  expect(tryReport(bytesOf(report), 'r')).toEqual(report);
});

test.each([
  ['no JSON', () => 'x'], ['another version', (report: object) => JSON.stringify({ ...report, version: 2 })],
  ['another review', (report: object) => JSON.stringify({ ...report, review: 'q' })],
  ['ends before it begins', (report: object) => JSON.stringify({ ...report, to: '2026-11-23T00:00:00Z' })],
  ['no time', (report: object) => JSON.stringify({ ...report, from: 'yesterday' })],
  ['no end', (report: object) => JSON.stringify({ ...report, to: 'tomorrow' })],
  ['no subjects', (report: object) => JSON.stringify({ ...report, subjects: undefined })],
  ['no answers', (report: object) => JSON.stringify({ ...report, answers: 1 })],
  ['no findings', (report: object) => JSON.stringify({ ...report, findings: '1' })],
  ['half a link', (report: object) => JSON.stringify({ ...report, previous: { key: 'k' } })],
])('what has %s is no report', (_, change) => {
  expect(tryReport(Buffer.from(change(reportOf('r', WINDOW, [], { key: 'k', sha256: 'h' }))), 'r')).toBeUndefined();
});

describe('in Markdown', () => {
  const rows = Array.from({ length: 30 }, (_, index) => row(`arn:${index}`, 30 - index));
  const report = reportOf('r', WINDOW, [
    [QUESTION, { rows, more: true }], [FINDING, found(row('<b>|`\u0000*x*\u202e', 1), row('https://login.example/www.example', 1))], [{ ...FINDING, id: 'none', title: 'None?' }, found()],
    [{ ...QUESTION, id: 'few' }, { rows: rows.slice(0, 26), more: false }], [{ ...QUESTION, id: 'late', title: 'Late?' }, { unanswered: 'MalformedQueryException' }],
  ], { key: 'before.json', sha256: 'abc' });
  const text = markdownOf(report, { key: 'now.json', sha256: sha256Of(bytesOf(report)) });

  test('names the hashes of the report and of the one before', () => {
    expect(text).toContain(`SHA-256 of \`now.json\`: \`${sha256Of(bytesOf(report))}\``);
    expect(text).toContain('Follows `before.json`, SHA-256 `abc`.');
    expect(markdownOf(reportOf('r', WINDOW, [], undefined), { key: 'k', sha256: 'h' })).toContain('The first report of this review.');
  });

  test('marks findings, says what is missing, and what there is nothing of', () => {
    expect(text).toContain('2 of 5 questions have findings.');
    expect(text).toContain('## Root? (finding)');
    expect(text).toContain('## None?\n\nNothing.');
    expect(text).toContain('## Late? (finding)\n\nNot answered: MalformedQueryException.');
    expect(text).toContain('5 more in the JSON, and others that only Athena tells.');
    expect(text).toContain('1 more in the JSON.');
  });

  test('has no markup that somebody else chose', () => {
    expect(text).toContain("| `<b>¦' *x* ` | `198.51.100.7` | `1` |  |  |");
    expect(text).toContain('| `https://login.example/www.example` |');
    expect(text).toContain('## Who \\| read?');
  });
});
