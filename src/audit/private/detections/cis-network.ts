import type { Detection } from './detection';
import { both } from './patterns';

const SECURITY_HUB = 'AWS Security Hub User Guide, "Security Hub CSPM controls for Amazon CloudWatch"';
const CIS = 'CIS Amazon Web Services Foundations Benchmark 5.0.0, 4.15; AWS Security Hub has no control for it';

/** The same of networks and of the organization: 4.10 to 4.15. The texts of `strict` have what was added since, and what other checkers ask for. */
export const CIS_NETWORK_DETECTIONS: readonly Detection[] = [
  {
    id: 'SecurityGroupChanges',
    title: 'A security group was changed',
    action: 'Compare with the deployment that was meant, and see that nothing is open to the world.',
    severity: 'medium',
    patterns: {
      securityHubExact: '{($.eventName=AuthorizeSecurityGroupIngress) || ($.eventName=AuthorizeSecurityGroupEgress) || '
      + '($.eventName=RevokeSecurityGroupIngress) || ($.eventName=RevokeSecurityGroupEgress) || ($.eventName=CreateSecurityGroup) || '
      + '($.eventName=DeleteSecurityGroup)}',
      strict: '{($.eventName=AuthorizeSecurityGroupIngress) || ($.eventName=AuthorizeSecurityGroupEgress) || '
        + '($.eventName=RevokeSecurityGroupIngress) || ($.eventName=RevokeSecurityGroupEgress) || ($.eventName=CreateSecurityGroup) || '
        + '($.eventName=DeleteSecurityGroup) || ($.eventName=ModifySecurityGroupRules)}',
    },
    cis: { upTo5: '4.10', from6: '5.10' },
    securityHub: 'CloudWatch.10',
    source: SECURITY_HUB,
  },
  {
    id: 'NaclChanges',
    title: 'A network ACL was changed',
    action: 'Compare with the deployment that was meant.',
    severity: 'medium',
    patterns: both(
      '{($.eventName=CreateNetworkAcl) || ($.eventName=CreateNetworkAclEntry) || ($.eventName=DeleteNetworkAcl) || '
      + '($.eventName=DeleteNetworkAclEntry) || ($.eventName=ReplaceNetworkAclEntry) || ($.eventName=ReplaceNetworkAclAssociation)}',
    ),
    cis: { upTo5: '4.11', from6: '5.11' },
    securityHub: 'CloudWatch.11',
    source: SECURITY_HUB,
  },
  {
    id: 'NetworkGatewayChanges',
    title: 'A gateway of a network was changed',
    action: 'Compare with the deployment that was meant, and see that nothing private has a way to the internet.',
    severity: 'medium',
    patterns: both(
      '{($.eventName=CreateCustomerGateway) || ($.eventName=DeleteCustomerGateway) || ($.eventName=AttachInternetGateway) || '
      + '($.eventName=CreateInternetGateway) || ($.eventName=DeleteInternetGateway) || ($.eventName=DetachInternetGateway)}',
    ),
    cis: { upTo5: '4.12', from6: '5.12' },
    securityHub: 'CloudWatch.12',
    source: SECURITY_HUB,
  },
  {
    id: 'RouteTableChanges',
    title: 'A route was changed',
    action: 'Compare with the deployment that was meant, and see where traffic goes now.',
    severity: 'medium',
    patterns: both(
      '{($.eventSource=ec2.amazonaws.com) && (($.eventName=CreateRoute) || ($.eventName=CreateRouteTable) || ($.eventName=ReplaceRoute) || '
      + '($.eventName=ReplaceRouteTableAssociation) || ($.eventName=DeleteRouteTable) || ($.eventName=DeleteRoute) || '
      + '($.eventName=DisassociateRouteTable))}',
    ),
    cis: { upTo5: '4.13', from6: '5.13' },
    securityHub: 'CloudWatch.13',
    source: SECURITY_HUB,
  },
  {
    id: 'VpcChanges',
    title: 'A network, or what it is joined to, was changed',
    action: 'Compare with the deployment that was meant, and see that every peer is known.',
    severity: 'medium',
    patterns: both(
      '{($.eventName=CreateVpc) || ($.eventName=DeleteVpc) || ($.eventName=ModifyVpcAttribute) || '
      + '($.eventName=AcceptVpcPeeringConnection) || ($.eventName=CreateVpcPeeringConnection) || '
      + '($.eventName=DeleteVpcPeeringConnection) || ($.eventName=RejectVpcPeeringConnection) || ($.eventName=AttachClassicLinkVpc) || '
      + '($.eventName=DetachClassicLinkVpc) || ($.eventName=DisableVpcClassicLink) || ($.eventName=EnableVpcClassicLink)}',
    ),
    cis: { upTo5: '4.14', from6: '5.14' },
    securityHub: 'CloudWatch.14',
    source: SECURITY_HUB,
  },
  {
    id: 'OrganizationsChanges',
    title: 'The organization was changed',
    action: 'Compare with what the owners of the organization planned; policies guard all accounts.',
    severity: 'high',
    patterns: {
      securityHubExact: '{($.eventSource=organizations.amazonaws.com) && (($.eventName="AcceptHandshake") || ($.eventName="AttachPolicy") || '
      + '($.eventName="CreateAccount") || ($.eventName="CreateOrganizationalUnit") || ($.eventName="CreatePolicy") || '
      + '($.eventName="DeclineHandshake") || ($.eventName="DeleteOrganization") || ($.eventName="DeleteOrganizationalUnit") || '
      + '($.eventName="DeletePolicy") || ($.eventName="DetachPolicy") || ($.eventName="DisablePolicyType") || '
      + '($.eventName="EnablePolicyType") || ($.eventName="InviteAccountToOrganization") || ($.eventName="LeaveOrganization") || '
      + '($.eventName="MoveAccount") || ($.eventName="RemoveAccountFromOrganization") || ($.eventName="UpdatePolicy") || '
      + '($.eventName="UpdateOrganizationalUnit"))}',
      strict: '{($.eventSource=organizations.amazonaws.com) && (($.eventName="AcceptHandshake") || ($.eventName="AttachPolicy") || '
        + '($.eventName="CancelHandshake") || ($.eventName="CreateAccount") || ($.eventName="CreateOrganization") || '
        + '($.eventName="CreateOrganizationalUnit") || ($.eventName="CreatePolicy") || ($.eventName="DeclineHandshake") || '
        + '($.eventName="DeleteOrganization") || ($.eventName="DeleteOrganizationalUnit") || ($.eventName="DeletePolicy") || '
        + '($.eventName="DetachPolicy") || ($.eventName="DisablePolicyType") || ($.eventName="EnableAllFeatures") || '
        + '($.eventName="EnablePolicyType") || ($.eventName="InviteAccountToOrganization") || ($.eventName="LeaveOrganization") || '
        + '($.eventName="MoveAccount") || ($.eventName="RemoveAccountFromOrganization") || ($.eventName="UpdatePolicy") || '
        + '($.eventName="UpdateOrganizationalUnit"))}',
    },
    cis: { upTo5: '4.15', from6: '5.15' },
    source: CIS,
  },
];
