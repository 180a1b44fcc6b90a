import { parseCloudFormationYaml } from './cloudformation-yaml';
import { InputError } from './errors';
import { FileInfo, Files } from './ports';

/** Larger files are refused: CloudFormation itself takes templates of 1 MB, and a cloud assembly's own files stay far below. */
const MAX_BYTES = 20 * 1024 * 1024;

/** Deeper nesting is refused; no template comes near it. */
const MAX_DEPTH = 100;

/** Reads a file as text: UTF-8, no binary, not too large. */
export function readText(files: Files, path: string): string {
  const info = statOf(files, path);
  if (!info) throw new InputError(path, 'there is no such file', 'check the path');
  if (info.kind !== 'file') throw new InputError(path, 'this is no regular file', 'name a template or a cloud assembly');
  if (info.bytes > MAX_BYTES) {
    throw new InputError(path, `the file has ${info.bytes} bytes, more than ${MAX_BYTES}`, 'split the template into stacks');
  }
  const bytes = attempt(path, () => files.read(path));
  if (bytes.includes(0)) throw new InputError(path, 'the file is binary', 'name a template in JSON or YAML');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(path, 'the file is not UTF-8', 'save it as UTF-8');
  }
}

/** What a path leads to; undefined where there is nothing. */
export function statOf(files: Files, path: string): FileInfo | undefined {
  return attempt(path, () => files.stat(path));
}

/** Reads a JSON file. */
export function readJson(files: Files, path: string): unknown {
  return bounded(path, parseJson(path, readText(files, path)));
}

/** Reads a template in JSON or YAML: by the name of the file, and by its first character where the name does not tell. */
export function readTemplate(files: Files, path: string): unknown {
  const text = readText(files, path);
  if (text.trim() === '') throw new InputError(path, 'the file is empty', "a template must have 'Resources'");
  if (/\.json$/i.test(path)) return bounded(path, parseJson(path, text));
  if (/^\s*\{/.test(text) && !/\.ya?ml$/i.test(path)) return bounded(path, parseJson(path, text));
  return bounded(path, parseYaml(path, text));
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new InputError(path, `the file is not JSON${placeOf(error, text)}`, 'correct it, or synthesize again');
  }
}

/** Where JSON breaks, if the engine says so. Its message is not shown, for it quotes the file. */
function placeOf(error: unknown, text: string): string {
  const [, position] = /at position (\d+)/.exec(reasonOf(error)) ?? [];
  if (position === undefined) return '';
  const lines = text.slice(0, Number(position)).split('\n');
  return ` (line ${lines.length}, column ${lines[lines.length - 1].length + 1})`;
}

function parseYaml(path: string, text: string): unknown {
  try {
    return parseCloudFormationYaml(text);
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(path);
    throw new InputError(path, `the file is not YAML of a template (${reasonOf(error)})`, 'correct it');
  }
}

/** Refuses what nests too deeply, or contains itself by way of an alias. */
function bounded(path: string, value: unknown): unknown {
  const heights = new Map<object, number>();
  const heightOf = (node: unknown, depth: number): number => {
    if (typeof node !== 'object' || node === null) return 0;
    const known = heights.get(node);
    if (known !== undefined && depth + known <= MAX_DEPTH) return known;
    if (known !== undefined || depth > MAX_DEPTH) throw tooDeep(path);
    let height = 0;
    for (const child of Object.values(node)) height = Math.max(height, 1 + heightOf(child, depth + 1));
    heights.set(node, height);
    return height;
  };
  heightOf(value, 0);
  return value;
}

function tooDeep(path: string): InputError {
  return new InputError(path, `values nest deeper than ${MAX_DEPTH} levels`, 'a template must be flatter');
}

/** The file system's own errors, as errors of the input. */
function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new InputError(path, `the file cannot be read (${codeOf(error)})`, 'check its permissions');
  }
}

/** `EACCES` and its like; the message where there is no code. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : reasonOf(error);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
