import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { parseDocument } from 'yaml';
import { requireOpenApi } from './document-schema';
import { isObject, Place } from './place';
import { ConfigurationError } from '../../../private';

/** Characters of a document; the largest that is known, GitHub's, has 13 million. */
const MAX_CHARACTERS = 16 * 1024 * 1024;

/** Values of a document, and how deep they stand; GitHub's has 258,000 and 21. */
const MAX_VALUES = 1_000_000;
const MAX_DEPTH = 100;

/** What a document of OpenAPI says; whatever else is refused. */
export function readDocument(scope: IConstruct, name: string, text: string): unknown {
  if (text.length > MAX_CHARACTERS) {
    throw new ConfigurationError(scope, `'document' must have at most ${MAX_CHARACTERS} characters, got ${text.length} in ${name}; split it`);
  }
  const unmarked = text.replace(/^\uFEFF/, '');
  const root = Place.root(scope, name, /^\s*\{/.test(unmarked) ? readJson(scope, name, unmarked) : readYaml(scope, name, unmarked));
  requirePlain(root);
  requireOpenApi(root);
  return root.value;
}

function unreadable(scope: IConstruct, name: string, problem: string): ConfigurationError {
  return new ConfigurationError(scope, `'document' must be JSON or YAML, got what cannot be read as such in ${name}#: ${problem}; correct it`);
}

/** JSON is YAML as well, and is read by itself because it is a hundred times as fast. */
function readJson(scope: IConstruct, name: string, text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unreadable(scope, name, (error as Error).message);
  }
  const twice = duplicateName(text);
  if (twice !== undefined) throw unreadable(scope, name, `an object has '${twice}' twice`);
  return value;
}

/** JSON.parse would drop all but the last of the members that have the same name. */
function duplicateName(json: string): string | undefined {
  const objects: Array<Set<string> | undefined> = [];
  let text: string | undefined;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]/g)) {
    if (token === '{') objects.push(new Set());
    if (token === '[') objects.push(undefined);
    if (token === '}' || token === ']') objects.pop();
    if (token === ':' && text !== undefined) {
      const names = objects[objects.length - 1];
      const name = JSON.parse(text) as string;
      if (names?.has(name)) return name;
      names?.add(name);
    }
    text = token.startsWith('"') ? token : undefined;
  }
  return undefined;
}

function readYaml(scope: IConstruct, name: string, text: string): unknown {
  const document = parseDocument(text, { version: '1.2', schema: 'core', stringKeys: true });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) throw unreadable(scope, name, problem.message.split('\n')[0]);
  try {
    // Refuses aliases that grow into more than a hundred times what they stand for.
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw unreadable(scope, name, (error as Error).message);
  }
}

/** Refuses what JSON cannot say, what a template would take for something else, and more than a document can need. */
function requirePlain(root: Place): void {
  const waiting: Array<{ readonly place: Place; readonly depth: number }> = [{ place: root, depth: 0 }];
  let values = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { place, depth } = next;
    if (++values > MAX_VALUES) throw root.error(`have at most ${MAX_VALUES} values`, 'more', 'split it; an alias counts with all that it stands for');
    if (depth > MAX_DEPTH) throw place.error(`be at most ${MAX_DEPTH} levels deep`, 'more', 'write it flatter; an alias must not stand within itself');
    requireSafe(place);
    for (const child of [...place.items(), ...place.members().map(([, member]) => member)]) waiting.push({ place: child, depth: depth + 1 });
  }
}

function requireSafe(place: Place): void {
  const { value } = place;
  const plain = value === null || typeof value === 'boolean' || typeof value === 'string' || Array.isArray(value)
    || (typeof value === 'number' && Number.isFinite(value)) || (isObject(value) && Object.getPrototypeOf(value) === Object.prototype);
  if (!plain) throw place.error('have values that JSON can say', String(value), 'write another');
  if (place.key === '__proto__') throw place.error('have names that objects can have', "'__proto__'", 'rename it');
  // Text that looks like a token of the CDK would become another part of the app's template.
  if (Token.isUnresolved(value) || Token.isUnresolved(place.key)) throw place.error('be plain text', 'a token of the CDK', 'write what is meant');
}
