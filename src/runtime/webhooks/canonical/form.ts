/** More fields than any sender's form has. */
const MAX_FIELDS = 1000;

/**
 * Names and values of `application/x-www-form-urlencoded` text (URL Standard, 5.1); undefined if it is not well-formed.
 *
 * Unlike `URLSearchParams` it takes no invalid percent-encoding and no bytes that are not UTF-8, which would all read as the same character.
 */
export function tryForm(text: string): readonly (readonly [name: string, value: string])[] | undefined {
  if (text === '') return [];
  if (!/^[\x21-\x7e]*$/.test(text)) return undefined;
  const fields = text.split('&', MAX_FIELDS + 1);
  if (fields.length > MAX_FIELDS) return undefined;
  const pairs = fields.map((field) => {
    const [name, value, ...rest] = field.split('=');
    return name === '' || value === undefined || rest.length > 0 ? undefined : pairOf(name, value);
  });
  return pairs.every((pair) => pair !== undefined) ? pairs : undefined;
}

function pairOf(name: string, value: string): readonly [string, string] | undefined {
  try {
    return [decoded(name), decoded(value)];
  } catch {
    return undefined;
  }
}

function decoded(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
