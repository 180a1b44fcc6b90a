import { parseArgs } from 'node:util';
import { UsageError } from './errors';
import { CONTROL_SEVERITIES, ControlSeverity, isDate } from '../compliance';

/** The formats that `check` writes. */
export const FORMATS = ['table', 'json', 'markdown', 'sarif', 'html'] as const;

export type Format = typeof FORMATS[number];

/** What the user asked for. */
export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'version' }
  | {
    readonly name: 'check';
    readonly path: string;
    readonly format: Format;
    readonly output?: string;
    readonly asOf?: string;
    readonly failOn: ControlSeverity;
    readonly colour: boolean;
  }
  | { readonly name: 'report'; readonly path: string; readonly output: string; readonly asOf?: string };

const OPTIONS = {
  'as-of': { type: 'string' },
  'fail-on': { type: 'string' },
  'format': { type: 'string' },
  'help': { type: 'boolean', short: 'h' },
  'no-color': { type: 'boolean' },
  'output': { type: 'string' },
  'version': { type: 'boolean' },
} as const;

const CHECK_ONLY = ['format', 'fail-on', 'no-color'] as const;

/** Reads the arguments. Throws `UsageError` where they make no sense. */
export function parse(argv: readonly string[]): Command {
  const { values, positionals } = parsed(argv);
  if (values.help) return { name: 'help' };
  if (values.version) return { name: 'version' };

  const [name, path, ...rest] = positionals;
  if (name === undefined) throw new UsageError("a command must be given, got none; use 'check', 'report' or 'webhook'");
  if (name !== 'check' && name !== 'report') throw new UsageError(`a command must be 'check', 'report' or 'webhook', got '${name}'; see --help`);
  if (path === undefined) throw new UsageError(`'${name}' must be given a path, got none; name a cloud assembly (cdk.out) or a template`);
  if (rest.length > 0) throw new UsageError(`'${name}' must be given one path, got ${rest.length + 1}; check each assembly on its own`);
  const asOf = values['as-of'];
  if (asOf !== undefined && !isDate(asOf)) throw new UsageError(`--as-of must be a day, YYYY-MM-DD, got '${asOf}'; write for example 2027-06-30`);
  if (values.output === '') throw new UsageError("--output must be a path, got ''; leave it out or name one");

  if (name === 'report') {
    const misplaced = CHECK_ONLY.find((option) => values[option] !== undefined);
    if (misplaced) throw new UsageError(`--${misplaced} must stand with 'check', got 'report'; leave it out`);
    return { name, path, output: values.output ?? 'reports', ...(asOf !== undefined && { asOf }) };
  }
  return {
    name,
    path,
    format: oneOf('--format', values.format ?? 'table', FORMATS),
    failOn: oneOf('--fail-on', values['fail-on'] ?? 'low', CONTROL_SEVERITIES),
    colour: !values['no-color'],
    ...(values.output !== undefined && { output: values.output }),
    ...(asOf !== undefined && { asOf }),
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message.replace(/\.$/, '')}; see --help`);
  }
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new UsageError(`${option} must be one of ${allowed.join(', ')}, got '${value}'; see --help`);
  return found;
}
