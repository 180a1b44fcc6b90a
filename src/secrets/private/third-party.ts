import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { BoundStrategy } from './bound-strategy';
import { ConfigurationError } from '../../private';

/** The strategy for a credential that only a function of the user knows: that function is invoked as it was given, and nothing else. */
export function thirdPartyStrategy(adapter: lambda.IFunction): BoundStrategy {
  return {
    bundle: 'third-party',
    environment: (scope) => {
      requireOwnAccount(scope, adapter);
      return { ADAPTER_ARN: adapter.functionArn };
    },
    // Of a version or an alias, the ARN is qualified, and the right with it.
    statements: () => [new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [adapter.functionArn] })],
    patterns: () => [],
  };
}

/** Values go to the adapter, and none goes to another account. */
function requireOwnAccount(scope: Construct, adapter: lambda.IFunction): void {
  const [own, other] = [Stack.of(scope).account, adapter.env.account];
  if (![own, other].some((account) => Token.isUnresolved(account)) && own !== other) {
    throw new ConfigurationError(scope, `'adapter' must be of account ${own}, got one of ${other}; values do not leave the account of the secret`);
  }
}
