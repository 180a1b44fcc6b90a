import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { scopeVariable } from './scope-variable';

/** The method that a request is for, as the API defines it and not as the caller wrote it. */
export interface Route {
  /** Such as `POST /orders/{id}`. */
  readonly name: string;
  /** Scopes of which a token needs one; none if the stage does not say. */
  readonly scopes: readonly string[];
  /** ARN pattern of the route: each path parameter is `*`. */
  readonly arn: string;
}

const METHOD = /^[A-Z]+$/;

/** A resource's path, without what would mean something in the resource of a policy (IAM User Guide, "IAM JSON policy elements: Resource"). */
const RESOURCE_PATH = /^\/[^*?$\s]*$/;

const PARAMETER = /\{[^{}/]+\}/g;

/**
 * The route of an event; undefined for an event that no REQUEST authorizer of a REST API gets.
 *
 * The ARN is made of the API's own definition, so no path that a caller writes can widen it.
 */
export function tryRouteOf(event: APIGatewayRequestAuthorizerEvent): Route | undefined {
  const { methodArn, requestContext, stageVariables } = (event ?? {}) as Partial<APIGatewayRequestAuthorizerEvent>;
  const { httpMethod, resourcePath } = requestContext ?? {};
  if (typeof methodArn !== 'string' || typeof httpMethod !== 'string' || typeof resourcePath !== 'string') return undefined;
  if (!METHOD.test(httpMethod) || !RESOURCE_PATH.test(resourcePath)) return undefined;

  const [api, stage, method] = methodArn.split('/');
  if (!/^arn:[^*?$\s]+$/.test(api) || !/^[A-Za-z0-9_-]+$/.test(stage) || method !== httpMethod) return undefined;

  const scopes: unknown = stageVariables?.[scopeVariable(httpMethod, resourcePath)];
  return {
    name: `${httpMethod} ${resourcePath}`,
    scopes: typeof scopes === 'string' ? scopes.split(',').filter((scope) => scope !== '') : [],
    arn: `${api}/${stage}/${httpMethod}${resourcePath.replace(PARAMETER, '*')}`,
  };
}
