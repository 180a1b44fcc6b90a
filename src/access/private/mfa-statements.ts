import * as iam from 'aws-cdk-lib/aws-iam';

/** What a user needs to see of itself, and to come to a session with a second factor. */
const OWN_IDENTITY = ['iam:GetMFADevice', 'iam:GetUser', 'iam:ListMFADevices', 'sts:GetSessionToken'];

/**
 * What a user needs to enrol a second factor, in the console (AWS IAM User Guide, "AWS: Allows MFA-authenticated IAM users to manage their own MFA device
 * on the Security credentials page").
 */
const ENROLMENT = ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice', 'iam:ListVirtualMFADevices', 'iam:ResyncMFADevice'];

/**
 * Denies IAM users everything but to enrol a second factor, unless they have given one, and lately.
 *
 * - `BoolIfExists` denies long-term keys too, which carry no flag; `Bool` would pass them (AWS IAM User Guide, "AWS global condition context keys":
 *   aws:MultiFactorAuthPresent).
 * - The age is missing where there was no second factor. `NumericGreaterThan` then denies nothing and leaves that to the first statement; with
 *   `IfExists` it would say the same twice.
 * - Who has a stolen access key could else enrol a device of their own, and be somebody with a second factor. Long-term keys have no time of issue,
 *   while each session of the console has ("aws:TokenIssueTime"), and whoever signs in there needs the device that is enrolled already. A session
 *   that a key gets without a code calls no operation of IAM at all (AWS STS API Reference, "GetSessionToken").
 */
export function mfaDenials(maxMfaAgeSeconds: number): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({
      sid: 'NothingWithoutMfa',
      effect: iam.Effect.DENY,
      notActions: [...OWN_IDENTITY, ...ENROLMENT],
      resources: ['*'],
      conditions: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    }),
    new iam.PolicyStatement({
      sid: 'NothingWithOldMfa',
      effect: iam.Effect.DENY,
      notActions: [...OWN_IDENTITY],
      resources: ['*'],
      conditions: { NumericGreaterThan: { 'aws:MultiFactorAuthAge': String(maxMfaAgeSeconds) } },
    }),
    new iam.PolicyStatement({
      sid: 'NoEnrolmentByAccessKeys',
      effect: iam.Effect.DENY,
      actions: [...ENROLMENT],
      resources: ['*'],
      conditions: { Null: { 'aws:TokenIssueTime': 'true' } },
    }),
  ];
}

/** Lets IAM users manage their own password and second factor. `accountArn` begins ARNs of the account: `arn:aws:iam::111122223333:`. */
export function selfService(accountArn: string, userPath: string): iam.PolicyStatement[] {
  const user = `${accountArn}user${userPath}\${aws:username}`;
  // Devices are named after their user, so that nobody touches another's.
  const devices = [`${accountArn}mfa/\${aws:username}`, `${accountArn}mfa/\${aws:username}-*`];
  return [
    new iam.PolicyStatement({
      sid: 'OwnUser',
      actions: [
        'iam:ChangePassword', 'iam:DeactivateMFADevice', 'iam:EnableMFADevice', 'iam:GetMFADevice', 'iam:GetUser', 'iam:ListMFADevices',
        'iam:ResyncMFADevice',
      ],
      resources: [user],
    }),
    // Neither takes a resource, and the console asks both.
    new iam.PolicyStatement({ sid: 'SeeDevices', actions: ['iam:GetAccountPasswordPolicy', 'iam:ListVirtualMFADevices'], resources: ['*'] }),
    new iam.PolicyStatement({ sid: 'OwnDevices', actions: ['iam:CreateVirtualMFADevice', 'iam:DeleteVirtualMFADevice'], resources: devices }),
  ];
}
