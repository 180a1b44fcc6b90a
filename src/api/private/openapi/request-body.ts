import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Limits, modelSchema } from './model-schema';
import { Operation } from './operations';
import { Place } from './place';
import { WITH_BODY } from '../routes';

/** What an operation takes as a body. */
export interface Body {
  readonly body?: apigateway.JsonSchema;
  /** Findings of `API-BODY-SCHEMA` that are left. */
  readonly left: readonly string[];
  /** What is not enforced, or stricter than the document says. */
  readonly notes: readonly string[];
}

/** JSON with or without parameters; other media types are refused by the web ACL and fit no model. */
const JSON_TYPE = /^application\/json\s*(;|$)/i;

/** A body of a request that has none, which API Gateway judges as an empty object. */
const EMPTY: apigateway.JsonSchema = { type: apigateway.JsonSchemaType.OBJECT, maxProperties: 0, additionalProperties: false };

/** What an operation takes as a body by what its document says. */
export function bodyOf(operation: Operation, version: string, limits: Limits): Body {
  const at = operation.place.at('requestBody');
  if (!WITH_BODY.includes(operation.method)) {
    return { left: [], notes: at.exists ? [`${at.pointer}: the body of ${operation.method}, which nobody should read (RFC 9110, 9.3)`] : [] };
  }
  if (!at.exists) return { body: EMPTY, left: [], notes: [] };

  const request = at.followed();
  const { schema, others } = jsonOf(request);
  const model = modelSchema(schema, version, limits);
  return {
    body: model.schema,
    left: model.left,
    notes: [
      ...(request.at('required').value === true ? [] : [`${request.pointer}: that the body may be left out, which counts as an empty object`]),
      ...others.map((place) => `${place.pointer}: bodies of this media type, which are refused`),
      ...model.notes,
    ],
  };
}

function jsonOf(request: Place): { readonly schema: Place; readonly others: readonly Place[] } {
  const content = request.at('content');
  const types = content.members();
  const [json, ...more] = types.filter(([type]) => JSON_TYPE.test(type)).map(([, place]) => place);
  if (!json || more.length > 0) {
    throw content.error('describe a body as application/json', json ? 'it twice' : types.map(([type]) => `'${type}'`).join(', ') || 'nothing',
      'describe it once, or give `withoutBodySchema`, and a web ACL with the media type in `contentTypes`');
  }
  const schema = json.at('schema');
  if (!schema.exists) throw json.error('say what a body looks like', 'no schema', 'add one, or give `withoutBodySchema`');
  return { schema, others: types.map(([, place]) => place).filter((place) => place.key !== json.key) };
}
