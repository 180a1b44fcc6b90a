import { describe, Text, Unresolved, Value } from './values';

/** A mark that no JSON text of a template holds, around the place of a part that is not literal. */
const MARK = '\uE000';

/** Reads a property that CloudFormation accepts as an object or as JSON text, such as `RedrivePolicy`, with its references kept. */
export function jsonOf(value: Value): Value {
  if (typeof value !== 'string' && !(value instanceof Text)) return value;
  const parts = value instanceof Text ? value.parts : [value];
  try {
    const parsed = JSON.parse(parts.map((part, index) => (typeof part === 'string' ? part : `${MARK}${index}${MARK}`)).join(''));
    return restore(parsed, parts);
  } catch {
    return new Unresolved(describe(value));
  }
}

function restore(parsed: unknown, parts: Text['parts']): Value {
  if (typeof parsed === 'string') {
    const pieces = parsed.split(MARK).map((piece, index) => (index % 2 === 1 ? parts[Number(piece)] ?? piece : piece)).filter((piece) => piece !== '');
    return pieces.every((piece) => typeof piece === 'string') ? parsed : pieces.length === 1 ? pieces[0] : new Text(pieces);
  }
  if (Array.isArray(parsed)) return parsed.map((item) => restore(item, parts));
  if (typeof parsed !== 'object' || parsed === null) return parsed as Value;
  return Object.fromEntries(Object.entries(parsed).map(([key, item]) => [key, restore(item, parts)]));
}
