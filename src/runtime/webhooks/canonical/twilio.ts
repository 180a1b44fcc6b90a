import { createHash } from 'node:crypto';
import { Delivery, optionalHeader } from '../delivery';
import { Refused } from '../verdict';
import { tryForm } from './form';

const FORM = /^application\/x-www-form-urlencoded(?: *;.*)?$/i;

/**
 * The URL, and after it the fields of a form sorted by name (Twilio Docs, "Webhooks security").
 *
 * Any other body must have its SHA-256 in the URL's one `bodySHA256`, else it would be in no way signed.
 */
export function twilioContent(delivery: Delivery): string | Refused {
  const type = optionalHeader(delivery, 'content-type') ?? '';
  if (type instanceof Refused) return type;
  if (FORM.test(type)) return formContent(delivery);
  const hashes = delivery.url.split(/[?&]/).slice(1).filter((parameter) => parameter.startsWith('bodySHA256='));
  if (hashes.length !== 1) return new Refused('not-covered');
  const hash = createHash('sha256').update(delivery.body).digest('hex');
  return hashes[0] === `bodySHA256=${hash}` ? delivery.url : new Refused('digest-mismatch');
}

/** Values of one name are sorted, and each counts once, as the sender's library does. */
function formContent({ url, body }: Delivery): string | Refused {
  const fields = tryForm(body.toString('latin1'));
  if (!fields) return new Refused('malformed-body');
  const values = new Map<string, string[]>();
  for (const [name, value] of fields) {
    const others = values.get(name);
    if (!others) values.set(name, [value]);
    else if (!others.includes(value)) others.push(value);
  }
  return url + [...values.keys()].sort().map((name) => values.get(name)!.sort().map((value) => name + value).join('')).join('');
}
