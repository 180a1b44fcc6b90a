import type { Calls, Detection } from './detection';
import { call, eachOf } from './detection-events';
import { patternOf } from './detection-patterns';

const TRUST: Calls = [[
  'iam', 'UpdateAssumeRolePolicy', 'PutRolePermissionsBoundary', 'DeleteRolePermissionsBoundary', 'PutUserPermissionsBoundary',
  'DeleteUserPermissionsBoundary', 'SetDefaultPolicyVersion', 'AddUserToGroup', 'CreateSAMLProvider', 'UpdateSAMLProvider',
  'CreateOpenIDConnectProvider', 'UpdateOpenIDConnectProviderThumbprint', 'AddClientIDToOpenIDConnectProvider',
]];

const CREDENTIALS: Calls = [[
  'iam', 'CreateUser', 'CreateAccessKey', 'CreateLoginProfile', 'UpdateLoginProfile', 'CreateServiceSpecificCredential', 'DeactivateMFADevice',
  'DeleteVirtualMFADevice',
]];

const IAM_API = 'AWS Identity and Access Management API Reference, actions of these names';

const EMERGENCY = 'arn:aws:iam::111122223333:role/break-glass/Emergency';
const REFUSED = 'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: sts:AssumeRole on resource: ';

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
    samples: {
      hits: [
        call('sts.amazonaws.com', 'AssumeRole', { requestParameters: { roleArn: EMERGENCY, roleSessionName: 'alice', sourceIdentity: 'alice' } }),
        call('sts.amazonaws.com', 'AssumeRoleWithSAML', { requestParameters: { roleArn: EMERGENCY, roleSessionName: 'alice' } }),
        call('sts.amazonaws.com', 'AssumeRole', { errorCode: 'AccessDenied', errorMessage: `${REFUSED}${EMERGENCY}` }),
      ],
      misses: [
        call('sts.amazonaws.com', 'AssumeRole', { requestParameters: { roleArn: 'arn:aws:iam::111122223333:role/break-glass-drill', roleSessionName: 'alice' } }),
        call('sts.amazonaws.com', 'AssumeRole', { errorCode: 'AccessDenied', errorMessage: `${REFUSED}arn:aws:iam::111122223333:role/Auditor` }),
        call('iam.amazonaws.com', 'GetRole', { requestParameters: { roleArn: EMERGENCY } }),
      ],
    },
  },
  {
    id: 'TrustChanges',
    title: 'Who may take on a role, or how far its rights go, was changed',
    action: 'Compare with the deployment that was meant; a trust that nobody deployed is a way back in.',
    severity: 'high',
    patterns: { strict: patternOf(TRUST) },
    source: IAM_API,
    samples: { hits: eachOf(TRUST), misses: [...eachOf([['iam', 'GetRole', 'ListSAMLProviders', 'TagRole']]), call('redshift.amazonaws.com', 'AddUserToGroup')] },
  },
  {
    id: 'CredentialChanges',
    title: 'Somebody got a credential that lasts, or lost a second factor',
    action: 'Ask whose it is. Delete what nobody asked for, and give the second factor back.',
    severity: 'high',
    patterns: { strict: patternOf(CREDENTIALS) },
    source: IAM_API,
    samples: {
      hits: eachOf(CREDENTIALS),
      misses: [...eachOf([['iam', 'ListAccessKeys', 'EnableMFADevice', 'DeleteAccessKey']]), call('transfer.amazonaws.com', 'CreateUser')],
    },
  },
];
