import { Duration, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { BoundKeys } from './bound-keys';
import { BoundScheme } from './bound-scheme';
import { versionOfCidr } from '../../api/private/cidr';
import { ConfigurationError, requireDays, requireInteger, requireMatch } from '../../private';
import { WebhookReceiverProps } from '../webhook-receiver-props';

/** As the function reads it (`runtime/webhooks/receive-settings.ts`); the bucket has its objects of nobody under `unverified`. */
const ENDPOINT = /^(?!unverified$)[a-z0-9][a-z0-9-]{0,63}$/;
const HEADER = /^(?!(?:authorization|cookie|proxy-authorization)$)(?!.*signature)[a-z0-9-]{1,128}$/;

/** As WEBHOOK-REPLAY has it, which knows no key: `SECRET-ROTATION-AGE` lets one serve for so long. */
const MIN_REPLAY_DAYS = 90;

/** What the function takes where nothing is said. */
const WEEK = Duration.days(7);

/** Refuses what the function could not use, or would use otherwise than meant. */
export function requireReceiver(receiver: Construct, props: WebhookReceiverProps, endpoint: string, headers: readonly string[]): void {
  const { api, path, publicUrl, sourceCidrs } = props;
  if (!api._rawBodies) {
    throw new ConfigurationError(receiver, "'api' must have rawBodies, got one that reads bodies as text; a signature is made over bytes, so give webhooks an API of their own");
  }
  requireMatch(receiver, 'path', path, /^\/[^{}]*$/, 'a path without parameters', "write for example '/github'");
  requireMatch(receiver, 'endpoint', endpoint, ENDPOINT, "1 to 64 lower-case letters, digits and hyphens, not 'unverified'", "write for example 'github'");
  if (publicUrl === undefined && Stack.of(api) !== Stack.of(receiver)) {
    throw new ConfigurationError(receiver, "'publicUrl' must be given where the API is in another stack, got nothing; each stack would wait for the other");
  }
  if (publicUrl !== undefined) requireMatch(receiver, 'publicUrl', publicUrl, /^https:\/\/[^/]/, 'an https URL', 'write it as the sender was given it');
  for (const header of headers) {
    requireMatch(receiver, 'keepHeaders', header, HEADER, 'names of header fields, of neither a credential nor a signature', 'leave it out');
  }
  if (sourceCidrs !== undefined) requireCidrs(receiver, sourceCidrs);
  requireInteger(receiver, 'reservedConcurrency', props.reservedConcurrency ?? 1, 1, 1000);
  requireInteger(receiver, 'maxForgeries', props.maxForgeries ?? 1, 1, 1_000_000);
  requireInteger(receiver, 'maxDuplicates', props.maxDuplicates ?? 1, 1, 1_000_000);
}

/** Refuses keys where there are none to be kept, and a receiver without keys. */
export function requireKeys(receiver: Construct, { keys }: BoundScheme, given: boolean): void {
  if (keys === 'stored' && !given) {
    throw new ConfigurationError(receiver, "'keys' must be given for a sender whose keys are stored, got nothing; use WebhookKeys.rotating or WebhookKeys.keptByHand");
  }
  if (keys === 'certificate' && given) {
    throw new ConfigurationError(receiver, "'keys' must be left out for a sender that names certificates, got some; the certificates are fetched");
  }
}

/** Refuses to forget a webhook while it could still be replayed, and to remember one whose body is gone. */
export function requireRetention(
  receiver: Construct, { inbox, retention = WEEK }: WebhookReceiverProps, { signsTime }: BoundScheme, keys: BoundKeys | undefined,
): void {
  requireDays(receiver, 'retention', retention, 3, 3660);
  const { _bodyRetention: bodies } = inbox;
  if (signsTime && !retention.isUnresolved() && !bodies.isUnresolved() && retention.toDays() > bodies.toDays()) {
    throw new ConfigurationError(receiver,
      `'retention' must be no longer than the ${bodies.toDays()} days that the inbox keeps bodies, got ${retention.toDays()}; raise its bodyRetention`);
  }
  if (signsTime || keys === undefined || retention.isUnresolved() || keys.validFor.isUnresolved()) return;
  const validFor = Math.max(keys.validFor.toDays({ integral: false }), MIN_REPLAY_DAYS);
  if (retention.toDays() >= validFor) return;
  throw new ConfigurationError(receiver,
    `'retention' must be at least the ${validFor} days that a key may be valid, got ${retention.toDays()}; the sender signs no time, so nothing else keeps replays out`);
}

function requireCidrs(receiver: Construct, cidrs: readonly string[]): void {
  const unfit = Token.isUnresolved(cidrs) ? undefined : cidrs.find((cidr) => !Token.isUnresolved(cidr) && versionOfCidr(cidr) === undefined);
  if (cidrs.length === 0 || unfit !== undefined) {
    throw new ConfigurationError(receiver, `'sourceCidrs' must be ranges of addresses, got ${unfit === undefined ? 'none' : `'${unfit}'`}; write for example '192.0.2.0/24'`);
  }
}
