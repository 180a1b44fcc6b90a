import { Duration, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { BoundKeys } from './bound-keys';
import { BoundScheme } from './bound-scheme';
import { credentialHeaders } from './credential-headers';
import { requireEndpoint } from './endpoint-name';
import { versionOfCidr } from '../../api/private/cidr';
import { CREDENTIAL_HEADERS } from '../../api/private/credential-headers';
import { SIGNATURE_HEADERS } from '../../api/private/signature-headers';
import { ConfigurationError, requireDays, requireInteger, requireMatch } from '../../private';
import { WebhookReceiverProps } from '../webhook-receiver-props';

/** As the function reads it (`runtime/webhooks/receive-settings.ts`). */
const HEADER = /^(?!(?:authorization|cookie|proxy-authorization)$)(?!.*signature)[a-z0-9-]{1,128}$/;

/** As WEBHOOK-REPLAY has it, which knows no key: `SECRET-ROTATION-AGE` lets one serve for so long. */
const MIN_REPLAY_DAYS = 90;

/** Without what a URL parser drops or refuses. */
const PUBLIC_URL = /^https:\/\/[\w.-]+(:\d{1,5})?([/?][\x21-\x7e]*)?$/;

/**
 * What those variables may have that grow with a receiver's options, of the 4 KB that all have together (Lambda Developer Guide, "Lambda quotas").
 * The rest is for the names, an ARN, a table and a bucket.
 */
const MAX_VARIABLE_BYTES = 3328;

/** What the function takes where nothing is said. */
const WEEK = Duration.days(7);

/** Refuses what the function could not use, or would use otherwise than meant. */
export function requireReceiver(receiver: Construct, props: WebhookReceiverProps, endpoint: string): void {
  const { api, path, publicUrl, sourceCidrs } = props;
  if (!api._rawBodies) {
    throw new ConfigurationError(receiver, "'api' must have rawBodies, got one that reads bodies as text; a signature is made over bytes, so give webhooks an API of their own");
  }
  requireMatch(receiver, 'path', path, /^\/[^{}]*$/, 'a path without parameters', "write for example '/github'");
  requireEndpoint(receiver, 'endpoint', endpoint);
  if (publicUrl === undefined && Stack.of(api) !== Stack.of(receiver)) {
    throw new ConfigurationError(receiver, "'publicUrl' must be given where the API is in another stack, got nothing; each stack would wait for the other");
  }
  if (publicUrl !== undefined) requireMatch(receiver, 'publicUrl', publicUrl, PUBLIC_URL, 'an https URL', 'write it as the sender was given it');
  if (sourceCidrs !== undefined) requireCidrs(receiver, sourceCidrs);
  requireInteger(receiver, 'reservedConcurrency', props.reservedConcurrency ?? 1, 1, 1000);
  requireInteger(receiver, 'maxForgeries', props.maxForgeries ?? 1, 1, 1_000_000);
  requireInteger(receiver, 'maxDuplicates', props.maxDuplicates ?? 1, 1, 1_000_000);
}

/**
 * Refuses to hand on what lets somebody else deliver again: the header fields in which senders have signatures and passwords, whatever they
 * are called, those of this sender among them.
 */
export function requireHeaders(receiver: Construct, headers: readonly string[], { document }: BoundScheme): void {
  const secret = new Set([...CREDENTIAL_HEADERS, ...SIGNATURE_HEADERS, ...credentialHeaders(document).map((name) => name.toLowerCase())]);
  for (const header of headers) {
    if (Token.isUnresolved(header) || (HEADER.test(header) && !secret.has(header))) continue;
    throw new ConfigurationError(receiver,
      `'keepHeaders' must be names of header fields, of neither a credential nor a signature, got '${header}'; leave it out`);
  }
}

/** Refuses more than the environment of a function has room for. The values of tokens are not known, and count as they are written. */
export function requireRoom(receiver: Construct, ...values: Array<object | string>): void {
  const bytes = values.reduce((sum: number, value) => sum + Buffer.byteLength(JSON.stringify(value)), 0);
  if (bytes <= MAX_VARIABLE_BYTES) return;
  throw new ConfigurationError(receiver,
    `'sourceCidrs', 'keepHeaders', 'publicUrl' and 'scheme' must have at most ${MAX_VARIABLE_BYTES} bytes of JSON together, got ${bytes}; join adjacent ranges, or use several receivers`);
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
