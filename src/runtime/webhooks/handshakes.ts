import { createHmac } from 'node:crypto';
import { tryForm } from './canonical/form';
import { Delivery, soleHeader } from './delivery';
import { at, tryJson } from './json';
import type { Key } from './keys';
import type { HandshakeName, Scheme } from './scheme';
import { Genuine, Refused, Verdict } from './verdict';

/** What to do with a request that is a sender's check of the endpoint, and no event. */
export type Answer =
  | { readonly do: 'respond'; readonly status: number; readonly contentType: string; readonly body: string }
  /** Request this URL once, by GET, following no redirect; it is an allowed one of the sender. */
  | { readonly do: 'confirm'; readonly url: string };

/** Challenges are echoed, so they are letters, digits and few others: no markup, no line ends, and no separator of any signed content. */
const CHALLENGE = /^[A-Za-z0-9_=-]{1,256}$/;

/** Where a subscription is confirmed: the same hosts as of certificates, see `awsSns` in the presets. */
const SNS_CONFIRMATION = /^https:\/\/sns\.[a-z]{2}(?:-[a-z]+){1,3}-\d{1,2}\.amazonaws\.com(?:\.cn)?\/\?Action=ConfirmSubscription&[A-Za-z0-9=&%:._-]+$/;

/**
 * The answer to a check, or undefined if the request is none.
 *
 * Senders sign their checks as they sign events, and only a genuine one is answered: an answer to anyone would tell that the endpoint is
 * there, and in Zoom's case sign what anyone likes. Okta's check alone comes before there is anything to verify; it is a GET without body.
 */
export function answerHandshake(scheme: Scheme, delivery: Delivery, verdict: Verdict, keys: readonly Key[]): Answer | undefined {
  const { handshake } = scheme;
  if (handshake === 'okta') return okta(delivery);
  return handshake === undefined || verdict instanceof Refused ? undefined : CHECKS[handshake]({ scheme, delivery, verdict, keys });
}

/** A genuine request, and what it was judged by. */
interface Checked {
  readonly scheme: Scheme;
  readonly delivery: Delivery;
  readonly verdict: Genuine;
  readonly keys: readonly Key[];
}

type Check = (checked: Checked) => Answer | undefined;

const CHECKS: Readonly<Record<Exclude<HandshakeName, 'okta'>, Check>> = {
  'zoom': zoom,
  'slack': slack,
  'aws-sns': awsSns,
  'discord': discord,
};

/**
 * Zoom Docs, "Using webhooks", "Validate your webhook endpoint".
 *
 * The answer is an HMAC of the token with the same secret that signs events. A token of `v0:<time>:<body>` would thus be answered with the
 * signature of a forged event, which is why a token with a colon is not answered, even if its request is genuine.
 */
function zoom({ delivery: { body }, verdict, keys }: Checked): Answer | undefined {
  const document = tryJson(body);
  const plainToken = at(document, '/payload/plainToken');
  const key = keys[verdict.key.index];
  if (at(document, '/event') !== 'endpoint.url_validation' || !isChallenge(plainToken) || key?.type !== 'secret') return undefined;
  const encryptedToken = createHmac('sha256', key.bytes).update(plainToken).digest('hex');
  return respond('application/json', JSON.stringify({ plainToken, encryptedToken }));
}

/** Slack Docs, "url_verification event". */
function slack({ delivery: { body } }: Checked): Answer | undefined {
  const document = tryJson(body);
  const challenge = at(document, '/challenge');
  return at(document, '/type') === 'url_verification' && isChallenge(challenge) ? respond('text/plain', challenge) : undefined;
}

/** Okta Docs, "Event hooks", "One-time verification request". */
function okta(delivery: Delivery): Answer | undefined {
  if (delivery.method !== 'GET' || delivery.body.length > 0) return undefined;
  const verification = soleHeader(delivery, 'x-okta-verification-challenge');
  return isChallenge(verification) ? respond('application/json', JSON.stringify({ verification })) : undefined;
}

/**
 * SNS Developer Guide, "Confirming an Amazon SNS topic subscription".
 *
 * Only where the scheme's `require` says which topics are allowed: else anyone could subscribe the endpoint to a topic of theirs.
 */
function awsSns({ scheme, delivery: { body } }: Checked): Answer | undefined {
  if (!scheme.require?.some(({ pointer }) => pointer === '/TopicArn')) return undefined;
  const document = tryJson(body);
  const url = at(document, '/SubscribeURL');
  if (at(document, '/Type') !== 'SubscriptionConfirmation' || typeof url !== 'string' || !SNS_CONFIRMATION.test(url)) return undefined;
  return isFor(url, at(document, '/TopicArn')) ? { do: 'confirm', url } : undefined;
}

/** The URL confirms the topic that the message is of, and says so once. */
function isFor(url: string, topicArn: unknown): boolean {
  const topics = (tryForm(url.split('?')[1]) ?? []).filter(([name]) => name === 'TopicArn').map(([, value]) => value);
  return topics.length === 1 && topics[0] === topicArn;
}

/**
 * Discord Docs, "Interactions overview", "Acknowledging PING requests", and "Webhook events", "Acknowledging PING requests".
 *
 * The PING of interactions has type 1, which is also the type of webhook events; those have an `event`. The PING of webhook events has type 0.
 */
function discord({ delivery: { body } }: Checked): Answer | undefined {
  const document = tryJson(body);
  const type = at(document, '/type');
  if (type === 1 && at(document, '/event') === undefined) return respond('application/json', '{"type":1}');
  return type === 0 ? { do: 'respond', status: 204, contentType: 'application/json', body: '' } : undefined;
}

function isChallenge(value: unknown): value is string {
  return typeof value === 'string' && CHALLENGE.test(value);
}

function respond(contentType: string, body: string): Answer {
  return { do: 'respond', status: 200, contentType, body };
}
