import { Operation } from './operations';
import { Place } from './place';

/** What an operation demands of a request besides its body. */
export interface Demands {
  readonly requiredQuery: string[];
  readonly requiredHeaders: string[];
  /** What API Gateway does not enforce. */
  readonly notes: readonly string[];
}

/** Header fields of which OpenAPI says that a parameter for them is ignored (OpenAPI 3.1.1, 4.8.12.2). */
const IGNORED = ['accept', 'content-type', 'authorization'];

/** Names that a mapping of API Gateway has without doubt. */
const NAME = /^[A-Za-z0-9._-]+$/;

/** What API Gateway demands of a request, which is that parameters are there; of their values it knows nothing. */
export function demandsOf(operation: Operation): Demands {
  const [requiredQuery, requiredHeaders, notes]: [string[], string[], string[]] = [[], [], []];
  const inPath = new Set<string>();
  for (const parameter of parametersOf(operation)) {
    const [kind, name] = [parameter.at('in').text, parameter.at('name').text ?? ''];
    if (kind === 'header' && IGNORED.includes(name.toLowerCase())) continue;
    const required = parameter.at('required').value === true;
    const demandable = (kind === 'query' || kind === 'header') && NAME.test(name);
    if (required && demandable) (kind === 'query' ? requiredQuery : requiredHeaders).push(name);
    if (kind === 'path') requireInPath(operation, parameter, name, inPath);
    const lost = required && !demandable && kind !== 'path' ? 'that it is there, and what it looks like' : 'what it looks like';
    notes.push(`${parameter.pointer}: ${lost} (${kind} parameter '${name}')`);
  }
  for (const [, name] of operation.path.matchAll(/\{([^}]+)\}/g)) {
    if (!inPath.has(name)) throw operation.place.error('describe the parameters of its paths', `no '${name}'`, 'add the parameter');
  }
  return { requiredQuery, requiredHeaders, notes };
}

/** The operation's own take the place of those of its path that have the same name and kind. */
function parametersOf({ place, shared }: Operation): readonly Place[] {
  const parameters = new Map<string, Place>();
  for (const list of [shared.at('parameters'), place.at('parameters')]) {
    const own = new Set<string>();
    for (const item of list.items()) {
      const parameter = item.followed();
      const id = JSON.stringify([parameter.at('in').value, parameter.at('name').value]);
      if (own.has(id)) throw item.error('name a parameter once', `'${String(parameter.at('name').value)}' twice`, 'remove one');
      own.add(id);
      parameters.set(id, parameter);
    }
  }
  return [...parameters.values()];
}

function requireInPath(operation: Operation, parameter: Place, name: string, seen: Set<string>): void {
  if (!operation.path.includes(`{${name}}`)) throw parameter.error('have parameters of a path in that path', `'${name}'`, 'rename or remove it');
  seen.add(name);
}
