import { bytesOf } from './files';
import { tryUrl } from '../../formats/url';
import { Delivery, ProxyEvent, readDelivery } from '../../runtime/webhooks/delivery';
import { tryDecode } from '../../runtime/webhooks/encodings';
import { Refused } from '../../runtime/webhooks/verdict';
import { InputError, UsageError } from '../errors';
import { isObject, Json, objectAt } from '../json';
import { Files } from '../ports';

/** A captured request, and when it arrived if the capture tells; in seconds since the Unix epoch. */
export interface Captured {
  readonly delivery: Delivery;
  readonly arrivedSeconds?: number;
}

/** Twice what a verifier looks at. */
const MAX_HEAD_BYTES = 128 * 1024;

const REMEDY = 'give the event of an API, { "method", "url", "headers", "body" or "bodyBase64" }, or a request as HTTP/1.1 writes it';

/** Reads a captured request. `url` is the address that the sender was told, which neither an event nor a `Host` header can say. */
export function readCaptured(files: Files, path: string, url: string | undefined): Captured {
  const bytes = bytesOf(files, path);
  const document = tryObject(bytes);
  if (!document) return { delivery: httpRequest(path, bytes, needed(url)) };
  if ('httpMethod' in document) return proxyEvent(path, document, needed(url));
  const { method = 'POST', url: own, body, bodyBase64, receivedAt } = document;
  const content = typeof bodyBase64 === 'string' ? tryDecode(bodyBase64, 'base64') : Buffer.from(typeof body === 'string' ? body : '', 'utf8');
  if (typeof method !== 'string' || !content) throw new InputError(path, 'this is no captured request', REMEDY);
  const delivery = { method, url: needed(url ?? (typeof own === 'string' ? own : undefined)), headers: headersIn(document), body: content };
  return { delivery, ...arrivalOf(path, receivedAt) };
}

function proxyEvent(path: string, event: Json, url: string): Captured {
  const known = {
    httpMethod: String(event.httpMethod),
    multiValueHeaders: Object.fromEntries(grouped(headersOf(objectAt(event, 'multiValueHeaders')))),
    multiValueQueryStringParameters: Object.fromEntries(grouped(headersOf(objectAt(event, 'multiValueQueryStringParameters')))),
    body: typeof event.body === 'string' ? event.body : null,
    isBase64Encoded: event.isBase64Encoded === true,
  } satisfies ProxyEvent;
  const delivery = readDelivery(known, url);
  if (delivery instanceof Refused) throw new InputError(path, 'the body of the event is not base64', REMEDY);
  return { delivery, ...arrivalOf(path, objectAt(event, 'requestContext').requestTimeEpoch) };
}

/** When a request arrived, from milliseconds since 1970. */
function arrivalOf(path: string, milliseconds: unknown): Pick<Captured, 'arrivedSeconds'> {
  if (typeof milliseconds !== 'number') return {};
  if (Number.isNaN(new Date(milliseconds).getTime())) throw new InputError(path, 'the time of arrival is none', REMEDY);
  return { arrivedSeconds: milliseconds / 1000 };
}

/** Head and body as they go over the wire; a tool that captures may write lines of the head with a line feed alone. */
function httpRequest(path: string, bytes: Buffer, url: string): Delivery {
  const [head = '', line = '', fields = ''] = /^([^\r\n]+)\r?\n((?:[^\r\n]+\r?\n)*)\r?\n/.exec(bytes.toString('latin1', 0, MAX_HEAD_BYTES)) ?? [];
  const [, method] = /^([A-Z]+) \S+ HTTP\/\d(?:\.\d)?$/.exec(line) ?? [];
  if (method === undefined) throw new InputError(path, 'this is no captured request', REMEDY);
  const headers = fields.split(/\r?\n/).filter((field) => field !== '').map((field): readonly [string, string] => {
    const colon = field.indexOf(':');
    if (colon < 1) throw new InputError(path, 'a line of the head has no name', REMEDY);
    return [field.slice(0, colon), field.slice(colon + 1).trim()];
  });
  return { method, url, headers, body: bytes.subarray(head.length) };
}

/** By name, or line by line as a receiver keeps what it could not judge. */
function headersIn(document: Json): readonly (readonly [string, string])[] {
  const { headers } = document;
  if (!Array.isArray(headers)) return headersOf(objectAt(document, 'headers'));
  return headers.flatMap((line: unknown) => Array.isArray(line) && line.length === 2 ? [[String(line[0]), String(line[1])] as const] : []);
}

function headersOf(members: Json): readonly (readonly [string, string])[] {
  return Object.entries(members).flatMap(([name, values]) => [values].flat().map((value): readonly [string, string] => [name, String(value)]));
}

function grouped(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, readonly string[]>();
  for (const [name, value] of pairs) groups.set(name, [...groups.get(name) ?? [], value]);
  return groups;
}

function needed(url: string | undefined): string {
  if (url !== undefined && tryUrl(url)) return url;
  throw new UsageError('--url must be given for this request; name the address that the sender was told');
}

function tryObject(bytes: Buffer): Json | undefined {
  try {
    const document = JSON.parse(bytes.toString('utf8')) as unknown;
    return isObject(document) ? document : undefined;
  } catch {
    return undefined;
  }
}
