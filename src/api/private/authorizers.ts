import { createHash } from 'node:crypto';
import { Stage } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Construct, IConstruct } from 'constructs';
import { RouteBinding } from './bindings';
import { OidcAuthorizer } from '../oidc-authorizer';

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

/** The authorizer that asks the function of an `OidcAuthorizer`, one for the API. */
export function oidcAuthorizer(route: RouteBinding, authorizer: OidcAuthorizer): apigateway.IAuthorizer {
  const id = `Oidc${hashOf(authorizer)}`;
  return route.shared(id, () => new Authorizer(id, route, {
    name: authorizer.node.id,
    type: 'REQUEST',
    authorizerUri: authorizer.invocationUri,
    authorizerCredentials: authorizer.invocationRole.roleArn,
    authorizerResultTtlInSeconds: authorizer.cacheTtl.toSeconds(),
    // An answer is kept for the same token on the same route, so that it never serves another route.
    identitySource: 'method.request.header.Authorization,context.httpMethod,context.resourcePath',
  }));
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
