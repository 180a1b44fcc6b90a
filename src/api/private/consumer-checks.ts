import { Duration, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { BoundAccess } from './bound-access';
import { versionOfCidr } from './cidr';
import { requireLimits } from './method-settings';
import { isDate } from '../../compliance';
import { ConfigurationError, requireInteger } from '../../private';
import { ApiConsumerProps } from '../api-consumer';

const NAME = /^[a-z][a-z0-9-]{0,39}$/;

/** Scopes as routes have them (`bindings.ts`), less the `&` that joins the settings of a consumer. */
const SCOPE = /^[A-Za-z0-9\-._~:/?#=]+$/;

const MAX_SILENCE_HOURS = 7 * 24;

/** Refuses a name that is taken, or that a log could not tell from another text. */
export function requireName(api: Construct, name: string): void {
  // No token passes, since the name is part of the construct tree.
  if (!NAME.test(name)) {
    throw new ConfigurationError(api, `'name' must be 1 to 40 lower-case letters, digits and hyphens, a letter first, got '${name}'; write for example 'acme'`);
  }
  if (api.node.tryFindChild(name)) {
    throw new ConfigurationError(api, `'name' must be of one consumer, got '${name}' again; name each of them otherwise`);
  }
}

/** Refuses what would let a consumer in as nobody meant it, or raise no alarm. */
export function requireConsumer(consumer: Construct, props: ApiConsumerProps, access: BoundAccess): void {
  requireKnownList(consumer, 'cidrs', 'range', props.cidrs);
  requireKnownList(consumer, 'scopes', 'scope', props.scopes);
  for (const cidr of props.cidrs ?? []) {
    if (Token.isUnresolved(cidr) || versionOfCidr(cidr)) continue;
    throw new ConfigurationError(consumer, `'cidrs' must have ranges of addresses in CIDR notation, got '${cidr}'; write for example '192.0.2.0/24'`);
  }
  if (props.cidrs?.length === 0) {
    throw new ConfigurationError(consumer, "'cidrs' must name at least one, got none; leave it out to let the consumer call from any address");
  }
  if (props.expires !== undefined && !Token.isUnresolved(props.expires) && !isDate(props.expires)) {
    throw new ConfigurationError(consumer, `'expires' must be a date of the calendar, YYYY-MM-DD, got '${props.expires}'; write for example '2027-06-30'`);
  }
  requireScopes(consumer, props.scopes, access);
  if (props.maxDenials !== undefined) requireInteger(consumer, 'maxDenials', props.maxDenials, 1, Number.MAX_SAFE_INTEGER);
  if (props.surgeAt !== undefined) requireInteger(consumer, 'surgeAt', props.surgeAt, 1, Number.MAX_SAFE_INTEGER);
  if (props.surgeAt === undefined && Token.isUnresolved(props.rateLimit)) {
    throw new ConfigurationError(consumer, "'surgeAt' must be given where deployment alone knows 'rateLimit', got none; say how many requests in five minutes are too many");
  }
  if (props.quota) requireInteger(consumer, 'quota.limit', props.quota.limit, 1, Number.MAX_SAFE_INTEGER);
  if (props.silence) requireHours(consumer, props.silence);
}

/** Refuses limits that API Gateway cannot have. */
export function requireRates(consumer: Construct, rateLimit: number, burstLimit: number, of = ''): void {
  requireLimits(consumer, `rateLimit${of}`, rateLimit, `burstLimit${of}`, burstLimit);
}

/** How many parts a list has that is one token, only deployment knows, and nothing here could join or check them. */
function requireKnownList(consumer: Construct, prop: string, part: string, list: readonly string[] | undefined): void {
  if (!Token.isUnresolved(list)) return;
  throw new ConfigurationError(consumer, `'${prop}' must be a list of known length, got one that only deployment knows; name each ${part}, each of which may be a token`);
}

function requireScopes(consumer: Construct, scopes: readonly string[] | undefined, access: BoundAccess): void {
  if (access.scopes === 'refused' && scopes !== undefined) {
    throw new ConfigurationError(consumer, `'scopes' must be left out for a consumer that a role signs for, got ${scopes.join(', ') || 'none'}; grant it the routes by grantInvoke`);
  }
  if (access.scopes === 'needed' && !scopes?.length) {
    throw new ConfigurationError(consumer, "'scopes' must name at least one for a consumer with bearer keys, got none; nothing else says what its keys are good for");
  }
  if (scopes?.length === 0) {
    throw new ConfigurationError(consumer, "'scopes' must name at least one, got none; leave it out to let the consumer have what its tokens say");
  }
  const unfit = scopes?.find((scope) => !Token.isUnresolved(scope) && !SCOPE.test(scope));
  if (unfit === undefined) return;
  throw new ConfigurationError(consumer, `'scopes' must be of letters, digits and -._~:/?#=, got '${unfit}'; a stage variable holds no other`);
}

/** CloudWatch looks back over at most seven days, in periods of an hour (CloudWatch API Reference, PutMetricAlarm, Period). */
function requireHours(consumer: Construct, silence: Duration): void {
  const hours = silence.isUnresolved() ? NaN : silence.toHours({ integral: false });
  if (Number.isInteger(hours) && hours >= 1 && hours <= MAX_SILENCE_HOURS) return;
  throw new ConfigurationError(consumer, `'silence' must be between 1 and ${MAX_SILENCE_HOURS} hours, got ${silence.toString()}; choose a whole number of hours in that range`);
}
