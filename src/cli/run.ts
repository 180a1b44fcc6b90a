import { isAbsolute, join, relative } from 'node:path';
import { readInput } from './assembly';
import { InputError, UsageError } from './errors';
import { HELP } from './help';
import { codeOf } from './input-file';
import { Command, Format, parse } from './options';
import { Ports } from './ports';
import { CONTROL_SEVERITIES, ControlSeverity } from '../compliance';
import { buildReport, renderHtml, renderJson, renderMarkdown, renderSarif, renderTable, Report, visible } from '../report';
import { check, judge, RULES, TemplateError } from '../rules';

/** How the program ended. */
export const EXIT = { clean: 0, findings: 1, usage: 2, input: 3 } as const;

/** Runs the command line and returns its exit code. Never throws for bad arguments or bad files. */
export function run(ports: Ports): number {
  try {
    return perform(parse(ports.argv), ports);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof InputError)) throw error;
    // It repeats what stands in a file, which must not write to the terminal.
    ports.stderr(`cdk-secure-integrations: ${visible(error.message)}\n`);
    return error instanceof UsageError ? EXIT.usage : EXIT.input;
  }
}

/** Checks an assembly or a template, and reports. `asOf` is shown in the report; without it the clock decides which waivers hold. */
export function reportOn(ports: Ports, path: string, asOf?: string): Report {
  const input = readInput(ports, path);
  const { judgements, discipline } = judge(
    checked(path, () => check(input.templates, RULES)), input.waivers, input.acknowledgements, input.broadPaths, asOf ?? ports.today(),
  );
  return buildReport({
    subject: path,
    ...(asOf !== undefined && { asOf }),
    verdicts: judgements,
    discipline,
    packFindings: input.packFindings,
    limits: input.limits,
    notes: input.notes,
    files: Object.fromEntries(Object.entries(input.files).map(([name, file]) => [name, fromRoot(ports, file)])),
  });
}

function perform(command: Command, ports: Ports): number {
  switch (command.name) {
    case 'help':
      ports.stdout(HELP);
      return EXIT.clean;
    case 'version':
      ports.stdout(`${ports.version}\n`);
      return EXIT.clean;
    case 'check': {
      const report = reportOn(ports, command.path, command.asOf);
      const colour = command.colour && ports.colour && command.output === undefined;
      const text = render(report, command.format, ports.version, colour);
      if (command.output === undefined) ports.stdout(text);
      else write(ports, command.output, text);
      return fails(report, command.failOn) ? EXIT.findings : EXIT.clean;
    }
    case 'report': {
      const report = reportOn(ports, command.path, command.asOf);
      for (const [name, format] of REPORT_FILES) write(ports, join(command.output, name), render(report, format, ports.version, false));
      return EXIT.clean;
    }
  }
}

const REPORT_FILES: ReadonlyArray<readonly [string, Format]> = [
  ['report.html', 'html'], ['report.md', 'markdown'], ['report.json', 'json'], ['report.sarif', 'sarif'],
];

function render(report: Report, format: Format, version: string, colour: boolean): string {
  switch (format) {
    case 'table': return renderTable(report, { colour });
    case 'json': return renderJson(report);
    case 'markdown': return renderMarkdown(report);
    case 'sarif': return renderSarif(report, { version });
    case 'html': return renderHtml(report);
  }
}

/** A waiver that needs work fails whatever the severity: it is what the severities are measured against. */
function fails(report: Report, failOn: ControlSeverity): boolean {
  const counted = CONTROL_SEVERITIES.slice(0, CONTROL_SEVERITIES.indexOf(failOn) + 1);
  return report.summary.discipline > 0 || counted.some((severity) => report.summary.open[severity] > 0);
}

function checked<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new InputError(path, error.message.startsWith(`${path}: `) ? error.message.slice(path.length + 2) : error.message, 'correct the template');
  }
}

function write(ports: Ports, path: string, text: string): void {
  try {
    ports.files.write(path, text);
  } catch (error) {
    throw new InputError(path, `the file cannot be written (${codeOf(error)})`, 'name a place where files can be made');
  }
  ports.stderr(`wrote ${path}\n`);
}

/** A path as code scanning wants it: relative to the working directory, which is the root of the repository. */
function fromRoot(ports: Ports, path: string): string {
  const file = isAbsolute(path) ? relative(ports.workingDirectory, path) : path;
  return file.split(/[\\/]/).filter((step) => step !== '..' && step !== '.').join('/');
}
