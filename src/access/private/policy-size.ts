import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

/** Characters of a managed policy at most, white space aside (AWS IAM User Guide, "IAM and AWS STS quotas"). */
export const MAX_MANAGED_CHARACTERS = 6144;

/** Characters of a trust policy at most, unless the quota was raised (the same page). */
export const MAX_TRUST_CHARACTERS = 2048;

/** Characters of the inline policy of a permission set at most, white space aside (AWS IAM Identity Center User Guide, "Quotas"). */
export const MAX_PERMISSION_SET_CHARACTERS = 10_240;

/** Characters that stand in for what deployment alone knows: the name of a partition or an account is shorter, an ARN is about as long. */
const PSEUDO = 12;
const REFERENCE = 80;

/** How many characters a policy has, white space aside, at most about. */
export function charactersOf(scope: IConstruct, document: iam.PolicyDocument): number {
  return JSON.stringify(Stack.of(scope).resolve(document), (_key, value: unknown) => shown(value)).replace(/\s/g, '').length;
}

/** Fails the synthesis where a policy has grown beyond what IAM takes. */
export function validateSize(scope: IConstruct, what: string, document: () => iam.PolicyDocument, limit: number): void {
  scope.node.addValidation({
    validate: () => {
      const characters = charactersOf(scope, document());
      return characters <= limit ? [] : [`${what} must have at most ${limit} characters, got ${characters}; divide what it says among several`];
    },
  });
}

function shown(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const [[name, argument] = [], ...others] = Object.entries(value);
  if (name === undefined || others.length > 0) return value;
  if (name === 'Ref') return 'x'.repeat(String(argument).startsWith('AWS::') ? PSEUDO : REFERENCE);
  if (name === 'Fn::Join') return (argument as [string, unknown[]])[1].map((part) => String(shown(part))).join((argument as [string, unknown[]])[0]);
  return name.startsWith('Fn::') ? 'x'.repeat(REFERENCE) : value;
}
