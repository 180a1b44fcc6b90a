import { Graph, Resource } from './graph';
import { at, isMap, truth, Unresolved, Value } from './values';

/** How much a template shows of a value that comes through a parameter. */
export type Shown =
  /** Nothing. */
  | 'hidden'
  /** The value is the default, which stands in the template. */
  | 'default'
  /** Whoever may see the stack reads the value. */
  | 'shown'
  /** It comes through no parameter of the template. */
  | 'untold';

/** How much the template of a resource shows of what it does not tell itself. A parameter that shows nowhere has NoEcho and no default. */
export function shownOf({ expression }: Unresolved, { template: name }: Resource, graph: Graph): Shown {
  const template = graph.sources.find((source) => source.name === name)?.template as { readonly Parameters?: Value } | undefined;
  const parameter = at(template?.Parameters, expression);
  if (!isMap(parameter)) return 'untold';
  const { Default: value } = parameter;
  if (value !== undefined && value !== null && value !== '') return 'default';
  return truth(parameter.NoEcho) === true ? 'hidden' : 'shown';
}
