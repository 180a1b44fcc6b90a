import { ControlSection, Report } from './model';
import { count, LIMITS_NOTE, LIMITS_TITLE, SUPPORTS_NOTE, visible } from './text';

/** The report as GitHub-flavoured Markdown, for pull requests and wikis. */
export function renderMarkdown(report: Report): string {
  const blocks = [
    `# Security posture of ${escape(report.subject)}`,
    ...(report.asOf === undefined ? [] : [`Waivers judged as of ${escape(report.asOf)}.`]),
    summary(report),
    ...openFindings(report),
    ...waivedFindings(report),
    ...section('Waivers that need work', ['Problem', 'Construct', 'What is wrong'], report.discipline.map((each) => [
      code(each.rule), each.constructPath === '' ? 'the app' : code(each.constructPath), escape(each.message),
    ])),
    ...limits(report),
    ...section('Controls', ['Control', 'Severity', 'Status', 'Violated', 'Cannot tell', 'Waived', 'Holds', 'Title'], report.controls.map((control) => [
      code(control.id), control.severity, control.status, ...countsOf(control).map(String), escape(control.title),
    ])),
    ...evidence(report),
    ...frameworks(report),
    ...packs(report),
    ...(report.notes.length === 0 ? [] : ['## Not looked at', report.notes.map((note) => `- ${escape(note)}`).join('\n')]),
    ...(report.withoutResources.length === 0 ? []
      : ['## Controls without a resource here', report.withoutResources.map(code).join(', ')]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function countsOf(control: ControlSection): number[] {
  return [control.violations.length, control.cannotTell.length, control.waived.length, control.holds.length];
}

function summary(report: Report): string {
  const { summary: s } = report;
  return table(
    ['Resources', 'Controls', 'Compliant', 'Violations', 'Cannot tell', 'Waived', 'Not applicable', 'Waiver problems'],
    [[s.resources, `${s.controls} of ${s.catalog}`, s.compliant, s.violations, s.cannotTell, s.waived, s.notApplicable, s.discipline].map(String)],
  );
}

function openFindings(report: Report): string[] {
  const open = report.controls.filter((control) => control.violations.length + control.cannotTell.length > 0);
  if (open.length === 0) return ['## Open findings', 'None.'];
  return ['## Open findings', ...open.flatMap((control) => [
    `### ${escape(control.id)}: ${escape(control.title)} (${control.severity})`,
    `${escape(control.rationale)} **Remedy:** ${escape(control.remedy)}`,
    table(['Resource', 'Finding', 'What was found'], [
      ...control.violations.map((place) => [code(place.resource), code(place.finding), escape(place.message)]),
      ...control.cannotTell.map((place) => [code(place.resource), code(place.finding), `Cannot tell: ${escape(place.message)}`]),
    ]),
  ])];
}

function waivedFindings(report: Report): string[] {
  return section('Waived', ['Control', 'Resource', 'Finding', 'Why', 'Owner', 'Until'], report.controls.flatMap(({ id, waived }) => waived.map((place) => [
    code(id), code(place.resource), code(place.finding), escape(place.waiver.reason), escape(place.waiver.owner), escape(place.waiver.expires),
  ])));
}

function limits(report: Report): string[] {
  const [title, ...rest] = section(LIMITS_TITLE, ['Control', 'Construct', 'What is not enforced'], report.limits.map((each) => [
    code(each.control), code(each.constructPath), escape(each.text),
  ]));
  return title === undefined ? [] : [title, LIMITS_NOTE, ...rest];
}

function evidence(report: Report): string[] {
  const held = report.controls.filter((control) => control.holds.length > 0);
  if (held.length === 0) return [];
  return ['## Evidence', ...held.map((control) => [
    `<details><summary>${escape(control.id)} holds at ${count(control.holds.length, 'resource')}</summary>`,
    table(['Resource', 'Evidence'], control.holds.map((place) => [code(place.resource), escape(place.message)])),
    '</details>',
  ].join('\n\n'))];
}

function frameworks(report: Report): string[] {
  if (report.frameworks.length === 0) return [];
  return ['## Frameworks', SUPPORTS_NOTE, ...report.frameworks.flatMap(({ framework, requirements }) => [
    `### ${escape(framework)}`,
    table(['Requirement', 'Supported by'], requirements.map(({ clause, controls }) => [
      escape(clause), controls.map(({ id, status }) => `${code(id)} (${status})`).join(', '),
    ])),
  ])];
}

function packs(report: Report): string[] {
  return report.packs.flatMap(({ pack, findings, acknowledged }) => [
    `## ${escape(pack)}: ${count(findings.length, 'finding')}, ${acknowledged.length} acknowledged`,
    ...(findings.length === 0 ? [] : [table(['Rule', 'Severity', 'Construct', 'What was found'], findings.map((each) => [
      code(each.rule), escape(each.severity), code(each.constructPath), escape(each.description),
    ]))]),
    ...(acknowledged.length === 0 ? [] : [table(['Acknowledged rule', 'Construct', 'Why', 'Where'], acknowledged.map((each) => [
      code(each.rule), code(each.constructPath), escape(each.acknowledged!.reason), each.acknowledged!.at === '' ? 'the app' : code(each.acknowledged!.at),
    ]))]),
  ]);
}

function section(title: string, headers: readonly string[], rows: ReadonlyArray<readonly string[]>): string[] {
  return rows.length === 0 ? [] : [`## ${title}`, table(headers, rows)];
}

function table(headers: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  return [headers, headers.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Escapes whatever Markdown or HTML could read as markup, the pipe of tables among it (CommonMark 0.31, 2.4; GFM 4.10), and mentions. */
function escape(text: string): string {
  return visible(text)
    .replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/@/g, '&#64;')
    .replace(/[\\`*_{}[\]|~$]/g, (character) => `\\${character}`);
}

/** An identifier as code; HTML code, for a Markdown code span cannot hold every backtick and pipe. */
function code(text: string): string {
  return text === '' ? '' : `<code>${escape(text)}</code>`;
}
