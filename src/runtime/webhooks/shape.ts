/** Reads a value that should have a certain shape; throws, saying where and what it must be. */
export type Reader<T> = (value: unknown, where: string) => T;

/** Text that matches the pattern as a whole. */
export function text(pattern: RegExp, what: string): Reader<string> {
  return (value, where) => {
    if (typeof value !== 'string' || !pattern.test(value)) throw new Error(`${where} must be ${what}`);
    return value;
  };
}

/** A whole number of a range. */
export function wholeNumber(least: number, most: number): Reader<number> {
  return (value, where) => {
    if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
      throw new Error(`${where} must be a whole number from ${least} to ${most}`);
    }
    return value as number;
  };
}

/** One of the names. */
export function oneOf<T extends string>(names: readonly T[]): Reader<T> {
  return (value, where) => {
    const name = names.find((known) => known === value);
    if (name === undefined) throw new Error(`${where} must be among ${names.join(', ')}`);
    return name;
  };
}

/** An array of at least one entry. */
export function listOf<T>(entry: Reader<T>, most = 32): Reader<readonly T[]> {
  return (value, where) => {
    if (!Array.isArray(value) || value.length === 0 || value.length > most) throw new Error(`${where} must be an array of 1 to ${most} entries`);
    return value.map((one: unknown, index) => entry(one, `${where}[${index}]`));
  };
}

/** An object of any members. */
export function mapOf<T>(entry: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (value, where) => Object.fromEntries(Object.entries(objectOf(value, where)).map(([name, one]) => [name, entry(one, `${where}.${name}`)]));
}

/** A value that may be absent. */
export function optional<T>(reader: Reader<T>): Reader<T | undefined> {
  return (value, where) => value === undefined ? undefined : reader(value, where);
}

/** An object of these members and no others; absent ones are absent from what is read, too. */
export function shapeOf<T extends object>(members: { readonly [K in keyof T]-?: Reader<T[K]> }): Reader<T> {
  const known = Object.keys(members) as (keyof T & string)[];
  return (value, where) => {
    const given = objectOf(value, where);
    const unknown = Object.keys(given).find((name) => !(known as string[]).includes(name));
    if (unknown !== undefined) throw new Error(`${where} must have no member '${unknown}'`);
    const read = known.map((name) => [name, members[name](given[name], `${where}.${name}`)] as const);
    return Object.fromEntries(read.filter(([, one]) => one !== undefined)) as unknown as T;
  };
}

/** An object whose shape one of its members names. */
export function variantOf<T>(member: string, variants: Readonly<Record<string, Reader<T>>>): Reader<T> {
  const name = oneOf(Object.keys(variants));
  return (value, where) => variants[name(objectOf(value, where)[member], `${where}.${member}`)](value, where);
}

/** The first reader if the value is text, the second if it is an object. */
export function textOr<T, U>(asText: Reader<T>, asObject: Reader<U>): Reader<T | U> {
  return (value, where) => typeof value === 'string' ? asText(value, where) : asObject(value, where);
}

function objectOf(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${where} must be an object`);
  return value as Readonly<Record<string, unknown>>;
}
