import { Delivery, optionalHeader, soleHeader } from './delivery';
import { tryDecode } from './encodings';
import { at, tryJson } from './json';
import type { Presented } from './keys';
import { MAX_LISTED, MAX_SIGNATURES } from './limits';
import type { Accepted, DetachedScheme, SignatureSource } from './scheme';
import { Refused } from './verdict';

/** A signature as text, and its label if it is of a list. */
interface Written {
  readonly label?: string;
  readonly text: string;
}

/** Signatures and whatever else a list has, by label. */
export type Found = readonly Written[];

/** What is written where the scheme's signatures are; nothing is decoded yet. */
export function findSignatures({ signature }: DetachedScheme, delivery: Delivery): Found | Refused {
  const find = FINDERS[signature.from] as (source: SignatureSource, delivery: Delivery) => Found | Refused;
  return find(signature, delivery);
}

/** The one value with that label in a list. */
export function listed(found: Found, label: string): string | Refused {
  const [value, ...others] = found.filter((one) => one.label === label);
  if (!value) return new Refused('missing-header');
  return others.length > 0 ? new Refused('duplicate-header') : value.text;
}

/**
 * The signatures that are of an accepted kind and exactly written; others in a list are passed over, since they verify nothing anyway.
 *
 * None is `malformed-signature`, which tells an old version or a wrong prefix from a forgery.
 */
export function presentedOf({ accepts, signature }: DetachedScheme, found: Found): readonly Presented[] | Refused {
  const most = signature.from === 'numbered' ? signature.most : MAX_SIGNATURES;
  const presented: Presented[] = [];
  let count = 0;
  for (const one of found) {
    const before = presented.length;
    for (const kind of accepts) {
      const read = tryRead(one, kind);
      if (read) presented.push(read);
    }
    if (presented.length > before) count++;
  }
  if (count > most) return new Refused('too-many-signatures');
  return count > 0 ? presented : new Refused('malformed-signature');
}

function tryRead({ label, text }: Written, kind: Accepted): Presented | undefined {
  const prefix = label === undefined ? kind.label ?? '' : '';
  if ((label !== undefined && label !== kind.label) || !text.startsWith(prefix)) return undefined;
  const bytes = tryDecode(text.slice(prefix.length), kind.encoding);
  return bytes && bytes.length > 0 ? { algorithm: kind.algorithm, bytes } : undefined;
}

type Finder<F> = (source: Extract<SignatureSource, { readonly from: F }>, delivery: Delivery) => Found | Refused;

const FINDERS: { readonly [F in SignatureSource['from']]: Finder<F> } = {
  header: ({ names }, delivery) => inHeaders(delivery, names),
  numbered: ({ name, most }, delivery) => inHeaders(delivery, Array.from({ length: most }, (_, index) => `${name}${index + 1}`)),
  list: ({ name, separator, assign }, delivery) => {
    const text = soleHeader(delivery, name);
    return text instanceof Refused ? text : inList(text, separator, assign);
  },
  body: ({ pointer }, { body }) => {
    const text = at(tryJson(body), pointer);
    return typeof text === 'string' ? [{ text }] : new Refused('malformed-body');
  },
};

function inHeaders(delivery: Delivery, names: readonly string[]): Found | Refused {
  const found: Written[] = [];
  for (const name of names) {
    const text = optionalHeader(delivery, name);
    if (text instanceof Refused) return text;
    if (text !== undefined) found.push({ text });
  }
  return found.length > 0 ? found : new Refused('missing-header');
}

/** Blanks after a separator are taken, as lists of fields have them (RFC 9110, 5.6.1). */
function inList(text: string, separator: string, assign: string): Found | Refused {
  const found: Written[] = [];
  let end = -1;
  do {
    if (found.length === MAX_LISTED) return new Refused('too-many-signatures');
    let start = end + 1;
    const next = text.indexOf(separator, start);
    end = next === -1 ? text.length : next;
    while (start < end && text[start] === ' ') start++;
    const assigned = text.indexOf(assign, start);
    if (assigned <= start || assigned >= end) return new Refused('malformed-signature');
    found.push({ label: text.slice(start, assigned), text: text.slice(assigned + 1, end) });
  } while (end < text.length);
  return found;
}
