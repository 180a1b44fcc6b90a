/** An object of a parsed file, of which nothing is known yet. */
export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object under a key; empty where there is none. */
export function objectAt(value: Json, key: string): Json {
  const found = Object.hasOwn(value, key) ? value[key] : undefined;
  return isObject(found) ? found : {};
}

/** The list under a key; empty where there is none. */
export function listAt(value: Json, key: string): readonly unknown[] {
  const found = Object.hasOwn(value, key) ? value[key] : undefined;
  return Array.isArray(found) ? found : [];
}

/** The text under a key; empty where there is none. */
export function textAt(value: Json, key: string): string {
  const found = Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof found === 'string' ? found : '';
}
