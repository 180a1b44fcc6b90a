import { isDeepStrictEqual } from 'node:util';
import { Draft4, isOfObjects } from './keywords';

/** Members that requests do not have, because the document says that they are read alone. It is no keyword, and is gone when a schema is done. */
export const READ_ONLY = 'x-read-only';

/** How two values of a keyword become one that says both; nothing where no one value does. */
type Merge = (one: unknown, other: unknown) => unknown;

const largest: Merge = (one, other) => Math.max(one as number, other as number);
const smallest: Merge = (one, other) => Math.min(one as number, other as number);
const both: Merge = (one, other) => [...new Set([...one as unknown[], ...other as unknown[]])];

const MERGES: Readonly<Record<string, Merge>> = {
  type: typesOfBoth,
  enum: (one, other) => nonEmpty((one as unknown[]).filter((value) => (other as unknown[]).includes(value))),
  properties: propertiesOfBoth,
  required: both,
  [READ_ONLY]: both,
  minLength: largest,
  minItems: largest,
  minProperties: largest,
  maxLength: smallest,
  maxItems: smallest,
  maxProperties: smallest,
  uniqueItems: (one, other) => one === true || other === true,
};

/** One schema that says what both say, so that it can be closed as a whole; nothing where draft 4 has none. */
export function merged(one: Draft4, other: Draft4): Draft4 | undefined {
  // What closes one schema shuts out the members of the other.
  if (closes(one, other) || closes(other, one)) return undefined;
  const result: Draft4 = { ...one };
  for (const [keyword, value] of Object.entries(other)) {
    const mine = result[keyword];
    if (mine === undefined || isDeepStrictEqual(mine, value)) {
      result[keyword] = value;
      continue;
    }
    const all = MERGES[keyword]?.(mine, value);
    if (all === undefined) return undefined;
    result[keyword] = all;
  }
  return result;
}

function closes(one: Draft4, other: Draft4): boolean {
  const closed = (one.additionalProperties !== undefined && one.additionalProperties !== true) || one.patternProperties !== undefined;
  return closed && isOfObjects(other) && Object.keys(other.properties ?? {}).some((name) => !Object.hasOwn(one.properties ?? {}, name));
}

function propertiesOfBoth(one: unknown, other: unknown): unknown {
  const result: Draft4 = { ...one as Draft4 };
  for (const [name, schema] of Object.entries(other as Draft4)) {
    const mine = Object.hasOwn(result, name) ? result[name] as Draft4 : undefined;
    const all = mine && !isDeepStrictEqual(mine, schema) ? merged(mine, schema as Draft4) : schema;
    if (all === undefined) return undefined;
    result[name] = all;
  }
  return result;
}

function typesOfBoth(one: unknown, other: unknown): unknown {
  const [mine, others] = [one, other].map((type) => (Array.isArray(type) ? type : [type]) as string[]);
  const narrower = (type: string, types: readonly string[]) => types.includes(type) || (type === 'integer' && types.includes('number'));
  const types = nonEmpty([...new Set([...mine.filter((type) => narrower(type, others)), ...others.filter((type) => narrower(type, mine))])]);
  return types?.length === 1 ? types[0] : types;
}

function nonEmpty<T>(values: T[]): T[] | undefined {
  return values.length > 0 ? values : undefined;
}
