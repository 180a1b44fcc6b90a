import { KeyFormat, readKeys } from './key-formats';
import type { Key } from './keys';
import { membersIn } from '../shared/json-text';

/** What Standard Webhooks writes before the base64 of a secret. */
const STANDARD_PREFIX = 'whsec_';

/** What a secret holds for whoever verifies. */
export interface SecretContent {
  readonly keys: readonly Key[];
  /** Whether a `secrets.RotatingSecret` made it, which takes the label off the previous version when its overlap ends. */
  readonly isRotated: boolean;
}

/**
 * Reads the content of a secret; throws `KeyError` if it holds no keys.
 *
 * Content is the text that a sender gave, or what `secrets.RotatingSecret` makes of a webhook secret: `{ "secret": <base64>, "kid": <version> }`.
 * The `kid` becomes the id of the key.
 */
export function readSecret(content: string, format: KeyFormat): SecretContent {
  const made = tryRotating(content);
  if (!made) return { keys: readKeys(content, format), isRotated: false };
  const { secret, kid } = made;
  const text = format === 'standard-webhooks' && !secret.startsWith(STANDARD_PREFIX) ? `${STANDARD_PREFIX}${secret}` : secret;
  return { keys: readKeys(text, format, kid), isRotated: kid !== undefined };
}

/** A set of keys is JSON, too, and has no member `secret`. */
function tryRotating(content: string): { readonly secret: string; readonly kid?: string } | undefined {
  const { secret, kid } = membersIn(content);
  if (typeof secret !== 'string') return undefined;
  return typeof kid === 'string' ? { secret, kid } : { secret };
}
