import type { Delivery } from '../../src/runtime/webhooks/delivery';
import type { PresetName } from '../../src/runtime/webhooks/presets';
import { headerOf } from '../runtime/webhooks/senders';

/** What the library of a sender can do. */
export interface Library {
  readonly preset: PresetName;
  readonly name: string;
  /** The secret, where the library takes none of the length that others have; deliveries are then the library's own. */
  readonly secret?: string;
  /** It verifies that a digest was signed, and leaves it to the application to compare that with the body. */
  readonly readsNoBody?: true;
  /** Whether the library takes the delivery for genuine; a throw says that it does not. */
  readonly accepts?: (delivery: Delivery) => unknown;
  /** Headers with which the library, or what it ships for tests, would send the body. */
  readonly signs?: (body: string) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
}

/** The body as text, which is how nearly every library wants it. */
export function text({ body }: Delivery): string {
  return body.toString('utf8');
}

/** Headers by name in lower case, as Node.js and most frameworks have them. */
export function lowerCase({ headers }: Delivery): Record<string, string> {
  return Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
}

export { headerOf };
