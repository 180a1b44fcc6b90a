import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { BoundStrategy } from './bound-strategy';
import { acknowledgeInPacks } from '../../private/nag';
import { spelledInPacks } from '../../private/nag-spelling';

/** Says to other rule packs why a rotation function is as it is. */
export function acknowledgeRotator(rotator: lambda.Function, role: iam.Role, patterns: BoundStrategy['patterns']): void {
  const policy = role.node.findChild('DefaultPolicy');
  acknowledgeInPacks(policy, 'IAMNoInlinePolicy', 'the policy belongs to this one role, is written by its grants and is reviewed with it');
  acknowledgeInPacks(policy, 'IAMNoWildcardPermissions',
    'AWS X-Ray takes trace segments without naming a resource: PutTraceSegments and PutTelemetryRecords support no other resource than *', 'Resource::*');
  for (const [arn, reason] of patterns(role)) {
    acknowledgeInPacks(policy, 'IAMNoWildcardPermissions', reason, `Resource::${spelledInPacks(Stack.of(role), arn)}`);
  }
  acknowledgeInPacks(rotator, 'LambdaInsideVPC',
    'the function calls AWS over TLS and reaches nothing inside a network, so a VPC would add a route and no barrier');
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
