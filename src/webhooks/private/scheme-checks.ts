import { Duration, Size, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ConfigurationError, requireInteger, requireMatch, requireSeconds } from '../../private';
import { Requirement } from '../requirement';

/** API Gateway's limit for a payload (Developer Guide, "Quotas for configuring and running a REST API"). */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

const MAX_ENTRIES = 32;
const MAX_VALUES = 256;

/** Texts of a scheme, as the verifier takes them. */
const TEXTS = {
  header: [/^[a-z0-9!#$%&'*+.^_`|~-]{1,128}$/, 'a header name of 1 to 128 characters', 'write the name alone, without colon and value'],
  pointer: [/^(\/([^~/]|~[01])+){1,8}$/, 'a JSON Pointer to a member', "write for example '/event/id'"],
  name: [/^[A-Za-z0-9_.:/-]{1,64}$/, 'a name of 1 to 64 letters, digits and _ . : / -', 'write the name as the sender does'],
  label: [/^[A-Za-z0-9_.=-]{1,32}$/, 'a label of 1 to 32 letters, digits and _ . = -', "write for example 'sha256=' or 'v1'"],
  literal: [/^[\x20-\x7e\n]{1,64}$/, 'printable ASCII of 1 to 64 characters', "write for example '.'"],
  value: [/^[\x20-\x7e]{1,512}$/, 'printable ASCII of 1 to 512 characters', 'write the value as the sender does'],
  separator: [/^[ ,;]$/, 'a blank, a comma or a semicolon', 'write the one character between entries'],
  assign: [/^[,=]$/, 'a comma or an equals sign', 'write the one character between label and signature'],
  component: [
    /^(@(method|target-uri|authority|scheme|request-target|path|query)|[a-z0-9-]{1,128})$/,
    'a component of a request (RFC 9421, 2)', "write a derived component such as '@method', or a header name",
  ],
  certificateUrl: [/^\^https:\/\/.+\$$/, "a regular expression from '^https://' to '$'", 'have it match the whole URL'],
} as const satisfies Readonly<Record<string, readonly [RegExp, string, string]>>;

/** Refuses text that the verifier would not take; an unresolved token passes, and the function that cannot use it does not start. */
export function requireText(scope: IConstruct, prop: string, kind: keyof typeof TEXTS, value: string): void {
  const [pattern, rule, remedy] = TEXTS[kind];
  requireMatch(scope, prop, value, pattern, rule, remedy);
}

/** Refuses an empty list and a long one. */
export function requireEntries(scope: IConstruct, prop: string, count: number, most = MAX_ENTRIES): void {
  if (count >= 1 && count <= most) return;
  throw new ConfigurationError(scope, `'${prop}' must have from 1 to ${most} entries, got ${count}; name what the sender does`);
}

/** Seconds of a tolerance. A day: clocks are not off by more, and what is older is a replay. */
export function toleranceSeconds(scope: IConstruct, tolerance: Duration): number {
  requireSeconds(scope, 'tolerance', tolerance, 1, 24 * 60 * 60);
  if (tolerance.isUnresolved() && tolerance.unitLabel() !== 'seconds') {
    throw new ConfigurationError(scope, `'tolerance' must be in seconds where it is a token, got ${tolerance.unitLabel()}; use Duration.seconds`);
  }
  return tolerance.toSeconds();
}

/** Bytes of the largest body. */
export function maxBodyBytes(scope: IConstruct, maxBody: Size): number {
  const bytes = maxBody.toBytes();
  requireInteger(scope, 'maxBody', bytes, 1, MAX_BODY_BYTES);
  return bytes;
}

/** Requirements as the verifier reads them; `builtIn` are those that the scheme has anyway. */
export function requirements(scope: IConstruct, require: readonly Requirement[], hasClaims: boolean, builtIn = 0): readonly object[] {
  requireEntries(scope, 'require', require.length, MAX_ENTRIES - builtIn);
  return require.map((requirement) => {
    const { _source: source, _name: name, _values: values } = requirement;
    if (source === 'claim' && !hasClaims) {
      throw new ConfigurationError(scope, `'require' must name no claim, got '${name}'; the scheme has no token, use Requirement.pointer`);
    }
    requireText(scope, 'require', source === 'claim' ? 'name' : source, name);
    if (!Token.isUnresolved(values)) requireValues(scope, values);
    return { [source]: name, oneOf: values };
  });
}

function requireValues(scope: IConstruct, values: readonly string[]): void {
  requireEntries(scope, 'require', values.length, MAX_VALUES);
  for (const value of values) requireText(scope, 'require', 'value', value);
}
