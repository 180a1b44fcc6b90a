import { Graph, Resource } from '../graph';
import { Reference, Text, Value } from '../values';

/** The function that a value of the template `home` names: directly, or by one of its aliases or versions. */
export function functionOf(value: Value, home: string, graph: Graph): Resource | undefined {
  const direct = graph.find(value, 'AWS::Lambda::Function', home);
  if (direct) return direct;
  for (const part of value instanceof Text ? value.parts : [value]) {
    if (!(part instanceof Reference) || !QUALIFIERS.includes(part.resource.type)) continue;
    const found = graph.find(part.resource.properties.FunctionName, 'AWS::Lambda::Function', part.resource.template);
    if (found) return found;
  }
  return undefined;
}

/** Resources of a type whose property names the function. */
export function pointingAt(func: Resource, type: string, property: string, graph: Graph): readonly Resource[] {
  return graph.grouped(`by function of ${property}`, type, (resource) => functionOf(resource.properties[property], resource.template, graph)).get(func) ?? [];
}

/** The function with its aliases and versions. */
export function qualifiersOf(func: Resource, graph: Graph): readonly Resource[] {
  return [func, ...QUALIFIERS.flatMap((type) => pointingAt(func, type, 'FunctionName', graph))];
}

const QUALIFIERS = ['AWS::Lambda::Alias', 'AWS::Lambda::Version'];
