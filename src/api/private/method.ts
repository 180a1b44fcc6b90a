import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { BoundAuthorization, BoundIntegration, RouteBinding } from './bindings';
import { requestModel, requestValidator } from './request-validation';
import { acknowledgeInPacks } from '../../private/nag';
import { RouteOptions } from '../route';

/** What the options of a route say about its method and stage. */
export type MethodOptions = Omit<RouteOptions, 'integration' | 'authorization' | 'requireApiKey'>;

/** What makes a route. */
export interface MethodParts {
  readonly authorization: BoundAuthorization;
  readonly integration: BoundIntegration;
  readonly requiresApiKey: boolean;
  /** Why nothing but the function behind the route asks who calls, where that is so. */
  readonly open?: string;
}

/** Makes the method of a route, and records what its options waive. */
export function methodOf(
  route: RouteBinding, options: MethodOptions, { authorization, integration: { integration, methodResponses }, requiresApiKey, open }: MethodParts,
): apigateway.Method {
  const { api, restApi } = route;
  const method = restApi.root.resourceForPath(route.path).addMethod(route.httpMethod, integration, {
    authorizationType: authorization.authorizationType,
    authorizer: authorization.authorizer,
    authorizationScopes: authorization.authorizationScopes,
    apiKeyRequired: requiresApiKey || undefined,
    methodResponses,
    requestValidator: requestValidator(api, restApi),
    // API Gateway validates a body only by the model of its media type; this one stands for any (CloudFormation, AWS::ApiGateway::Method, RequestModels).
    requestModels: options.body && { $default: requestModel(api, restApi, options.body) },
    requestParameters: Object.fromEntries([
      ...route.pathParameters.map((name) => `path.${name}`),
      ...(options.requiredQuery ?? []).map((name) => `querystring.${name}`),
      ...(options.requiredHeaders ?? []).map((name) => `header.${name}`),
    ].map((name) => [`method.request.${name}`, true])),
  });
  options.withoutAuthorization?.applyTo(method, 'API-AUTHORIZATION');
  options.withoutBodySchema?.applyTo(method, 'API-BODY-SCHEMA');
  if (open !== undefined) acknowledgeInPacks(method, 'APIGWAuthorization', open);
  if (authorization.authorizationType !== apigateway.AuthorizationType.COGNITO) {
    acknowledgeInPacks(method, 'CognitoUserPoolAPIGWAuthorizer', 'callers are not users of a Cognito user pool; API-AUTHORIZATION checks that the route asks who they are');
  }
  return method;
}
