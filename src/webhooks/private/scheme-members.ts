import { Duration, SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { requireEntries, requireText } from './scheme-texts';
import { ConfigurationError, requireInteger, requireSeconds } from '../../private';
import { Requirement } from '../requirement';
import { SenderOptions } from '../sender-options';
import { WebhookHandshake } from '../webhook-handshake';

/** API Gateway's limit for a payload (Developer Guide, "Quotas for configuring and running a REST API"). */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** A day: clocks are not off by more, and what is older is a replay. */
const MAX_TOLERANCE_SECONDS = 24 * 60 * 60;

const MAX_REQUIREMENTS = 32;
const MAX_VALUES = 256;

/** What any scheme may say. */
export interface MemberOptions extends SenderOptions {
  readonly handshake?: WebhookHandshake;
}

/** What the verifier reads of it. */
export function membersOf({ maxBody, require, handshake }: MemberOptions): object {
  return {
    ...maxBody && { maxBodyBytes: maxBody.toBytes({ rounding: SizeRoundingBehavior.NONE }) },
    ...require && { require: require.map((one) => requirementOf(one)) },
    ...handshake !== undefined && { handshake },
  };
}

/** Refuses what the verifier would not take; `builtIn` counts requirements that the scheme has anyway. */
export function requireMembers(scope: IConstruct, { maxBody, require }: MemberOptions, hasClaims: boolean, builtIn = 0): void {
  if (maxBody) requireInteger(scope, 'maxBody', maxBody.toBytes({ rounding: SizeRoundingBehavior.NONE }), 1, MAX_BODY_BYTES);
  if (!require) return;
  if (require.length > 0 || builtIn === 0) requireEntries(scope, 'require', require, MAX_REQUIREMENTS - builtIn);
  for (const requirement of require) requireRequirement(scope, requirement, hasClaims);
}

/** Seconds on either side of now. */
export function secondsOf(tolerance: Duration): number {
  return tolerance.toSeconds({ integral: false });
}

/** Refuses a tolerance that the verifier would not take. */
export function requireTolerance(scope: IConstruct, tolerance: Duration): void {
  if (tolerance.isUnresolved() && tolerance.unitLabel() !== 'seconds') {
    throw new ConfigurationError(scope, `'tolerance' must be in seconds where it is a token, got ${tolerance.unitLabel()}; use Duration.seconds`);
  }
  requireSeconds(scope, 'tolerance', tolerance, 1, MAX_TOLERANCE_SECONDS);
}

function requirementOf(requirement: Requirement): object {
  const { source, name, values } = requirement._bind();
  return { [source]: name, oneOf: values };
}

function requireRequirement(scope: IConstruct, requirement: Requirement, hasClaims: boolean): void {
  const { source, name, values } = requirement._bind();
  if (source === 'claim' && !hasClaims) {
    throw new ConfigurationError(scope, `'require' must name no claim, got '${name}'; this scheme has no token, name a header or a pointer`);
  }
  requireText(scope, 'require', source === 'claim' ? 'name' : source, name);
  if (Token.isUnresolved(values)) return;
  requireEntries(scope, 'require', values, MAX_VALUES);
  for (const value of values) requireText(scope, 'require', 'value', value);
}
