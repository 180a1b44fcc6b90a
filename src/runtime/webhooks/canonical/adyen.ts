import { at, isText, tryJson } from '../json';
import { Refused } from '../verdict';

/** What is signed of a payment notification, in order (Adyen Docs, "Verify HMAC signatures"). */
const FIELDS = [
  '/pspReference', '/originalReference', '/merchantAccountCode', '/merchantReference', '/amount/value', '/amount/currency', '/eventCode', '/success',
];

/**
 * The signed fields, joined by colons.
 *
 * They are not escaped, so that only one of them, the merchant's own reference, may have colons: then the content reads in just one way. A
 * request with several notifications is refused, since only the first has its signature looked at (Adyen sends one).
 */
export function adyenContent(body: Buffer): string | Refused {
  const document = tryJson(body);
  const items = at(document, '/notificationItems');
  const item = at(document, '/notificationItems/0/NotificationRequestItem');
  if (!Array.isArray(items) || items.length !== 1 || item === undefined) return new Refused('malformed-body');
  const values = FIELDS.map((field) => textOf(at(item, field)));
  const isClear = values.every((value, index) => value !== undefined && (FIELDS[index] === '/merchantReference' || !value.includes(':')));
  return isClear ? values.join(':') : new Refused('malformed-body');
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return '';
  if (isText(value)) return value;
  return Number.isSafeInteger(value) || typeof value === 'boolean' ? String(value) : undefined;
}
