import type { Calls, Detection } from './detection';
import { patternOf } from './patterns';

const TRUST: Calls = [[
  'sso', 'CreateAccountAssignment', 'PutInlinePolicyToPermissionSet', 'AttachManagedPolicyToPermissionSet', 'DeletePermissionsBoundaryFromPermissionSet',
], [
  'iam', 'UpdateAssumeRolePolicy', 'PutRolePermissionsBoundary', 'DeleteRolePermissionsBoundary', 'PutUserPermissionsBoundary',
  'DeleteUserPermissionsBoundary', 'SetDefaultPolicyVersion', 'AddUserToGroup', 'CreateSAMLProvider', 'UpdateSAMLProvider',
  'CreateOpenIDConnectProvider', 'UpdateOpenIDConnectProviderThumbprint', 'AddClientIDToOpenIDConnectProvider',
]];

const CREDENTIALS: Calls = [[
  'iam', 'CreateUser', 'CreateAccessKey', 'UpdateAccessKey', 'CreateLoginProfile', 'UpdateLoginProfile', 'CreateServiceSpecificCredential',
  'ResetServiceSpecificCredential', 'DeactivateMFADevice', 'DeleteVirtualMFADevice',
]];

const IAM_API = 'API references of AWS Identity and Access Management and IAM Identity Center, actions of these names';

/** What the CIS list lacks about people, their roles and their credentials. */
export const ACCESS_DETECTIONS: readonly Detection[] = [
  {
    id: 'BreakGlassUse',
    title: 'Somebody took on a role for emergencies, or tried to',
    action: 'Ask who it was and why. A use has a review; an attempt without one is somebody who should not have tried.',
    severity: 'critical',
    // The record of a call that was refused need not have its parameters: the role stands in the message.
    patterns: {
      strict: '{ ($.eventSource = "sts.amazonaws.com") && ($.eventName = "AssumeRole*") && '
        + '(($.requestParameters.roleArn = "*:role/break-glass/*") || ($.errorMessage = "*:role/break-glass/*")) }',
    },
    source: 'IAM User Guide, "Logging IAM and AWS STS API calls with AWS CloudTrail"',
  },
  {
    id: 'TrustChanges',
    title: 'Who may take on a role, or how far its rights go, was changed',
    action: 'Compare with the deployment that was meant; a trust that nobody deployed is a way back in.',
    severity: 'high',
    patterns: { strict: patternOf(TRUST) },
    source: IAM_API,
  },
  {
    id: 'CredentialChanges',
    title: 'Somebody got a credential that lasts, or lost a second factor',
    action: 'Ask whose it is. Delete what nobody asked for, and give the second factor back.',
    severity: 'high',
    patterns: { strict: patternOf(CREDENTIALS) },
    source: IAM_API,
  },
];
