import { answersByItself } from './apis';
import { Imported, isApi, judgeOperations } from './imported';
import { bodiesOf, validatorOf } from './imported-bodies';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { describe, isMap, truth, Unresolved, Value } from '../values';

const PROPERTY = 'RequestValidatorId';

/** Checks `API-REQUEST-VALIDATION`. */
export const apiRequestValidation: Rule = {
  control: 'API-REQUEST-VALIDATION',
  check(method, graph) {
    return isApi(method) ? judgeOperations(method, checkImported) : checkMethod(method, graph);
  },
};

function checkMethod(method: Resource, graph: Graph): Outcome | Outcome[] {
  const { RequestValidatorId } = method.properties;
  if (answersByItself(method)) return notApplicable('nothing behind the method reads the request');
  if (RequestValidatorId === undefined || RequestValidatorId === '') return violation('NoValidator', `${PROPERTY} is not set`, PROPERTY);
  const validator = graph.find(RequestValidatorId, 'AWS::ApiGateway::RequestValidator');
  if (!validator) return cannotTell('UnresolvedValidator', `no template describes the validator ${describe(RequestValidatorId)}`, PROPERTY);
  return checkValidator(method, validator);
}

function checkImported(imported: Imported): Outcome | Outcome[] {
  const { method } = imported;
  if (answersByItself(method)) return notApplicable('nothing behind the method reads the request');
  const validator = validatorOf(imported);
  if (validator === undefined) return violation('NoValidator', 'no x-amazon-apigateway-request-validator stands at it or in the document');
  if (validator instanceof Unresolved) return cannotTell('UnresolvedValidator', `the document does not tell ${validator.expression}`);
  const bodies = bodiesOf(imported);
  const RequestModels = bodies instanceof Unresolved ? bodies : Object.fromEntries(bodies.map(([type]) => [type, 'a schema']));
  return checkValidator({ ...method, properties: { ...method.properties, RequestModels } }, validator);
}

function checkValidator({ properties }: Resource, validator: Resource): Outcome | Outcome[] {
  const body = truth(validator.properties.ValidateRequestBody);
  const parameters = truth(validator.properties.ValidateRequestParameters);
  if (body instanceof Unresolved || parameters instanceof Unresolved) {
    return cannotTell('UnresolvedValidator', `the template does not tell what ${validator.logicalId} validates`, PROPERTY);
  }
  if (!body && !parameters) return violation('ValidatorOff', `${validator.logicalId} validates nothing`, PROPERTY);
  const found = [
    ...(!body && declares(properties.RequestModels) ? [violation('BodyNotValidated', `${validator.logicalId} ignores RequestModels`, PROPERTY)] : []),
    ...(!parameters && declares(properties.RequestParameters)
      ? [violation('ParametersNotValidated', `${validator.logicalId} ignores RequestParameters`, PROPERTY)] : []),
  ];
  if (found.length > 0) return found;
  const [models, names] = [membersOf(properties.RequestModels), membersOf(properties.RequestParameters)];
  const checked = [
    ...(body ? [`the body${models.length > 0 ? ` by ${models.map(([type, model]) => `${describe(model)} (${type})`).join(', ')}` : ''}`] : []),
    ...(parameters ? [`the parameters${names.length > 0 ? ` ${names.map(([name]) => name.replace(/^method\.request\./, '')).join(', ')}` : ''}`] : []),
  ];
  return compliant(`${validator.logicalId} validates ${checked.join(' and ')}`, PROPERTY);
}

function membersOf(value: Value): ReadonlyArray<[string, Value]> {
  return isMap(value) ? Object.entries(value) : [];
}

function declares(value: Value): boolean {
  return value instanceof Unresolved || (isMap(value) && Object.keys(value).length > 0);
}
