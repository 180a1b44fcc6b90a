import { createHash } from 'node:crypto';
import { Duration, Stage } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Construct, IConstruct } from 'constructs';
import { AuthorizerFunction } from './authorizer-function';
import { RouteBinding } from './bindings';
import { requireMutualTls } from './mutual-tls';

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

/** A construct whose function judges tokens. */
export interface TokenAuthorizer extends IConstruct {
  readonly cacheTtl: Duration;
  /** @internal */
  readonly _asked: AuthorizerFunction;
}

/** The authorizer that asks the function of a construct about tokens, one for the API; `kind` starts its id. */
export function tokenAuthorizer(route: RouteBinding, kind: string, authorizer: TokenAuthorizer): apigateway.IAuthorizer {
  const id = `${kind}${hashOf(authorizer)}`;
  const { invocationUri, invocationRole, headers, overMutualTls } = authorizer._asked;
  return route.shared(id, () => {
    if (overMutualTls) requireMutualTls(route, authorizer.node.path);
    return new Authorizer(id, route, {
      name: authorizer.node.id,
      type: 'REQUEST',
      authorizerUri: invocationUri,
      authorizerCredentials: invocationRole.roleArn,
      authorizerResultTtlInSeconds: authorizer.cacheTtl.toSeconds(),
      // An answer is kept for the same token on the same route, so that it never serves another route. API Gateway refuses a request without
      // one of them before it asks (CloudFormation, AWS::ApiGateway::Authorizer, IdentitySource).
      identitySource: [...headers.map((name) => `method.request.header.${name}`), 'context.httpMethod', 'context.resourcePath'].join(','),
    });
  });
}

/** The authorizer that checks tokens of a user pool, one for the API. */
export function cognitoAuthorizer(route: RouteBinding, userPool: cognito.IUserPool): apigateway.IAuthorizer {
  const id = `Cognito${hashOf(userPool)}`;
  return route.shared(id, () => new Authorizer(id, route, {
    name: userPool.node.id,
    type: 'COGNITO_USER_POOLS',
    providerArns: [userPool.userPoolArn],
    authorizerResultTtlInSeconds: 60,
    identitySource: 'method.request.header.Authorization',
  }));
}

/** Tells constructs apart by their path in their stage, so that each environment of an app has the same logical ids. */
function hashOf(construct: IConstruct): string {
  const stage = Stage.of(construct)?.node.path ?? '';
  return createHash('sha256').update(construct.node.path.slice(stage.length)).digest('hex').slice(0, 8);
}
