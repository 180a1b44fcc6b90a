import { at, isText, tryJson } from '../json';
import { Refused } from '../verdict';

type Members = Readonly<Record<string, unknown>>;

/**
 * The signed fields, in order, joined by colons (Adyen Docs, "Verify HMAC signatures").
 *
 * They are not escaped, so that only one of them, the merchant's own reference, may have colons: then the content reads in just one way. A
 * request with several notifications is refused, since only the first has its signature looked at (Adyen sends one).
 */
export function adyenContent(body: Buffer): string | Refused {
  const document = tryJson(body);
  const items = at(document, '/notificationItems');
  const item = at(document, '/notificationItems/0/NotificationRequestItem');
  if (!Array.isArray(items) || items.length !== 1 || item === undefined) return new Refused('malformed-body');
  // No object has members of such names that it does not own.
  const { pspReference, originalReference, merchantAccountCode, merchantReference, amount, eventCode, success } = Object(item) as Members;
  const { value, currency } = Object(amount) as Members;
  const before = joined(pspReference, originalReference, merchantAccountCode);
  const reference = textOf(merchantReference);
  const after = joined(value, currency, eventCode, success);
  return before === undefined || reference === undefined || after === undefined ? new Refused('malformed-body') : `${before}:${reference}:${after}`;
}

/** Texts without a colon, joined by colons. */
function joined(...values: readonly unknown[]): string | undefined {
  let content: string | undefined;
  for (const value of values) {
    const text = textOf(value);
    if (text === undefined || text.includes(':')) return undefined;
    content = content === undefined ? text : `${content}:${text}`;
  }
  return content;
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return '';
  if (isText(value)) return value;
  return Number.isSafeInteger(value) || typeof value === 'boolean' ? String(value) : undefined;
}
