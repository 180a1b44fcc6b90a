import { Duration, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { checkNetworks } from '../../formats/partner-check';
import { ConfigurationError, requireInteger, requireSeconds } from '../../private';
import { PartnerOptions } from '../partner-options';
import { IdentityProviderOptions } from '../users-options';

const DAY_SECONDS = Duration.days(1).toSeconds();

/** Refuses options of an identity provider that are out of range or contradict each other. */
export function requireIdentityProviderOptions(scope: Construct, options: IdentityProviderOptions): void {
  requireInteger(scope, 'lockoutFailures', options.lockoutFailures ?? 10, 3, 100);
  for (const prop of ['lockoutWindow', 'lockoutDuration'] as const) requireSeconds(scope, prop, options[prop] ?? Duration.minutes(15), 60, DAY_SECONDS);
  requireSeconds(scope, 'recordCache', options.recordCache ?? Duration.seconds(0), 0, 60);
  const reserved = options.reservedConcurrency ?? 20;
  requireInteger(scope, 'reservedConcurrency', reserved, 1, 1000);
  if (options.provisionedConcurrency !== undefined) requireInteger(scope, 'provisionedConcurrency', options.provisionedConcurrency, 1, reserved);
  if (options.requirePassword && options.runtimePartners) {
    throw new ConfigurationError(scope, "'runtimePartners' must be absent with requirePassword, got both; partners that are added at run time have no secret "
      + 'that rotates, so add those who need a password to the template, or make a second server');
  }
}

/** Refuses networks of run-time partners that no rule of a security group can be made of. */
export function requireRuntimeNetworks(scope: Construct, networks: readonly string[]): void {
  if (networks.some((network) => Token.isUnresolved(network))) {
    throw new ConfigurationError(scope, "'runtimePartners' must have networks of text, got a token; write them down, since each rule says which protocol it is for");
  }
  const [refusal] = checkNetworks(networks);
  if (refusal) {
    const { path, problem, remedy } = refusal;
    throw new ConfigurationError(scope, `'runtimePartners.${path}' ${problem}${remedy === undefined ? '' : `; ${remedy}`}`);
  }
}

/** Refuses times of a password where there is none. */
export function requireNoPassword(scope: Construct, options: PartnerOptions): void {
  for (const prop of ['passwordRotateEvery', 'passwordOverlap'] as const) {
    if (options[prop] !== undefined) {
      throw new ConfigurationError(scope, `'${prop}' must be absent where no password is required, got one; leave it out, or give the server `
        + 'SftpUsers.identityProvider({ requirePassword: true })');
    }
  }
}
