import { Refused } from './failures';
import { membersIn } from '../shared/json-text';

/**
 * Content of a version: what a consumer needs, each under a name, and `kid`, the version that it was made for.
 *
 * The version inside lets consumers tell credentials apart, and lets a rotation notice content that somebody else put in its place.
 */
export function writeFields(fields: Readonly<Record<string, string>>, version: string): string {
  return JSON.stringify({ ...fields, kid: version });
}

/** The fields in the content of that version, each as its pattern says; refuses any other content, and quotes none. */
export function readFields<N extends string>(content: string, patterns: Readonly<Record<N, RegExp>>, version: string): Readonly<Record<N, string>> {
  const value = membersIn(content);
  const names = Object.keys(patterns) as N[];
  const fits = names.every((name) => typeof value[name] === 'string' && patterns[name].test(value[name]));
  if (!fits || value.kid !== version || Object.keys(value).length !== names.length + 1) {
    throw new Refused('unknown-content', 'the version holds something that rotation did not make for it');
  }
  return value as Readonly<Record<N, string>>;
}

/** Content with one field. */
export function writeContent(field: string, credential: string, version: string): string {
  return writeFields({ [field]: credential }, version);
}

/** The credential in content with one field; refuses as `readFields` does. */
export function readContent(content: string, field: string, pattern: RegExp, version: string): string {
  return readFields(content, { [field]: pattern }, version)[field];
}
