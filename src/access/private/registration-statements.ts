import * as iam from 'aws-cdk-lib/aws-iam';

/** Steps of the registration of a security key, as `iam:RegisterSecurityKey` names them. */
const STEPS = ['Create', 'Activate'];

/** Levels of certification that are enough. */
export interface EnoughLevels {
  /** Of the FIDO Alliance, such as `L2`. */
  readonly fido: readonly string[];
  /** Of FIPS 140-2 or 140-3, whichever the key has; absent where none is asked for. */
  readonly fips?: readonly string[];
}

/**
 * Denies IAM users to register anything but security keys that are certified.
 *
 * IAM cannot tell by which kind of device somebody signed in, but it sees what is registered (Service Authorization Reference, "AWS Identity and Access
 * Management": EnableMFADevice). A code generator comes without `iam:RegisterSecurityKey`, which differs from every step. What is certified is known
 * once the key is activated; a passkey that is synced between devices has no certificate, which differs from every level.
 */
export function registrationDenials({ fido, fips }: EnoughLevels): iam.PolicyStatement[] {
  const deny = (sid: string, action: string, conditions?: Record<string, unknown>) =>
    new iam.PolicyStatement({ sid, effect: iam.Effect.DENY, actions: [action], resources: ['*'], conditions });
  const activated = { StringEquals: { 'iam:RegisterSecurityKey': 'Activate' } };
  return [
    deny('NoAuthenticatorApps', 'iam:CreateVirtualMFADevice'),
    deny('SecurityKeysAlone', 'iam:EnableMFADevice', { StringNotEquals: { 'iam:RegisterSecurityKey': STEPS } }),
    deny('CertifiedKeysAlone', 'iam:EnableMFADevice', { ...activated, StringNotEquals: { 'iam:FIDO-certification': [...fido] } }),
    ...fips === undefined ? [] : [deny('ValidatedKeysAlone', 'iam:EnableMFADevice', {
      ...activated,
      StringNotEquals: { 'iam:FIDO-FIPS-140-2-certification': [...fips], 'iam:FIDO-FIPS-140-3-certification': [...fips] },
    })],
  ];
}
