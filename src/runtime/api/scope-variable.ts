import { createHash } from 'node:crypto';

/**
 * Name of the stage variable with the scopes of a route, such as `POST` and `/orders/{id}`.
 *
 * Hashed, because a name has only letters, digits and underscores, and a resource path has more.
 */
export function scopeVariable(method: string, resourcePath: string): string {
  return `scopes_${createHash('sha256').update(`${method} ${resourcePath}`).digest('hex').slice(0, 16)}`;
}
