import type { Report, ReportRef, Row } from './report';

/** Rows of a table; the JSON beside it has all. */
const MAX_ROWS = 25;

/** The report for people. It follows from the JSON alone, and names the hash of it. */
export function markdownOf(report: Report, { key, sha256 }: ReportRef): string {
  const { review, from, to, findings, previous, answers } = report;
  return [
    `# Access review ${text(review)}`,
    '',
    `What the trail received from ${from} to ${to}. ${findings} of ${answers.length} questions have findings.`,
    '',
    ...answers.flatMap(({ title, finding, columns, ...answer }) => {
      const mark = 'unanswered' in answer || (finding && answer.rows.length > 0) ? ' (finding)' : '';
      return [`## ${text(title)}${mark}`, '', ...'unanswered' in answer ? [`Not answered: ${text(answer.unanswered)}.`] : tableOf(columns, answer), ''];
    }),
    '---',
    '',
    `SHA-256 of \`${key}\`: \`${sha256}\``,
    '',
    previous ? `Follows \`${previous.key}\`, SHA-256 \`${previous.sha256}\`.` : 'The first report of this review.',
    '',
  ].join('\n');
}

function tableOf(columns: readonly string[], { rows, more }: { readonly rows: readonly Row[]; readonly more: boolean }): readonly string[] {
  if (rows.length === 0) return ['Nothing.'];
  const shown = rows.slice(0, MAX_ROWS);
  return [
    `| ${columns.join(' | ')} |`,
    `|${' --- |'.repeat(columns.length)}`,
    ...shown.map((row) => `| ${columns.map((column) => text(row[column])).join(' | ')} |`),
    ...shown.length < rows.length || more ? ['', `${rows.length - shown.length}${more ? ' more in the JSON, and others that only Athena tells' : ' more in the JSON'}.`] : [],
  ];
}

/** Text that others chose, such as the name of a session, is no markup. */
function text(cell: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is meant
  return cell.replace(/[\u0000-\u001f\u007f]/g, ' ').replace(/[\\`*_{}[\]<>()#+!|~&-]/g, '\\$&');
}
