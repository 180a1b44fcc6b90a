import { parseArgs } from 'node:util';
import { UsageError } from '../errors';

/** Where a key is; never on the command line, which other users of the machine can read, and which shells keep. */
export interface KeySources {
  readonly env: readonly string[];
  readonly files: readonly string[];
  readonly stdin: boolean;
}

/** What both commands are told. */
interface Common {
  readonly scheme: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly keys: KeySources;
  readonly keyId?: string;
  readonly url?: string;
  /** Seconds since the Unix epoch. */
  readonly at?: number;
}

export interface SignCommand extends Common {
  readonly name: 'sign';
  readonly url: string;
  readonly body: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly id?: string;
  readonly send: boolean;
}

export interface VerifyCommand extends Common {
  readonly name: 'verify';
  readonly request: string;
}

const OPTIONS = {
  'scheme': { type: 'string' },
  'setting': { type: 'string', multiple: true },
  'secret-env': { type: 'string', multiple: true },
  'secret-file': { type: 'string', multiple: true },
  'secret-stdin': { type: 'boolean' },
  'key-id': { type: 'string' },
  'url': { type: 'string' },
  'at': { type: 'string' },
  'body': { type: 'string' },
  'method': { type: 'string' },
  'header': { type: 'string', multiple: true },
  'id': { type: 'string' },
  'send': { type: 'boolean' },
  'request': { type: 'string' },
} as const;

const SIGN_ONLY = ['body', 'method', 'header', 'id', 'send'] as const;

/** Reads the arguments after `webhook`. Throws `UsageError` where they make no sense; no message repeats more than the name of an option. */
export function parseWebhook(argv: readonly string[]): SignCommand | VerifyCommand {
  const { values, positionals } = parsed(argv);
  const [name, ...rest] = positionals;
  if (name !== 'sign' && name !== 'verify') throw new UsageError("'webhook' must be followed by 'sign' or 'verify'; see --help");
  if (rest.length > 0) throw new UsageError(`'webhook ${name}' must be given options alone; see --help`);
  const common = {
    scheme: required(values.scheme, 'scheme', 'name a preset, or a file that holds a scheme as JSON'),
    settings: Object.fromEntries((values.setting ?? []).map((text) => pair(text, '=', '--setting', 'name=value'))),
    keys: { env: values['secret-env'] ?? [], files: values['secret-file'] ?? [], stdin: values['secret-stdin'] === true },
    ...(values['key-id'] !== undefined && { keyId: values['key-id'] }),
    ...(values.at !== undefined && { at: timeOf(values.at) }),
  };
  if (common.keys.env.length + common.keys.files.length + Number(common.keys.stdin) === 0) {
    throw new UsageError('a key must be given, got none; use --secret-env, --secret-file or --secret-stdin');
  }
  if (name === 'verify') {
    const misplaced = SIGN_ONLY.find((option) => values[option] !== undefined);
    if (misplaced) throw new UsageError(`--${misplaced} must stand with 'webhook sign', got 'webhook verify'; leave it out`);
    return { ...common, name, request: required(values.request, 'request', 'name a captured request'), ...(values.url !== undefined && { url: values.url }) };
  }
  if (values.request !== undefined) throw new UsageError("--request must stand with 'webhook verify', got 'webhook sign'; leave it out");
  return {
    ...common,
    name,
    url: required(values.url, 'url', 'name the address that the request goes to'),
    body: required(values.body, 'body', 'name a file'),
    method: values.method ?? 'POST',
    headers: (values.header ?? []).map((text) => pair(text, ':', '--header', "'Name: value'")),
    ...(values.id !== undefined && { id: values.id }),
    send: values.send === true,
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(/[.'](?: |$)/)[0]}'; see --help`);
  }
}

function required(value: string | undefined, option: string, remedy: string): string {
  if (value === undefined || value === '') throw new UsageError(`--${option} must be given, got none; ${remedy}`);
  return value;
}

function pair(text: string, separator: string, option: string, form: string): readonly [string, string] {
  const index = text.indexOf(separator);
  if (index < 1) throw new UsageError(`${option} must be written ${form}; see --help`);
  return [text.slice(0, index), text.slice(index + 1).trim()];
}

/** Seconds, or an instant as RFC 3339 writes it. */
function timeOf(text: string): number {
  const seconds = /^\d{1,12}(\.\d{1,6})?$/.test(text) ? Number(text) : /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) / 1000 : NaN;
  if (Number.isNaN(seconds)) throw new UsageError('--at must be seconds since 1970, or an instant such as 2027-06-30T12:00:00Z; correct it');
  return seconds;
}
