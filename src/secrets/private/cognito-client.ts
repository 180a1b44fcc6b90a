import { Token } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { BoundStrategy } from './bound-strategy';
import { ConfigurationError } from '../../private';

const TOKEN_ENDPOINT = /^https:\/\/[a-z0-9.-]+(:\d+)?\/oauth2\/token$/;

/**
 * The strategy for secrets of an app client. The actions know the user pool as resource, so IAM cannot narrow them to the client (Service
 * Authorization Reference, Amazon Cognito User Pools). Whether a secret works is asked without any right.
 */
export function cognitoClientStrategy(userPool: cognito.IUserPool, client: cognito.IUserPoolClient, tokenEndpoint?: string): BoundStrategy {
  return {
    bundle: 'cognito-client-secret',
    environment: (scope) => {
      requireSecret(scope, client);
      requireTokenEndpoint(scope, tokenEndpoint);
      return {
        USER_POOL_ID: userPool.userPoolId,
        CLIENT_ID: client.userPoolClientId,
        ...tokenEndpoint === undefined ? {} : { TOKEN_ENDPOINT: tokenEndpoint },
      };
    },
    statements: () => [new iam.PolicyStatement({
      actions: ['cognito-idp:AddUserPoolClientSecret', 'cognito-idp:DeleteUserPoolClientSecret', 'cognito-idp:ListUserPoolClientSecrets'],
      resources: [userPool.userPoolArn],
    })],
    patterns: () => [],
  };
}

/** Only what an L1 says can be judged: an imported client says nothing. */
function requireSecret(scope: Construct, client: cognito.IUserPoolClient): void {
  const resource = client.node.defaultChild;
  if (resource instanceof cognito.CfnUserPoolClient && !Token.isUnresolved(resource.generateSecret) && resource.generateSecret !== true) {
    throw new ConfigurationError(scope, `'client' must have a secret, got '${client.node.id}' without; make it with generateSecret, since a client gets none later`);
  }
}

function requireTokenEndpoint(scope: Construct, tokenEndpoint: string | undefined): void {
  if (tokenEndpoint !== undefined && !Token.isUnresolved(tokenEndpoint) && !TOKEN_ENDPOINT.test(tokenEndpoint)) {
    throw new ConfigurationError(scope,
      `'tokenEndpoint' must be an https URL that ends in /oauth2/token, got '${tokenEndpoint}'; take \`\${domain.baseUrl()}/oauth2/token\``);
  }
}
