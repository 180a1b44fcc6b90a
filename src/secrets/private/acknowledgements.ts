import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { BoundStrategy } from './bound-strategy';
import { acknowledgeInPacks } from '../../private/nag';
import { spelledInPacks } from '../../private/nag-spelling';

/** Says to other rule packs why the role of a rotation function names more than one resource. */
export function acknowledgePatterns(role: iam.Role, patterns: BoundStrategy['patterns']): void {
  for (const [arn, reason] of patterns(role)) {
    acknowledgeInPacks(role.node.findChild('DefaultPolicy'), 'IAMNoWildcardPermissions', reason, `Resource::${spelledInPacks(Stack.of(role), arn)}`);
  }
}

/** Says to other rule packs why a managed external secret is as it is. */
export function acknowledgeExternalRotation(secret: secretsmanager.Secret, role: iam.Role): void {
  const policy = role.node.findChild('DefaultPolicy');
  acknowledgeInPacks(secret, 'SecretsManagerRotationEnabled',
    'the provider of the managed external secret rotates it by the schedule in this stack; the rule looks for a function, which such a secret has none of');
  acknowledgeInPacks(policy, 'IAMNoInlinePolicy', 'the policy belongs to this one role, is written by its grants and is reviewed with it');
  acknowledgeInPacks(policy, 'IAMNoWildcardPermissions',
    'Secrets Manager makes up passwords without naming a resource: GetRandomPassword supports no other resource than *', 'Resource::*');
}
