import { ImportedMethod } from './imported';
import { Graph, Resource } from '../graph';
import { at, Reference, Value } from '../values';

/** The REST API that a stage, method, model or authorizer belongs to; undefined where no template describes it. */
export function restApiOf({ properties }: Resource, graph: Graph): Resource | undefined {
  return graph.find(properties.RestApiId, 'AWS::ApiGateway::RestApi');
}

/** Resources of a type that belong to a REST API. */
export function partsOf(api: Resource, type: string, graph: Graph): readonly Resource[] {
  return graph.grouped('by API', type, (part) => restApiOf(part, graph)).get(api) ?? [];
}

/** Where a REST API can be reached, `EDGE`, `REGIONAL` or `PRIVATE`; a parameter of the import may say it as well. */
export function endpointTypesOf({ properties }: Resource): Value {
  return at(properties, 'EndpointConfiguration.Types') ?? at(properties, 'Parameters.endpointConfigurationTypes');
}

/** The name by which CloudWatch knows a REST API; an imported one may have it in its OpenAPI definition. */
export function metricNameOf({ properties }: Resource): Value {
  return properties.Name ?? at(properties.Body, 'info.title');
}

/** The path of a method, such as `/orders/{id}`; undefined where the template does not tell it. */
export function pathOf(method: Resource | ImportedMethod, graph: Graph): string | undefined {
  if ('path' in method) return method.path;
  const parts: string[] = [];
  const visited = new Set<Resource>();
  let place = method.properties.ResourceId;
  for (;;) {
    const resource = graph.find(place, 'AWS::ApiGateway::Resource');
    if (!resource) break;
    const part = resource.properties.PathPart;
    if (typeof part !== 'string' || visited.has(resource)) return undefined;
    visited.add(resource);
    parts.unshift(part);
    place = resource.properties.ParentId;
  }
  return place instanceof Reference && place.attribute === 'RootResourceId' ? `/${parts.join('/')}` : undefined;
}

/** Whether nothing behind a method reads what is sent to it. */
export function answersByItself({ properties }: Resource): boolean {
  return properties.HttpMethod === 'OPTIONS' || at(properties.Integration, 'Type') === 'MOCK';
}
