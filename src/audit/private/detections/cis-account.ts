import type { Detection } from './detection';
import { both } from './patterns';

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
  },
  {
    id: 'IamPolicyChanges',
    title: 'A policy of IAM was changed',
    action: 'Compare with the deployment that was meant; undo what no deployment did.',
    severity: 'medium',
    patterns: both(
      '{($.eventSource=iam.amazonaws.com) && (($.eventName=DeleteGroupPolicy) || ($.eventName=DeleteRolePolicy) || ($.eventName=DeleteUserPolicy) || '
      + '($.eventName=PutGroupPolicy) || ($.eventName=PutRolePolicy) || ($.eventName=PutUserPolicy) || ($.eventName=CreatePolicy) || '
      + '($.eventName=DeletePolicy) || ($.eventName=CreatePolicyVersion) || ($.eventName=DeletePolicyVersion) || '
      + '($.eventName=AttachRolePolicy) || ($.eventName=DetachRolePolicy) || ($.eventName=AttachUserPolicy) || '
      + '($.eventName=DetachUserPolicy) || ($.eventName=AttachGroupPolicy) || ($.eventName=DetachGroupPolicy))}',
    ),
    cis: { upTo5: '4.4', from6: '5.4' },
    securityHub: 'CloudWatch.4',
    source: SECURITY_HUB,
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
  },
];
