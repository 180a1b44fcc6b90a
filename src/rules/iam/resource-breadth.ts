import { shapeOf } from '../narrowing';
import { Statement } from '../policy-document';
import { Value } from '../values';

/** How much a resource of an identity policy spans: everything, all of a service or type or account, named things, or untold. */
export type Breadth = 'all' | 'wide' | 'narrow' | 'unknown';

/** Services whose resource part starts with a name instead of a type, so that `name/*` is one thing and not all of a type. */
const NAME_FIRST = new Set(['s3', 'execute-api', 's3-object-lambda']);

/** How much one value of `Resource` spans. */
export function breadthOf(value: Value): Breadth {
  const shape = shapeOf(value);
  if (shape === '!') return 'unknown';
  if (/^[*?]+$/.test(shape)) return 'all';
  // A star crosses colons, so that one before the service, as in `arn*`, spans every ARN.
  if (/^[a-z]*[*?]/.test(shape)) return 'all';
  if (!shape.startsWith('arn:')) return shape.startsWith('!') ? 'unknown' : 'narrow';
  const [, , service = '', , account = '', ...rest] = shape.split(':');
  const resource = rest.join(':');
  if (/^[*?]*$/.test(service)) return 'all';
  if (resource.startsWith('!')) return 'unknown';
  if (/[*?]/.test(account) || /^[*?]/.test(resource) || resource === '') return 'wide';
  return !NAME_FIRST.has(service) && /^[A-Za-z-]+[/:][*?]/.test(resource) ? 'wide' : 'narrow';
}

/**
 * How much the widest resource of a statement spans; everything where it names what it spares.
 *
 * With `service`, resources of other services are left out of account.
 */
export function breadthOfStatement(statement: Statement, service?: string): Breadth {
  if (statement.notResource) return 'all';
  const ofOthers = (value: Value) => service !== undefined && new RegExp(`^arn:[^:]*:(?!${service}:)[a-z0-9-]+:`).test(shapeOf(value));
  const each = statement.resources.map((value) => (ofOthers(value) ? 'narrow' : breadthOf(value)));
  return (['all', 'wide', 'unknown'] as const).find((breadth) => each.includes(breadth)) ?? (each.length > 0 ? 'narrow' : 'unknown');
}
