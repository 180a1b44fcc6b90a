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
  const pairs: (readonly [string, string])[] = [];
  for (let start = 0; start <= text.length;) {
    const next = text.indexOf('&', start);
    const end = next === -1 ? text.length : next;
    const pair = pairs.length < MAX_FIELDS ? tryPair(text.slice(start, end)) : undefined;
    if (!pair) return undefined;
    pairs.push(pair);
    start = end + 1;
  }
  return pairs;
}

function tryPair(field: string): readonly [string, string] | undefined {
  const equals = field.indexOf('=');
  if (equals < 1 || field.includes('=', equals + 1)) return undefined;
  try {
    return [decoded(field.slice(0, equals)), decoded(field.slice(equals + 1))];
  } catch {
    return undefined;
  }
}

/** Most names have nothing to decode. */
function decoded(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  return spaced.includes('%') ? decodeURIComponent(spaced) : spaced;
}
