import { answersByItself, restApiOf } from './apis';
import { Imported, isApi, judgeOperations } from './imported';
import { bodiesOf } from './imported-bodies';
import { allowsAnything, Opening, openingsIn, openingsOf } from './model-schema';
import { follow } from './openapi';
import { Graph, Resource } from '../graph';
import { jsonOf } from '../json-text';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isMap, isUnknown, Unresolved, Value } from '../values';
import { receiverBehind } from '../webhooks/receivers';

const PROPERTY = 'RequestModels';

/** Methods whose requests have a body; DELETE and GET may, and no backend should read it (RFC 9110, 9.3.1 and 9.3.5). */
const WITH_BODY = ['ANY', 'PATCH', 'POST', 'PUT'];

/** Models that API Gateway makes for each API, which name no member. */
const BUILT_IN = ['Empty', 'Error'];

/** Checks `API-BODY-SCHEMA`. */
export const apiBodySchema: Rule = {
  control: 'API-BODY-SCHEMA',
  check(method, graph) {
    return isApi(method) ? judgeOperations(method, checkImported) : checkMethod(method, graph);
  },
};

function checkMethod(method: Resource, graph: Graph): Outcome | readonly Outcome[] {
  const { RequestModels: models } = method.properties;
  const without = withoutBody(method);
  if (without) return without;
  const receiver = receiverBehind(method, graph);
  if (receiver) return notApplicable(`${receiver.logicalId} takes the bytes that were signed, which WEBHOOK-SIGNATURE checks`);
  if (isUnknown(models)) return cannotTell('UnresolvedModel', `${PROPERTY} is ${describe(models)}`, PROPERTY);
  const named = isMap(models) ? Object.entries(models) : [];
  if (named.length === 0) return violation('NoModel', `${PROPERTY} is not set`, PROPERTY);

  const found = [
    ...named.flatMap(([type, model]) => checkModel(model, `${PROPERTY}.${type}`, method, graph)),
    ...passing(method, named.map(([type]) => type), PROPERTY),
  ];
  return found.length > 0 ? found : compliant(`bodies follow ${named.map(([type, model]) => `${describe(model)} (${type})`).join(', ')}`, PROPERTY);
}

function checkImported(imported: Imported): Outcome | readonly Outcome[] {
  const { document, method, operation: { property } } = imported;
  const without = withoutBody(method);
  if (without) return without;
  const bodies = bodiesOf(imported);
  if (bodies instanceof Unresolved) return cannotTell('UnresolvedModel', `the document does not tell the body: ${bodies.expression}`);
  if (bodies.length === 0) return violation('NoModel', 'no body is described');

  const types = bodies.map(([type]) => type);
  const found = [
    ...bodies.flatMap(([type, stated]) => {
      const schema = follow(document, stated) ?? {};
      return checkSchema(schema, `the schema of ${type}`, `${property}.${type}`, isMap(schema) ? openingsIn(document, schema) : openingsOf(schema));
    }),
    ...passing(method, types, property),
  ];
  return found.length > 0 ? found : compliant(`bodies of ${types.join(', ')} follow a schema`);
}

/** Why the control does not concern a method, if so. */
function withoutBody(method: Resource): Outcome | undefined {
  const { HttpMethod } = method.properties;
  if (!isUnknown(HttpMethod) && !WITH_BODY.includes(describe(HttpMethod))) return notApplicable('requests of the method have no body');
  return answersByItself(method) ? notApplicable('nothing behind the method reads the request') : undefined;
}

function passing(method: Resource, types: readonly string[], property: string): readonly Outcome[] {
  return letsOthersPass(method, types) ? [violation('OtherContentTypes', `a body that is none of ${types.join(', ')} passes`, property)] : [];
}

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
  return checkSchema(schema, model.logicalId, property, openingsOf(schema));
}

function checkSchema(schema: Value, name: string, property: string, openings: readonly Opening[]): readonly Outcome[] {
  if (allowsAnything(schema)) return [violation('EmptyModel', `${name} allows any body`, property)];
  const places = (kind: string) => openings.filter((opening) => opening.kind === kind).map(({ path }) => path).join(', ');
  const [open, unbounded, untold] = ['open-object', 'unbounded', 'untold'].map(places);
  return [
    ...(open ? [violation('OpenObject', `${name} takes members that it does not name, at ${open}`, property)] : []),
    ...(unbounded ? [violation('Unbounded', `${name} bounds neither length nor kind at ${unbounded}`, property)] : []),
    ...(untold ? [cannotTell('UnresolvedModel', `the template does not tell the schema of ${name} at ${untold}`, property)] : []),
  ];
}

function modelNamed(name: Value, method: Resource, graph: Graph): Resource | undefined {
  const api = restApiOf(method, graph);
  return graph.ofType('AWS::ApiGateway::Model').find((model) => typeof name === 'string' && model.properties.Name === name && restApiOf(model, graph) === api);
}
