import * as iam from 'aws-cdk-lib/aws-iam';
import { acknowledge } from './acknowledge';

const PACKS = ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321'];

/** Says to the packs of cdk-nag why the policy that the grants of a role write stands with the role. */
export function acknowledgeOwnPolicy(role: iam.Role): void {
  acknowledge(role.node.findChild('DefaultPolicy'), PACKS.map((pack) => `${pack}-IAMNoInlinePolicy`),
    'the policy belongs to this one role, is written by its grants and is reviewed with it; shared, it would outgrow its user');
}
