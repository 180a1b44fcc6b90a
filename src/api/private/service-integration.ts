import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { BoundIntegration, RouteBinding } from './bindings';

/** A call of an AWS service that a request becomes. */
export interface ServiceCall {
  readonly service: string;
  /** Action, for services that are asked by one; else `path`. */
  readonly action?: string;
  readonly path?: string;
  /** Header fields of the call. */
  readonly headers: Readonly<Record<string, string>>;
  /** Mapping template of the call's body, for a JSON body. */
  readonly template: string;
  /** Start of the template of the answer, for a service that tells of a failure in an answer of 200. */
  readonly answer?: string;
}

/** Only the request's id: the answers of services tell account, Region and ARNs. */
const ACCEPTED = '{"requestId":"$context.requestId"}';
const FAILED = '{"message":"The request was not accepted. Send it again later.","requestId":"$context.requestId"}';

/**
 * Asks an AWS service by the API's role.
 *
 * A body of another media type than JSON is refused with 415, since no template is for it. The caller gets 202 once the service has the
 * request, and 503 for whatever else it says, so that it sends again what was not taken.
 */
export function serviceIntegration(route: RouteBinding, call: ServiceCall): BoundIntegration {
  const headers = Object.entries(call.headers).map(([name, value]) => [`integration.request.header.${name}`, `'${value}'`]);
  return {
    integration: new apigateway.AwsIntegration({
      service: call.service,
      action: call.action,
      path: call.path,
      integrationHttpMethod: 'POST',
      options: {
        credentialsRole: route.role(),
        passthroughBehavior: apigateway.PassthroughBehavior.NEVER,
        requestParameters: Object.fromEntries(headers) as Record<string, string>,
        requestTemplates: { 'application/json': call.template },
        integrationResponses: [
          { statusCode: '202', selectionPattern: '200', responseTemplates: { 'application/json': `${call.answer ?? ''}${ACCEPTED}` } },
          // The pattern-less response is the default, for whatever the others do not match.
          { statusCode: '503', responseTemplates: { 'application/json': FAILED } },
        ],
      },
    }),
    methodResponses: [{ statusCode: '202' }, { statusCode: '503' }],
  };
}

/** A JSON string of text in a mapping template; `escapeJavaScript` escapes single quotes, which JSON does not know. */
export function jsonString(expression: string): string {
  return `"$util.escapeJavaScript(${expression}).replaceAll("\\\\'", "'")"`;
}

