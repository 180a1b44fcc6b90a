import { createHash } from 'node:crypto';
import type { Window } from './review-window';
import { tryInstant } from '../../formats/instant';
import type { Question } from '../../formats/review-question';
import { tryJson } from '../shared/json-text';

/** Cells of an answer, by the names of its columns. */
export type Row = Readonly<Record<string, string>>;

/** What came of a question. */
export type Answer =
  | { readonly rows: readonly Row[]; readonly more: boolean }
  /** Why it can not be answered, such as the name of an error. */
  | { readonly unanswered: string };

/** Where a report is, and what its bytes are. */
export interface ReportRef {
  readonly key: string;
  /** Of the bytes of the object, in hexadecimal. */
  readonly sha256: string;
}

/** A report, as the object in the evidence bucket has it. */
export interface Report {
  readonly version: 1;
  readonly review: string;
  readonly from: string;
  readonly to: string;
  /** Absent in the first. */
  readonly previous?: ReportRef;
  readonly findings: number;
  /** ARNs in findings: who did what, and so does not acknowledge it. */
  readonly subjects: readonly string[];
  readonly answers: ReadonlyArray<Answered & Answer>;
}

/** What was asked. */
export interface Answered extends Pick<Question, 'id' | 'title' | 'finding'> {
  /** Of each row, in their order. */
  readonly columns: readonly string[];
}

/** Letters of a cell: the ARN of a user whose name and path are as long as may be (IAM User Guide, "IAM and AWS STS quotas") has a few less. */
const MAX_CELL = 640;

/** Columns that every answer has beside those that the question asks for. */
const COUNTS = ['events', 'firstAt', 'lastAt'];

const ARN = /^arn:aws[a-z-]*:(?:iam|sts)::\d{12}:/;

/** What was answered in a window, sorted and bounded: the same answers make the same bytes. */
export function reportOf(
  review: string, { from, to }: Window, answered: ReadonlyArray<readonly [Question, Answer]>, previous: ReportRef | undefined,
): Report {
  const answers = answered.map(([{ id, title, finding, by }, answer]) => {
    const columns = [...by, ...COUNTS];
    return { id, title, finding, columns, ...'unanswered' in answer ? answer : { rows: sorted(answer.rows, columns), more: answer.more } };
  });
  const found = answers.filter(({ finding, ...answer }) => 'unanswered' in answer || (finding && answer.rows.length > 0));
  return {
    version: 1,
    review,
    from: isoOf(from),
    to: isoOf(to),
    ...previous && { previous: { key: previous.key, sha256: previous.sha256 } },
    findings: found.length,
    subjects: subjectsOf(found.flatMap((each) => 'rows' in each ? each.rows : [])),
    answers,
  };
}

/** The bytes of a report. */
export function bytesOf(report: Report): Buffer {
  return Buffer.from(`${JSON.stringify(report, undefined, 1)}\n`);
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A report of this review as it was stored; undefined for bytes that are none. */
export function tryReport(bytes: Uint8Array, review: string): Report | undefined {
  const report = Object(tryJson(Buffer.from(bytes).toString()) ?? {}) as Partial<Report>;
  const { from, to, previous, subjects, answers } = report;
  const isReport = report.version === 1 && report.review === review && (tryInstant(from) ?? NaN) < (tryInstant(to) ?? NaN)
    && (previous === undefined || (typeof previous.key === 'string' && typeof previous.sha256 === 'string'))
    && typeof report.findings === 'number' && Array.isArray(subjects) && Array.isArray(answers);
  return isReport ? report as Report : undefined;
}

export function isoOf(time: number): string {
  return new Date(time).toISOString();
}

function sorted(rows: readonly Row[], columns: readonly string[]): readonly Row[] {
  const cut = rows.map((row) => Object.fromEntries(columns.map((column) => [column, (row[column] ?? '').slice(0, MAX_CELL)])));
  const textOf = (row: Row) => columns.map((column) => row[column]).join('\u0000');
  return cut.sort((one, other) => Number(other.events) - Number(one.events) || compare(textOf(one), textOf(other)));
}

/** By code units, as nothing of the machine decides. */
function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

function subjectsOf(rows: readonly Row[]): readonly string[] {
  const arns = rows.flatMap((row) => Object.values(row)).filter((cell) => ARN.test(cell) && !cell.includes(':role/'));
  return [...new Set(arns)].sort(compare);
}
