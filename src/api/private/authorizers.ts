import { Duration } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Construct, IConstruct } from 'constructs';
import { AuthorizerFunction } from './authorizer-function';
import { RouteBinding } from './bindings';
import { requireMutualTls } from './mutual-tls';
import { pathHash } from './path-hash';

/** An authorizer of one REST API, which the L2s would give a Lambda permission of its own. */
class Authorizer extends Construct implements apigateway.IAuthorizer {
  public readonly authorizerId: string;

  constructor(id: string, { api, restApi }: RouteBinding, props: Omit<apigateway.CfnAuthorizerProps, 'restApiId'>) {
    super(api, id);
    this.authorizerId = new apigateway.CfnAuthorizer(this, 'Resource', { ...props, restApiId: restApi.restApiId }).ref;
    // What a deployment contains is fixed; a change of the authorizer makes a new one.
    restApi.latestDeployment?.addToLogicalId({ authorizer: props });
  }
}

/** What an answer depends on besides the token. */
const REQUEST = ['context.httpMethod', 'context.resourcePath', 'context.identity.sourceIp'];

/** A construct whose function judges tokens. */
export interface TokenAuthorizer extends IConstruct {
  readonly cacheTtl: Duration;
  /** @internal */
  readonly _asked: AuthorizerFunction;
}

/** The authorizer that asks the function of a construct about tokens, one for the API; `kind` starts its id. */
export function tokenAuthorizer(route: RouteBinding, kind: string, authorizer: TokenAuthorizer): apigateway.IAuthorizer {
  const hash = pathHash(authorizer, 8);
  const id = `${kind}${hash}`;
  const { invocationUri, invocationRole, headers, overMutualTls } = authorizer._asked;
  return route.shared(id, () => {
    if (overMutualTls) requireMutualTls(route, authorizer.node.path);
    return new Authorizer(id, route, {
      name: nameOf(authorizer, hash),
      type: 'REQUEST',
      authorizerUri: invocationUri,
      authorizerCredentials: invocationRole.roleArn,
      authorizerResultTtlInSeconds: authorizer.cacheTtl.toSeconds(),
      // An answer is kept for the same token on the same route from the same address, so that it serves no other route, and nobody who calls
      // from where the consumer does not. API Gateway refuses a request without one of them before it asks (CloudFormation,
      // AWS::ApiGateway::Authorizer, IdentitySource).
      identitySource: [...headers.map((name) => `method.request.header.${name}`), ...REQUEST].join(','),
    });
  });
}

/** The authorizer that checks tokens of a user pool, one for the API. */
export function cognitoAuthorizer(route: RouteBinding, userPool: cognito.IUserPool): apigateway.IAuthorizer {
  const hash = pathHash(userPool, 8);
  const id = `Cognito${hash}`;
  return route.shared(id, () => new Authorizer(id, route, {
    name: nameOf(userPool, hash),
    type: 'COGNITO_USER_POOLS',
    providerArns: [userPool.userPoolArn],
    authorizerResultTtlInSeconds: 60,
    identitySource: 'method.request.header.Authorization',
  }));
}

/** An API has one authorizer of a name, and two constructs may have one id (API Gateway API Reference, CreateAuthorizer: 409). */
function nameOf({ node }: IConstruct, hash: string): string {
  return `${node.id}-${hash}`;
}
