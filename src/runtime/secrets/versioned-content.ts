import { Refused } from './failures';

/**
 * Content of a version: one credential under a name, and `kid`, the version that it was made for.
 *
 * The version inside lets consumers tell keys apart, and lets a rotation notice content that somebody else put in its place.
 */
export function writeContent(field: string, credential: string, version: string): string {
  return JSON.stringify({ [field]: credential, kid: version });
}

/** The credential in the content of that version; refuses any other content, and quotes none. */
export function readContent(content: string, field: string, pattern: RegExp, version: string): string {
  const value = objectOf(content);
  const credential = value[field];
  if (typeof credential !== 'string' || !pattern.test(credential) || value.kid !== version || Object.keys(value).length !== 2) {
    throw new Refused('unknown-content', 'the version holds something that rotation did not make for it');
  }
  return credential;
}

function objectOf(content: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(content)) as Record<string, unknown>;
  } catch {
    return {};
  }
}
