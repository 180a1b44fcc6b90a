import type { Detection } from './detection';
import { byRoot, call, eachOf, signIn } from './detection-events';
import { both } from './detection-patterns';

const SECURITY_HUB = 'AWS Security Hub User Guide, "Security Hub CSPM controls for Amazon CloudWatch"';

/** What the CIS AWS Foundations Benchmark asks to be told of people, keys and records: 4.1 to 4.9 of 1.4.0 to 5.0.0. */
export const CIS_ACCOUNT_DETECTIONS: readonly Detection[] = [
  {
    id: 'UnauthorizedApiCalls',
    title: 'Calls were refused for want of permission',
    action: 'Find the principal and the calls: a fault in a policy, or somebody trying doors. Raise the threshold where refusals are common.',
    severity: 'low',
    patterns: {
      securityHubExact: '{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}',
      strict: '{ (($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")) && '
        + '(($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket")) }',
    },
    cis: { upTo5: '4.1', from6: '5.1' },
    securityHub: 'CloudWatch.2',
    source: SECURITY_HUB,
    samples: {
      hits: [
        call('ec2.amazonaws.com', 'RunInstances', { errorCode: 'Client.UnauthorizedOperation' }),
        call('iam.amazonaws.com', 'CreateUser', { errorCode: 'AccessDenied' }),
        call('kms.amazonaws.com', 'Decrypt', { errorCode: 'AccessDeniedException' }),
      ],
      misses: [call('iam.amazonaws.com', 'CreateUser'), call('kms.amazonaws.com', 'Decrypt', { errorCode: 'KMSInvalidStateException' })],
      strictMisses: [
        call('s3.amazonaws.com', 'HeadBucket', { errorCode: 'AccessDenied' }),
        call('s3.amazonaws.com', 'PutObject', { errorCode: 'AccessDenied', sourceIPAddress: 'delivery.logs.amazonaws.com' }),
      ],
    },
  },
  {
    id: 'ConsoleSigninWithoutMfa',
    title: 'An IAM user signed in to the console without a second factor',
    action: 'Ask the user whether it was them, and give them a second factor before they sign in again.',
    severity: 'high',
    patterns: both(
      '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && '
      + '($.responseElements.ConsoleLogin = "Success") }',
    ),
    cis: { upTo5: '4.2', from6: '5.2' },
    securityHub: 'CloudWatch.3',
    source: SECURITY_HUB,
    samples: {
      hits: [signIn({ by: 'IAMUser', mfaUsed: 'No', outcome: 'Success' })],
      misses: [
        signIn({ by: 'IAMUser', mfaUsed: 'Yes', outcome: 'Success' }),
        signIn({ by: 'IAMUser', mfaUsed: 'No', outcome: 'Failure' }),
        signIn({ by: 'AssumedRole', mfaUsed: 'No', outcome: 'Success' }),
      ],
    },
  },
  {
    id: 'RootUsage',
    title: 'The root user did something',
    action: 'Nobody needs the root user in daily work. Find out who it was; if nobody says so, follow the plan for a taken account.',
    severity: 'critical',
    patterns: both('{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}'),
    cis: { upTo5: '4.3', from6: '5.3' },
    securityHub: 'CloudWatch.1',
    source: SECURITY_HUB,
    samples: {
      hits: [
        signIn({ by: 'Root', mfaUsed: 'No', outcome: 'Success' }),
        signIn({ by: 'Root', mfaUsed: 'Yes', outcome: 'Failure' }),
        byRoot('iam.amazonaws.com', 'CreateAccessKey'),
      ],
      misses: [
        call('iam.amazonaws.com', 'CreateAccessKey'),
        byRoot('s3.amazonaws.com', 'GetBucketAcl', {}, { invokedBy: 'support.amazonaws.com' }),
        byRoot('kms.amazonaws.com', 'RotateKey', { eventType: 'AwsServiceEvent' }),
      ],
    },
  },
  {
    id: 'IamPolicyChanges',
    title: 'A policy of IAM was changed',
    action: 'Compare with the deployment that was meant; undo what no deployment did.',
    severity: 'medium',
    patterns: both(
      '{($.eventName=DeleteGroupPolicy) || ($.eventName=DeleteRolePolicy) || ($.eventName=DeleteUserPolicy) || '
      + '($.eventName=PutGroupPolicy) || ($.eventName=PutRolePolicy) || ($.eventName=PutUserPolicy) || ($.eventName=CreatePolicy) || '
      + '($.eventName=DeletePolicy) || ($.eventName=CreatePolicyVersion) || ($.eventName=DeletePolicyVersion) || '
      + '($.eventName=AttachRolePolicy) || ($.eventName=DetachRolePolicy) || ($.eventName=AttachUserPolicy) || '
      + '($.eventName=DetachUserPolicy) || ($.eventName=AttachGroupPolicy) || ($.eventName=DetachGroupPolicy)}',
    ),
    cis: { upTo5: '4.4', from6: '5.4' },
    securityHub: 'CloudWatch.4',
    source: SECURITY_HUB,
    samples: {
      hits: eachOf([[
        'iam',
        'DeleteGroupPolicy', 'DeleteRolePolicy', 'DeleteUserPolicy', 'PutGroupPolicy', 'PutRolePolicy', 'PutUserPolicy', 'CreatePolicy',
        'DeletePolicy', 'CreatePolicyVersion', 'DeletePolicyVersion', 'AttachRolePolicy', 'DetachRolePolicy', 'AttachUserPolicy',
        'DetachUserPolicy', 'AttachGroupPolicy', 'DetachGroupPolicy',
      ]]),
      misses: eachOf([['iam', 'GetRolePolicy', 'ListPolicies', 'CreateRole']]),
    },
  },
  {
    id: 'CloudTrailChanges',
    title: 'The trail was changed or stopped',
    action: 'See that the trail records again, then find out who stopped it and what they did meanwhile.',
    severity: 'critical',
    patterns: both(
      '{($.eventName=CreateTrail) || ($.eventName=UpdateTrail) || ($.eventName=DeleteTrail) || ($.eventName=StartLogging) || '
      + '($.eventName=StopLogging)}',
    ),
    cis: { upTo5: '4.5', from6: '5.5' },
    securityHub: 'CloudWatch.5',
    source: SECURITY_HUB,
    samples: {
      hits: eachOf([['cloudtrail', 'CreateTrail', 'UpdateTrail', 'DeleteTrail', 'StartLogging', 'StopLogging']]),
      misses: eachOf([['cloudtrail', 'DescribeTrails', 'GetTrailStatus', 'LookupEvents']]),
    },
  },
  {
    id: 'ConsoleAuthFailures',
    title: 'Signing in to the console failed',
    action: 'One is a typing error; many from one address or for one user are somebody guessing. Raise the threshold where this is common.',
    severity: 'low',
    patterns: both('{($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication")}'),
    cis: { upTo5: '4.6', from6: '5.6' },
    securityHub: 'CloudWatch.6',
    source: SECURITY_HUB,
    samples: {
      hits: [signIn({ by: 'IAMUser', mfaUsed: 'No', outcome: 'Failure' }), signIn({ by: 'Root', mfaUsed: 'No', outcome: 'Failure' })],
      misses: [
        signIn({ by: 'IAMUser', mfaUsed: 'Yes', outcome: 'Success' }),
        call('signin.amazonaws.com', 'CheckMfa', { errorMessage: 'Failed authentication', eventType: 'AwsConsoleSignIn' }),
      ],
    },
  },
  {
    id: 'KmsDisableOrScheduleDeletion',
    title: 'A key was disabled, or its deletion was scheduled',
    action: 'Cancel the deletion at once if nobody planned it: what the key encrypts cannot be read without it.',
    severity: 'critical',
    patterns: both('{($.eventSource=kms.amazonaws.com) && (($.eventName=DisableKey) || ($.eventName=ScheduleKeyDeletion))}'),
    cis: { upTo5: '4.7', from6: '5.7' },
    securityHub: 'CloudWatch.7',
    source: SECURITY_HUB,
    samples: {
      hits: eachOf([['kms', 'DisableKey', 'ScheduleKeyDeletion']]),
      misses: [...eachOf([['kms', 'DisableKeyRotation', 'CancelKeyDeletion', 'EnableKey']]), call('backup.amazonaws.com', 'DisableKey')],
    },
  },
  {
    id: 'S3BucketPolicyChanges',
    title: 'Access to a bucket, or its rules, were changed',
    action: 'Compare with the deployment that was meant, and see that the bucket is not public.',
    severity: 'high',
    patterns: both(
      '{($.eventSource=s3.amazonaws.com) && (($.eventName=PutBucketAcl) || ($.eventName=PutBucketPolicy) || '
      + '($.eventName=PutBucketCors) || ($.eventName=PutBucketLifecycle) || ($.eventName=PutBucketReplication) || '
      + '($.eventName=DeleteBucketPolicy) || ($.eventName=DeleteBucketCors) || ($.eventName=DeleteBucketLifecycle) || '
      + '($.eventName=DeleteBucketReplication))}',
    ),
    cis: { upTo5: '4.8', from6: '5.8' },
    securityHub: 'CloudWatch.8',
    source: SECURITY_HUB,
    samples: {
      hits: eachOf([[
        's3',
        'PutBucketAcl', 'PutBucketPolicy', 'PutBucketCors', 'PutBucketLifecycle', 'PutBucketReplication', 'DeleteBucketPolicy',
        'DeleteBucketCors', 'DeleteBucketLifecycle', 'DeleteBucketReplication',
      ]]),
      misses: [...eachOf([['s3', 'GetBucketPolicy', 'PutBucketTagging']]), call('s3-outposts.amazonaws.com', 'PutBucketPolicy')],
    },
  },
  {
    id: 'AwsConfigChanges',
    title: 'AWS Config was changed or stopped',
    action: 'See that the recorder runs again, then find out who stopped it.',
    severity: 'high',
    patterns: both(
      '{($.eventSource=config.amazonaws.com) && (($.eventName=StopConfigurationRecorder) || ($.eventName=DeleteDeliveryChannel) || '
      + '($.eventName=PutDeliveryChannel) || ($.eventName=PutConfigurationRecorder))}',
    ),
    cis: { upTo5: '4.9', from6: '5.9' },
    securityHub: 'CloudWatch.9',
    source: SECURITY_HUB,
    samples: {
      hits: eachOf([['config', 'StopConfigurationRecorder', 'DeleteDeliveryChannel', 'PutDeliveryChannel', 'PutConfigurationRecorder']]),
      misses: [...eachOf([['config', 'DescribeConfigurationRecorders', 'StartConfigurationRecorder']]), call('appconfig.amazonaws.com', 'PutDeliveryChannel')],
    },
  },
];
