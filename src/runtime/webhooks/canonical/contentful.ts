import { escape } from 'node:querystring';
import { Delivery, soleHeader } from '../delivery';
import type { Content } from '../mac';
import { Refused } from '../verdict';

const SIGNED_HEADERS = 'x-contentful-signed-headers';
const TIMESTAMP = 'x-contentful-timestamp';

/** More than Contentful's own and what an app lets it sign. */
const MAX_NAMES = 64;

/**
 * Method, path, the headers that the request says are signed, and the body, on a line each (`@contentful/node-apps-toolkit`, `signRequest`).
 *
 * The list must name itself and the timestamp, else either could be changed; in order and once each, as the sender writes it.
 */
export function contentfulContent(delivery: Delivery): Content | Refused {
  const list = soleHeader(delivery, SIGNED_HEADERS);
  if (list instanceof Refused) return list;
  const names = list.split(',', MAX_NAMES + 1);
  if (names.length > MAX_NAMES || names.some((name, index) => !/^[a-z0-9-]+$/.test(name) || (index > 0 && name <= names[index - 1]))) {
    return new Refused('malformed-header');
  }
  if (!names.includes(SIGNED_HEADERS) || !names.includes(TIMESTAMP)) return new Refused('not-covered');

  const values = names.map((name) => soleHeader(delivery, name));
  const refused = values.find((value) => value instanceof Refused);
  if (refused) return refused;
  const headers = names.map((name, index) => `${name}:${values[index] as string}`).join(';');
  return [`${delivery.method}\n${encodedPath(delivery.url)}\n${headers}\n`, delivery.body];
}

/** The sender's library encodes the query as a whole, and then everything once more. */
function encodedPath(url: string): string {
  const { pathname, search } = new URL(url);
  return encodeURI(search.length > 1 ? `${pathname}?${escape(search.slice(1).split('?')[0])}` : pathname);
}
