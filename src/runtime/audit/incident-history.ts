import { createHash } from 'node:crypto';

/** What happened to an incident: outcomes, names, times, reasons; never the text of the report, which would outlive its deletion. */
export interface Happening {
  readonly what: string;
  /** Who did it, or the function that did. */
  readonly by: string;
  readonly at: number;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** An entry as it is kept, in the table and as evidence: the same bytes in both. */
export interface Entry {
  readonly number: number;
  readonly text: string;
  readonly sha256: string;
}

/** What the first entry has for its predecessor. */
export const NO_ENTRY = '0'.repeat(64);

/** The entry after another one, whose hash it names: an entry that is changed or taken away breaks the chain. */
export function entryAfter(incident: string, number: number, previous: string, { what, by, at, detail }: Happening): Entry {
  const text = JSON.stringify({ incident, number, previous, at: new Date(at).toISOString(), by, what, ...detail });
  return { number, text, sha256: sha256Of(text) };
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
