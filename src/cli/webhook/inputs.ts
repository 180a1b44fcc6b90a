import { existing, bytesOf } from './files';
import { KeySources } from './options';
import { WebhookPorts } from './ports';
import { parseScheme } from '../../runtime/webhooks/parse-scheme';
import { PRESETS } from '../../runtime/webhooks/presets';
import type { Scheme } from '../../runtime/webhooks/scheme';
import { InputError, UsageError } from '../errors';
import { codeOf, readJson } from '../input-file';
import { isObject } from '../json';

/** The scheme of a preset, or of a file that holds one as JSON. */
export function schemeOf(ports: WebhookPorts, named: string, settings: Readonly<Record<string, string>>): Scheme {
  const isPreset = Object.hasOwn(PRESETS, named);
  if (!isPreset && !existing(ports.files, named)) {
    throw new UsageError(`--scheme must be a file or one of ${Object.keys(PRESETS).join(', ')}, got '${named}'; see --help`);
  }
  const given = isPreset ? { preset: named } : readJson(ports.files, named);
  const withSettings = Object.keys(settings).length > 0 && isObject(given) ? { ...given, settings } : given;
  try {
    return parseScheme(withSettings);
  } catch (error) {
    throw new InputError(named, (error as Error).message, 'correct it, or give what is missing by --setting');
  }
}

/** A key as text, and where it is from. */
export interface KeyText {
  readonly from: string;
  readonly text: string;
}

/** Keys by the places that were named; one line end behind a key, as editors and `echo` write it, is not of it. */
export function keyTexts(ports: WebhookPorts, { env, files, stdin }: KeySources): readonly KeyText[] {
  const texts = [
    ...env.map((name) => ({ from: `--secret-env ${name}`, text: variable(ports, name) })),
    ...files.map((path) => ({ from: path, text: text(bytesOf(ports.files, path)) })),
    ...stdin ? [{ from: '--secret-stdin', text: text(standardInput(ports)) }] : [],
  ];
  return texts.map((key) => ({ ...key, text: key.text.replace(/\r?\n$/, '') }));
}

function standardInput(ports: WebhookPorts): Uint8Array {
  try {
    return ports.stdin();
  } catch (error) {
    throw new InputError('--secret-stdin', `the standard input cannot be read (${codeOf(error)})`, 'pipe the key into it');
  }
}

function variable(ports: WebhookPorts, name: string): string {
  const value = ports.env(name);
  if (value === undefined) throw new UsageError('--secret-env must name a variable that is set; export it, or name another');
  return value;
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}
