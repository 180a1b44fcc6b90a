import { styleText } from 'node:util';
import { ControlSeverity } from '../compliance';
import { ControlSection, FindingPlace, PackSection, Report } from './model';
import { count, visible } from './text';

/** How the terminal report looks. */
export interface TableOptions {
  /** Writes ANSI colours. Nothing but text without it. */
  readonly colour?: boolean;
}

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const SEVERITY_STYLES: Readonly<Record<ControlSeverity, Style>> = {
  critical: ['bold', 'red'],
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
};

/** The report for a terminal: what is open, what is waived, what is wrong with the waivers, and the numbers last. */
export function renderTable(report: Report, options: TableOptions = {}): string {
  const paint: Paint = options.colour ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text;
  const sections = [
    ...report.controls.filter((control) => control.violations.length + control.cannotTell.length > 0).map((control) => openControl(control, paint)),
    waivedFindings(report, paint),
    disciplineFindings(report, paint),
    ...report.packs.map((pack) => packFindings(pack, paint)),
    notes(report, paint),
    summary(report, paint),
  ];
  return `${sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function openControl(control: ControlSection, paint: Paint): string[] {
  const severity = paint(SEVERITY_STYLES[control.severity], control.severity.toUpperCase().padEnd(8));
  return [
    `${severity}  ${paint('bold', control.id)}  ${visible(control.title)}`,
    ...control.violations.flatMap((place) => finding(place, paint('red', 'violated'), paint)),
    ...control.cannotTell.flatMap((place) => finding(place, paint('yellow', 'cannot tell'), paint)),
    `  ${paint('green', 'remedy')}  ${visible(control.remedy)}`,
  ];
}

function finding(place: FindingPlace, status: string, paint: Paint): string[] {
  const where = place.property && !place.message.includes(place.property) ? `${visible(place.message)} (${visible(place.property)})` : visible(place.message);
  return [
    `  ${status}  ${paint('bold', visible(place.resource))}  ${visible(place.finding)}`,
    `    ${where}`,
  ];
}

function waivedFindings(report: Report, paint: Paint): string[] {
  const waived = report.controls.flatMap((control) => control.waived.map((place) => ({ control, place })));
  return waived.length === 0 ? [] : [
    paint('bold', 'Waived'),
    ...waived.flatMap(({ control, place }) => [
      `  ${control.id}[${visible(place.finding)}]  ${visible(place.resource)}`,
      `    ${visible(place.waiver.reason)} (owner: ${visible(place.waiver.owner)}, until ${visible(place.waiver.expires)})`,
    ]),
  ];
}

function disciplineFindings(report: Report, paint: Paint): string[] {
  return report.discipline.length === 0 ? [] : [
    paint('bold', 'Waivers that need work'),
    ...report.discipline.flatMap((each) => [
      `  ${paint('red', visible(each.rule))}  ${visible(each.constructPath) || '(app)'}`,
      `    ${visible(each.message)}`,
    ]),
  ];
}

function packFindings(pack: PackSection, paint: Paint): string[] {
  const total = `${count(pack.findings.length, 'finding')}, ${pack.acknowledged.length} acknowledged`;
  return [
    `${paint('bold', visible(pack.pack))}  ${total}`,
    ...pack.findings.map((each) => `  ${visible(each.severity)}  ${visible(each.rule)}  ${visible(each.constructPath)}`),
  ];
}

function notes(report: Report, paint: Paint): string[] {
  return report.notes.length === 0 ? [] : [paint('bold', 'Not looked at'), ...report.notes.map((note) => `  ${visible(note)}`)];
}

function summary(report: Report, paint: Paint): string[] {
  const { summary: s } = report;
  const open = s.violations + s.cannotTell;
  const asOf = report.asOf === undefined ? '' : `, as of ${report.asOf}`;
  const bySeverity = `${s.open.critical} critical, ${s.open.high} high, ${s.open.medium} medium, ${s.open.low} low`;
  return [
    `${paint('bold', visible(report.subject))}: ${count(s.resources, 'resource')} under ${count(s.controls, 'control')}${asOf}`,
    `  compliant ${s.compliant}   violated ${s.violations}   cannot tell ${s.cannotTell}   waived ${s.waived}   not applicable ${s.notApplicable}`,
    open === 0 ? `  ${paint('green', 'no open finding')}` : `  ${paint('red', count(open, 'open finding'))}: ${bySeverity}`,
    ...(s.discipline === 0 ? [] : [`  ${paint('red', count(s.discipline, 'waiver problem'))}`]),
  ];
}
