import { IResolvable, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { BoundStrategy } from './bound-strategy';
import { acknowledgeInPacks } from '../../private/nag';

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

/** An ARN as cdk-nag writes it: `<Plan>` for a reference, and the name of its export for one to another stack. */
function spelledInPacks(stack: Stack, arn: string): string {
  return Tokenization.reverseString(arn)
    .mapTokens({ mapToken: (token) => nameInPacks(stack, token) })
    .join({ join: (left, right) => `${left ?? ''}${right ?? ''}` }) as string;
}

function nameInPacks(stack: Stack, token: IResolvable): string {
  const home = Reference.isReference(token) ? Stack.of(token.target) : stack;
  const told: unknown = stack.resolve(home === stack ? token : home.exportValue(token));
  if (typeof told === 'string') return told;
  const [[name, argument]] = Object.entries(told as object) as Array<[string, string | string[]]>;
  return name === 'Fn::ImportValue' ? String(argument) : `<${[argument].flat().join('.')}>`;
}
