import { Place } from './place';
import { HttpMethod } from '../../http-method';

/** Members of a path that are operations (OpenAPI 3.1.1, 4.8.9). */
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Names of what `{...}` stands for in a path, each for a whole part of it, as API Gateway has them. */
const PATH = /^(\/|(\/([A-Za-z0-9._-]+|\{[A-Za-z0-9._-]+\}))+)$/;

/** Resources of a REST API (API Gateway Developer Guide, "Quotas for configuring and running a REST API in API Gateway"). */
const MAX_API_RESOURCES = 300;

/** Resources of a stack (CloudFormation User Guide, "Understand CloudFormation quotas"). */
const MAX_STACK_RESOURCES = 500;

/** An operation of a document. */
export interface Operation {
  /** Its `operationId`, or else its method and path. */
  readonly name: string;
  /** In upper case. */
  readonly method: string;
  readonly path: string;
  /** The operation. */
  readonly place: Place;
  /** What the path says for all of its operations. */
  readonly shared: Place;
}

/** All operations of a document, by name. */
export function operationsOf(root: Place): ReadonlyMap<string, Operation> {
  const operations = new Map<string, Operation>();
  for (const [path, item] of root.at('paths').members()) {
    if (path.startsWith('x-')) continue;
    const shared = item.followed();
    for (const key of METHODS) {
      const place = shared.at(key);
      if (!place.exists) continue;
      const method = key.toUpperCase();
      const name = place.at('operationId').text ?? `${method} ${path}`;
      if (operations.has(name)) {
        throw place.error('name operations apart', `'${name}' twice`, `rename it, or the one at ${operations.get(name)!.place.pointer}`);
      }
      operations.set(name, { name, method, path, place, shared });
    }
  }
  return operations;
}

/** Refuses operations that API Gateway has no place for, before anything is made of them. */
export function requireDeployable(root: Place, operations: readonly Operation[]): void {
  const resources = new Set(operations.flatMap(({ path }) => prefixesOf(path))).size;
  const choose = 'choose operations by `subset`, and serve the others by another API in another stack';
  if (resources > MAX_API_RESOURCES) {
    throw root.at('paths').error(`have paths of at most ${MAX_API_RESOURCES} parts for an API`, `${resources} for ${operations.length} operations`, choose);
  }
  if (resources + operations.length > MAX_STACK_RESOURCES) {
    throw root.at('paths').error(`need at most ${MAX_STACK_RESOURCES} resources for a stack`,
      `at least ${resources + operations.length} for ${operations.length} operations`, choose);
  }
  for (const { method, path, place } of operations) {
    if (!(method in HttpMethod)) throw place.error('have methods that routes can have', method, 'leave the operation out by `subset`');
    if (!PATH.test(path)) {
      throw place.error('have paths whose parts are names or one parameter each', `'${path}'`, 'change the path, or leave the operation out by `subset`');
    }
  }
  requireOneParameter(operations);
}

/** A resource of API Gateway has one child that is a parameter, whose name is the same for all that is below it. */
function requireOneParameter(operations: readonly Operation[]): void {
  const taken = new Map<string, { readonly name: string; readonly place: Place }>();
  for (const { path, place } of operations) {
    for (const prefix of prefixesOf(path).filter((each) => each.endsWith('}'))) {
      const [parent, name] = [prefix.slice(0, prefix.lastIndexOf('/')), prefix.slice(prefix.lastIndexOf('/') + 1)];
      const other = taken.get(parent);
      if (other && other.name !== name) {
        throw place.error('name a parameter alike in all paths', `'${name}' below '${parent}/', and '${other.name}' at ${other.place.pointer}`,
          'rename one of them, since API Gateway knows one parameter there');
      }
      taken.set(parent, { name, place });
    }
  }
}

function prefixesOf(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '');
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
}
