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
    ...shown.map((row) => `| ${columns.map((column) => code(row[column])).join(' | ')} |`),
    ...shown.length < rows.length || more ? ['', `${rows.length - shown.length}${more ? ' more in the JSON, and others that only Athena tells' : ' more in the JSON'}.`] : [],
  ];
}

/** Text that others than us chose is no markup. */
function text(words: string): string {
  return visible(words).replace(/[\\`*_{}[\]<>()#+!|~&-]/g, '\\$&');
}

/**
 * What an attacker may have chosen, such as the name of a secret that there is not, as code: there nothing is markup, and no address is a link that a
 * reviewer would follow. The JSON has what stands for the two letters that would end it.
 */
function code(cell: string): string {
  const plain = visible(cell).replace(/`/g, "'").replace(/\|/g, '¦');
  return plain.trim() === '' ? '' : `\`${plain}\``;
}

/** Without letters that hide others, or change their order. */
function visible(words: string): string {
  return words.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
}
