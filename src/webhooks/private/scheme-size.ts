import { IConstruct } from 'constructs';
import { BoundScheme } from './bound-scheme';
import { ConfigurationError } from '../../private';

/** All variables of a function together have 4 KB (Lambda Developer Guide, "Lambda quotas"); the other ones of a receiver take up to a third. */
const MAX_DOCUMENT_BYTES = 2560;

/** Refuses a scheme that the environment of a function has no room for. The values of tokens are not known, and count as they are written. */
export function requireSmall(scope: IConstruct, bound: BoundScheme): BoundScheme {
  const bytes = Buffer.byteLength(JSON.stringify(bound.document));
  if (bytes <= MAX_DOCUMENT_BYTES) return bound;
  throw new ConfigurationError(scope, `'scheme' must have at most ${MAX_DOCUMENT_BYTES} bytes of JSON, got ${bytes}; use several receivers`);
}
