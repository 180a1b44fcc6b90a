/** A library of a sender, by the members of it that are used here; it is installed beside this file and not known to the type check. */
export async function load<Members>(name: string): Promise<Members> {
  const loaded = await import(name) as Members & { readonly default?: Members };
  // Of a CommonJS package Node.js lists no members that it cannot foresee.
  return { ...loaded.default, ...loaded };
}
