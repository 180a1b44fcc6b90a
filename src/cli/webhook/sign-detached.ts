import { SignCommand } from './options';
import { Signer } from './signer';
import { contentOf } from '../../runtime/webhooks/content';
import type { Delivery } from '../../runtime/webhooks/delivery';
import type { Accepted, DetachedScheme, SignatureSource } from '../../runtime/webhooks/scheme';
import type { TimeUnit } from '../../runtime/webhooks/timestamps';
import { Refused } from '../../runtime/webhooks/verdict';
import { isObject } from '../json';

/** The request with the headers, or the member of its body, that such a sender adds; or why there is nothing to sign. */
export function signDetached(
  sent: Delivery, scheme: DetachedScheme, signer: Signer, { id, nowSeconds }: Pick<SignCommand, 'id'> & { readonly nowSeconds: number },
): Delivery | Refused {
  const accepted = scheme.accepts.find(({ algorithm }) => signer.suits(algorithm));
  if (!accepted) return new Refused('no-usable-key');
  const timestamp = timestampOf(nowSeconds, scheme.timestamp?.unit ?? 's');
  const delivery = withHeaders(sent, [
    ...scheme.timestamp?.header !== undefined ? [[scheme.timestamp.header, timestamp] as const] : [],
    ...scheme.id && 'header' in scheme.id ? [[scheme.id.header, id!] as const] : [],
    ...scheme.content.includes('contentful') ? [['x-contentful-signed-headers', 'x-contentful-signed-headers,x-contentful-timestamp'] as const] : [],
    ...(scheme.require ?? []).flatMap(({ header, oneOf }) => header === undefined ? [] : [[header, oneOf[0]] as const]),
  ]);
  const content = contentOf(scheme, { delivery, timestamp, id: id! });
  if (content instanceof Refused) return content;
  const signature = signer.sign(accepted.algorithm, content).toString(accepted.encoding);
  return scheme.signature.from === 'body'
    ? inBody(delivery, scheme.signature.pointer, signature)
    : withHeaders(delivery, [headerOf(scheme.signature, accepted, signature, scheme.timestamp?.label && `${scheme.timestamp.label}`, timestamp)]);
}

/** A time as the sender writes it. */
function timestampOf(seconds: number, unit: TimeUnit): string {
  if (unit === 'ms') return String(Math.floor(seconds * 1000));
  return unit === 's' ? String(Math.floor(seconds)) : new Date(Math.floor(seconds) * 1000).toISOString().replace('.000Z', 'Z');
}

function headerOf(
  source: Exclude<SignatureSource, { readonly from: 'body' }>, { label = '' }: Accepted, signature: string, timeLabel: string | undefined, timestamp: string,
): readonly [string, string] {
  if (source.from === 'header') return [source.names[0], label + signature];
  if (source.from === 'numbered') return [`${source.name}1`, label + signature];
  const time = timeLabel === undefined ? '' : `${timeLabel}${source.assign}${timestamp}${source.separator}`;
  return [source.name, `${time}${label}${source.assign}${signature}`];
}

/** Headers that were given stay as they are. */
function withHeaders(delivery: Delivery, more: readonly (readonly [string, string])[]): Delivery {
  const given = new Set(delivery.headers.map(([name]) => name.toLowerCase()));
  return { ...delivery, headers: [...delivery.headers, ...more.filter(([name]) => !given.has(name))] };
}

/**
 * JSON without blanks, with the signature where the sender writes it. It goes into a line for a terminal, which may act on characters of a body
 * that somebody else wrote: none beyond ASCII is left as it is.
 */
function inBody(delivery: Delivery, pointer: string, signature: string): Delivery | Refused {
  const document = JSON.parse(delivery.body.toString('utf8')) as unknown; // its content could be signed, so it is JSON
  const steps = pointer.split('/').slice(1);
  const last = steps.pop()!;
  let parent: unknown = document;
  for (const step of steps) parent = childOf(parent, step);
  if (!isObject(parent)) return new Refused('malformed-body');
  (parent as Record<string, unknown>)[last] = signature;
  return { ...delivery, body: Buffer.from(JSON.stringify(document).replace(/[\u007f-\uffff]/g, escaped)) };
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The member, which is made if it is not there. */
function childOf(parent: unknown, step: string): unknown {
  if (typeof parent !== 'object' || parent === null) return undefined;
  const members = parent as Record<string, unknown>;
  return members[step] ??= {};
}
