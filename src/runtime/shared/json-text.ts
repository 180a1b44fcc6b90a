/** The value of a JSON text; undefined for text that is none. The parser's own message would quote it. */
export function tryJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** The members of the object in a JSON text; none for text that is no JSON. */
export function membersIn(text: string): Readonly<Record<string, unknown>> {
  return Object(tryJson(text) ?? {}) as Readonly<Record<string, unknown>>;
}
