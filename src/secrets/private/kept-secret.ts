import { RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { Waiver } from '../../core';
import { ServiceKeyGrants } from '../../foundation';
import { ConfigurationError } from '../../private';
import { acknowledgeInPacks } from '../../private/nag';

/** Properties of a secret that the library keeps. */
export interface KeptSecretProps {
  readonly encryptionKey: kms.IKey;
  readonly description: string;
  /** What the secret holds until somebody, or the first rotation, puts a credential. */
  readonly initially: secretsmanager.SecretStringGenerator;
}

/** Makes the secret of a construct, its primary child: encrypted, retained, and closed to every other account. */
export function keepSecret(scope: Construct, { encryptionKey, description, initially }: KeptSecretProps): secretsmanager.Secret {
  // The secret adds what it needs, without a word where the key is imported; this says what the owner of such a key has to add.
  ServiceKeyGrants.of(encryptionKey).secretsmanager();
  const secret = new secretsmanager.Secret(scope, 'Resource', {
    description, encryptionKey, generateSecretString: initially, removalPolicy: RemovalPolicy.RETAIN,
  });
  secret.addToResourcePolicy(new iam.PolicyStatement({
    sid: 'OwnAccountOnly',
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: ['secretsmanager:*'],
    resources: ['*'],
    conditions: { StringNotEquals: { 'aws:PrincipalAccount': Stack.of(scope).account }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
  }));
  (secret.node.findChild('Policy').node.defaultChild as secretsmanager.CfnResourcePolicy).blockPublicPolicy = true;
  return secret;
}

/** Makes a secret that a person puts, and says why it does not rotate. */
export function keepByHand(scope: Construct, props: KeptSecretProps, withoutRotation: Waiver): secretsmanager.Secret {
  const secret = keepSecret(scope, props);
  withoutRotation.applyTo(secret, 'SECRET-ROTATION');
  acknowledgeInPacks(secret, 'SecretsManagerRotationEnabled', `${withoutRotation.reason} (owner: ${withoutRotation.owner})`);
  return secret;
}

/** Lets `grantee` do something with a secret and with its key. */
export function grantOnSecret(
  secret: secretsmanager.ISecret, key: kms.IKey | undefined, grantee: iam.IGrantable, actions: string[], keyActions: string[],
): iam.Grant {
  const grant = iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [secret.secretArn] });
  return key === undefined ? grant : grant.combine(key.grant(grantee, ...keyActions));
}

/** Lets `grantee` read each version of a kept secret; refuses one of another account, whom the policy of the secret denies. */
export function grantReadOfKept(scope: Construct, secret: secretsmanager.ISecret, key: kms.IKey, grantee: iam.IGrantable): iam.Grant {
  const { principalAccount } = grantee.grantPrincipal;
  const { account } = Stack.of(secret);
  if (principalAccount !== undefined && ![principalAccount, account].some((each) => Token.isUnresolved(each)) && principalAccount !== account) {
    throw new ConfigurationError(scope,
      `'grantee' must be of account ${account}, got one of ${principalAccount}; give that account a role here to assume, or a secret of its own`);
  }
  return grantOnSecret(secret, key, grantee, ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], ['kms:Decrypt']);
}
