import { answersByItself, restApiOf } from './apis';
import { allowsAnything, openingsOf } from './model-schema';
import { Graph, Resource } from '../graph';
import { jsonOf } from '../json-text';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isMap, isUnknown, Value } from '../values';

const PROPERTY = 'RequestModels';

/** Methods whose requests have a body; DELETE and GET may, and no backend should read it (RFC 9110, 9.3.1 and 9.3.5). */
const WITH_BODY = ['ANY', 'PATCH', 'POST', 'PUT'];

/** Models that API Gateway makes for each API, which name no member. */
const BUILT_IN = ['Empty', 'Error'];

/** Checks `API-BODY-SCHEMA`. */
export const apiBodySchema: Rule = {
  control: 'API-BODY-SCHEMA',
  check(method, graph) {
    const { HttpMethod, RequestModels: models } = method.properties;
    if (!isUnknown(HttpMethod) && !WITH_BODY.includes(describe(HttpMethod))) return notApplicable('requests of the method have no body');
    if (answersByItself(method)) return notApplicable('nothing behind the method reads the request');
    if (isUnknown(models)) return cannotTell('UnresolvedModel', `${PROPERTY} is ${describe(models)}`, PROPERTY);
    const named = isMap(models) ? Object.entries(models) : [];
    if (named.length === 0) return violation('NoModel', `${PROPERTY} is not set`, PROPERTY);

    const found = [
      ...named.flatMap(([type, model]) => checkModel(model, `${PROPERTY}.${type}`, method, graph)),
      ...(letsOthersPass(method, named.map(([type]) => type)) ? [violation('OtherContentTypes', `a body that is none of ${named.map(([type]) => type).join(', ')} passes`, PROPERTY)] : []),
    ];
    return found.length > 0 ? found : compliant(`bodies follow ${named.map(([type, model]) => `${describe(model)} (${type})`).join(', ')}`, PROPERTY);
  },
};

/** API Gateway validates no body of a content type without model; it refuses one only where an integration without proxy passes none through. */
function letsOthersPass({ properties }: Resource, types: readonly string[]): boolean {
  if (types.includes('$default')) return false;
  const [kind, passthrough, templates] = ['Type', 'PassthroughBehavior', 'RequestTemplates'].map((key) => at(properties.Integration, key));
  const mapped = isMap(templates) ? Object.keys(templates) : [];
  const refuses = passthrough === 'NEVER' || (passthrough === 'WHEN_NO_TEMPLATES' && mapped.length > 0);
  return !((kind === 'AWS' || kind === 'HTTP') && refuses && !isUnknown(templates) && mapped.every((type) => types.includes(type)));
}

function checkModel(value: Value, property: string, method: Resource, graph: Graph): readonly Outcome[] {
  if (BUILT_IN.includes(describe(value))) return [violation('EmptyModel', `${describe(value)} allows any body`, property)];
  const model = graph.find(value, 'AWS::ApiGateway::Model') ?? modelNamed(value, method, graph);
  if (!model) return [cannotTell('UnresolvedModel', `no template describes the model ${describe(value)}`, property)];
  const schema = jsonOf(model.properties.Schema) ?? {};
  if (allowsAnything(schema)) return [violation('EmptyModel', `${model.logicalId} allows any body`, property)];
  const openings = openingsOf(schema);
  const places = (kind: string) => openings.filter((opening) => opening.kind === kind).map(({ path }) => path).join(', ');
  const [open, unbounded, untold] = ['open-object', 'unbounded', 'untold'].map(places);
  return [
    ...(open ? [violation('OpenObject', `${model.logicalId} takes members that it does not name, at ${open}`, property)] : []),
    ...(unbounded ? [violation('Unbounded', `${model.logicalId} bounds neither length nor kind at ${unbounded}`, property)] : []),
    ...(untold ? [cannotTell('UnresolvedModel', `the template does not tell the schema of ${model.logicalId} at ${untold}`, property)] : []),
  ];
}

function modelNamed(name: Value, method: Resource, graph: Graph): Resource | undefined {
  const api = restApiOf(method, graph);
  return graph.ofType('AWS::ApiGateway::Model').find((model) => typeof name === 'string' && model.properties.Name === name && restApiOf(model, graph) === api);
}
