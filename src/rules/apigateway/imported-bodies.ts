import type { Imported } from './imported';
import { follow, member, membersOf, Operation, within } from './openapi';
import { Resource } from '../graph';
import { describe, isMap, listOf, Unresolved, Value } from '../values';

/** The schemas of the bodies that an operation takes, by content type, of a document of version 2 or 3. */
export function bodiesOf({ operation, document }: Imported): ReadonlyArray<readonly [string, Value]> | Unresolved {
  const body = follow(document, member(operation.value, 'requestBody'));
  const content = member(body, 'content');
  if (body instanceof Unresolved || content instanceof Unresolved) return new Unresolved(describe(content ?? body));
  if (body !== undefined) return membersOf(content).map(([type, media]) => [type, member(media, 'schema')]);
  const parameters = parametersOf(operation, document);
  const inBody = parameters.find((parameter) => member(parameter, 'in') === 'body');
  const unread = parameters.find((parameter) => parameter instanceof Unresolved);
  if (inBody === undefined && unread instanceof Unresolved) return unread;
  const types = listOf(member(operation.value, 'consumes') ?? member(document, 'consumes') ?? 'application/json');
  return inBody === undefined ? [] : types.map((type) => [describe(type), member(inBody, 'schema')]);
}

/** The validator of an operation or of its document, as `AWS::ApiGateway::RequestValidator` would have it; undefined where none is named. */
export function validatorOf({ operation, document, method }: Imported): Resource | Unresolved | undefined {
  const name = member(operation.value, 'x-amazon-apigateway-request-validator') ?? member(document, 'x-amazon-apigateway-request-validator');
  if (name === undefined || name === '') return undefined;
  const validator = typeof name === 'string' ? within(document, 'x-amazon-apigateway-request-validators', name) : undefined;
  if (!isMap(validator)) return new Unresolved(`the validator ${describe(name)}`);
  const [ValidateRequestBody, ValidateRequestParameters] = ['validateRequestBody', 'validateRequestParameters'].map((key) => member(validator, key));
  return { ...method, logicalId: describe(name), properties: { ValidateRequestBody, ValidateRequestParameters } };
}

/** The parameters of an operation as `RequestParameters` names them. */
export function parameterNamesOf(operation: Operation, document: Value): readonly string[] {
  return parametersOf(operation, document).flatMap((parameter) => parameterName(parameter) ?? []);
}

function parametersOf({ value, shared }: Operation, document: Value): readonly Value[] {
  return [...listOf(shared), ...listOf(member(value, 'parameters'))].map((parameter) => follow(document, parameter));
}

/** A parameter of a request as `RequestParameters` names it; undefined for one that is no such parameter. */
function parameterName(parameter: Value): string | undefined {
  const place = new Map<Value, string>([['header', 'header'], ['path', 'path'], ['query', 'querystring']]).get(member(parameter, 'in'));
  return place === undefined ? undefined : `method.request.${place}.${describe(member(parameter, 'name'))}`;
}
