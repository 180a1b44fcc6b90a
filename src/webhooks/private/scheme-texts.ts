import { IConstruct } from 'constructs';
import { ConfigurationError, requireMatch } from '../../private';

const MAX_ENTRIES = 32;

/** Texts of a scheme, just as the verifier takes them. */
const TEXTS = {
  header: [/^[a-z0-9!#$%&'*+.^_`|~-]{1,128}$/, 'a header name of 1 to 128 characters', 'write the name alone, without colon and value'],
  pointer: [/^(\/([^~/]|~[01])+){1,8}$/, 'a JSON Pointer to a member', "write for example '/event/id'"],
  name: [/^[A-Za-z0-9_.:/-]{1,64}$/, 'a name of 1 to 64 letters, digits and _ . : / -', 'write it as the sender does'],
  label: [/^[A-Za-z0-9_.=-]{1,32}$/, 'a label of 1 to 32 letters, digits and _ . = -', "write for example 'sha256=' or 'v1'"],
  literal: [/^[\x20-\x7e\n]{1,64}$/, 'printable ASCII of 1 to 64 characters', "write for example '.'"],
  value: [/^[\x20-\x7e]{1,512}$/, 'printable ASCII of 1 to 512 characters', 'write it as the sender does'],
  separator: [/^[ ,;]$/, 'separated by a blank, a comma or a semicolon', 'write the one character between entries'],
  assign: [/^[,=]$/, 'labelled with a comma or an equals sign', 'write the one character between label and signature'],
  component: [
    /^(@(method|target-uri|authority|scheme|request-target|path|query)|[a-z0-9-]{1,128})$/,
    'a component of a request (RFC 9421, 2)', "write a header name, or one such as '@method'",
  ],
  certificateUrl: [/^\^https:\/\/.+\$$/, "a regular expression from '^https://' to '$'", 'have it match the whole URL'],
} as const satisfies Readonly<Record<string, readonly [RegExp, string, string]>>;

/** Refuses text that the verifier would not take. An unresolved token passes here; the function that cannot use its value does not start. */
export function requireText(scope: IConstruct, prop: string, kind: keyof typeof TEXTS, value: string | undefined): void {
  if (value === undefined) return;
  const [pattern, rule, remedy] = TEXTS[kind];
  requireMatch(scope, prop, value, pattern, rule, remedy);
}

/** Refuses an empty list and a long one. */
export function requireEntries(scope: IConstruct, prop: string, entries: readonly unknown[], most = MAX_ENTRIES): void {
  if (entries.length >= 1 && entries.length <= most) return;
  throw new ConfigurationError(scope, `'${prop}' must have from 1 to ${most} entries, got ${entries.length}; name what the sender does`);
}
