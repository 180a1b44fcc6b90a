import { KeyFormat, readKeys } from './key-formats';
import type { Key } from './keys';

/** What Standard Webhooks writes before the base64 of a secret. */
const STANDARD_PREFIX = 'whsec_';

/**
 * The keys in the content of a secret; throws `KeyError` for what is none.
 *
 * Content is the text that a sender gave, or what `secrets.RotatingSecret` makes of a webhook secret: `{ "secret": <base64>, "kid": <version> }`.
 * The `kid` becomes the id of the key.
 */
export function keysIn(content: string, format: KeyFormat): readonly Key[] {
  const made = tryRotating(content);
  if (!made) return readKeys(content, format);
  const { secret, kid } = made;
  return readKeys(format === 'standard-webhooks' && !secret.startsWith(STANDARD_PREFIX) ? `${STANDARD_PREFIX}${secret}` : secret, format, kid);
}

/** A set of keys is JSON, too, and has no member `secret`. */
function tryRotating(content: string): { readonly secret: string; readonly kid?: string } | undefined {
  if (!content.startsWith('{')) return undefined;
  try {
    const { secret, kid } = JSON.parse(content) as Readonly<Record<string, unknown>>;
    if (typeof secret !== 'string') return undefined;
    return typeof kid === 'string' ? { secret, kid } : { secret };
  } catch {
    return undefined;
  }
}
