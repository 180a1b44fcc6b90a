import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { acknowledge } from './acknowledge';

const PACKS = ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321'];

/** Says to the packs of cdk-nag why the policy that the grants of a role write stands with the role. */
export function acknowledgeOwnPolicy(role: iam.Role): void {
  acknowledge(policyOf(role), PACKS.map((pack) => `${pack}-IAMNoInlinePolicy`),
    'the policy belongs to this one role, is written by its grants and is reviewed with it; shared, it would outgrow its user');
}

/** Says to the packs of cdk-nag why a grant of a role names resources by a star, such as the files below a prefix. */
export function acknowledgeStar(role: iam.Role, arn: string, reason: string): void {
  acknowledge(policyOf(role), [`AwsSolutions-IAM5[Resource::${asReported(Stack.of(role).resolve(arn) as Intrinsic)}]`], reason);
}

function policyOf(role: iam.Role) {
  return role.node.findChild('DefaultPolicy');
}

/** Text as a template has it. */
type Intrinsic =
  | string
  | { readonly Ref: string }
  | { readonly 'Fn::GetAtt': readonly string[] }
  | { readonly 'Fn::Join': readonly [separator: string, parts: readonly Intrinsic[]] };

/** An ARN as cdk-nag writes it, such as `<Files.Arn>/orders/*`. */
function asReported(arn: Intrinsic): string {
  if (typeof arn === 'string') return arn;
  if ('Ref' in arn) return `<${arn.Ref}>`;
  return 'Fn::GetAtt' in arn ? `<${arn['Fn::GetAtt'].join('.')}>` : arn['Fn::Join'][1].map(asReported).join('');
}
