import { IConstruct } from 'constructs';
import { AwsSnsOptions } from './aws-sns-options';
import { Waiver } from '../core';
import { DetachedSchemeOptions } from './detached-scheme-options';
import { HttpMessageSchemeOptions, Rfc9421Options } from './http-message-scheme-options';
import { JwtSchemeOptions } from './jwt-scheme-options';
import { PaypalOptions } from './paypal-options';
import { awsSnsScheme } from './private/aws-sns-scheme';
import { BoundScheme } from './private/bound-scheme';
import { detachedScheme } from './private/detached-scheme';
import { httpMessageScheme } from './private/http-message-scheme';
import { insecureScheme } from './private/insecure-scheme';
import { jwtScheme } from './private/jwt-scheme';
import { PresetName } from './private/preset-facts';
import { presetScheme } from './private/preset-scheme';
import { requireSmall } from './private/scheme-size';
import { staticScheme } from './private/static-scheme';
import { SenderOptions, TimedSenderOptions } from './sender-options';
import { StaticSecretOptions } from './static-secret-options';

/**
 * How a sender signs its webhooks.
 *
 * Each factory names its source, its defence against replays and what it is weak in. Where no time is signed, a captured delivery is good for as long
 * as the secret lives, unless its record is kept that long, as a receiver does.
 *
 * @example
 * const scheme = webhooks.SignatureScheme.stripe({ tolerance: Duration.minutes(2) });
 */
export class SignatureScheme {
  /**
   * Standard Webhooks 1.0, `v1` and `v1a` (the specification, "Signature scheme"). Replay: time and id are signed, good for 5 minutes. Weakness: a
   * `whsec_` key also signs; `whpk_` only verifies.
   */
  public static standardWebhooks(options: TimedSenderOptions = {}): SignatureScheme { return SignatureScheme.of('standard-webhooks', options); }

  /** Svix, under its own header names (Svix Docs, "Verifying webhooks manually"). Replay and weakness: as of Standard Webhooks. */
  public static svix(options: TimedSenderOptions = {}): SignatureScheme { return SignatureScheme.of('svix', options); }

  /**
   * Stripe (Stripe Docs, "Verify manually"). Replay: the time is signed, good for 5 minutes; events are known by their signed `id`. Weakness: none
   * known; `v0` of test fixtures is not taken, and the secret keeps its prefix `whsec_`.
   */
  public static stripe(options: TimedSenderOptions = {}): SignatureScheme { return SignatureScheme.of('stripe', options); }

  /**
   * Mux (Mux Docs, "Verify webhook signatures"). Replay: the time is signed, good for 5 minutes; events are known by their signed `id`. Weakness:
   * none known.
   */
  public static mux(options: TimedSenderOptions = {}): SignatureScheme { return SignatureScheme.of('mux', options); }

  /**
   * WorkOS (WorkOS Docs, "Sync data with webhooks"). Replay: the time is signed, good for 3 minutes; events are known by their signed `id`. Weakness:
   * its library signs JSON that it writes anew; here the body that came is verified.
   */
  public static workos(options: TimedSenderOptions = {}): SignatureScheme { return SignatureScheme.of('workos', options); }

  /**
   * Sanity (`@sanity/webhook`). Replay: the time is signed, good for 5 minutes. Weakness: its idempotency key is unsigned, so that a delivery which
   * is tried again counts as another.
   */
  public static sanity(options: TimedSenderOptions = {}): SignatureScheme { return SignatureScheme.of('sanity', options); }

  /**
   * Paddle Billing (Paddle Docs, "Verify webhook signatures"). Replay: the time is signed, good for a minute (5 seconds in its library, less than a
   * cold start); events are known by their signed `event_id`. Weakness: none known.
   */
  public static paddle(options: TimedSenderOptions = {}): SignatureScheme { return SignatureScheme.of('paddle', options); }

  /**
   * Convoy, advanced signatures (Convoy Docs, "Webhook signatures"). Replay: the time is signed, good for 5 minutes. Weakness: a project can rename
   * the header; this is for the default, `X-Convoy-Signature`.
   */
  public static convoy(options: TimedSenderOptions = {}): SignatureScheme { return SignatureScheme.of('convoy', options); }

  /**
   * Convoy, simple signatures (Convoy Docs, "Webhook signatures"). Replay: no time is signed; told apart by the hash of the body. Weakness: prefer
   * `convoy()`.
   */
  public static convoySimple(options: SenderOptions = {}): SignatureScheme { return SignatureScheme.of('convoy-simple', options); }

  /**
   * GitHub (GitHub Docs, "Validating webhook deliveries"). Replay: no time is signed; told apart by the hash of the body, as the delivery id is
   * unsigned. Weakness: `X-GitHub-Event` is unsigned, too; route nothing that matters by it. GitHub does not try again.
   */
  public static github(options: SenderOptions = {}): SignatureScheme { return SignatureScheme.of('github', options); }

  /**
   * Shopify (Shopify Docs, "Deliver webhooks through HTTPS"). Replay: no time is signed; told apart by the hash of the body. Weakness: topic and shop
   * are in unsigned headers. The old secret may sign for an hour after a rotation.
   */
  public static shopify(options: SenderOptions = {}): SignatureScheme { return SignatureScheme.of('shopify', options); }

  /**
   * Slack (Slack Docs, "Verifying requests from Slack"). Replay: the time is signed, good for 5 minutes; events are known by their signed `event_id`.
   * Weakness: none known. `url_verification` is answered.
   */
  public static slack(options: TimedSenderOptions = {}): SignatureScheme { return SignatureScheme.of('slack', options); }

  /**
   * Zoom (Zoom Docs, "Verify webhook events"). Replay: the time is signed, good for 5 minutes. Weakness: the answer to `endpoint.url_validation` is
   * made with the secret that signs events; no token is answered that could be the content of one.
   */
  public static zoom(options: TimedSenderOptions = {}): SignatureScheme { return SignatureScheme.of('zoom', options); }

  /**
   * Zendesk (Zendesk Docs, "Verifying webhooks"). Replay: the time is signed, good for 5 minutes. Weakness: nothing parts time and body, so a time is
   * taken in one form only; the invocation id is unsigned.
   */
  public static zendesk(options: TimedSenderOptions = {}): SignatureScheme { return SignatureScheme.of('zendesk', options); }

  /**
   * HubSpot, version 3 (HubSpot Docs, "Validating requests"). Replay: the time is signed, good for 5 minutes. Weakness: nothing parts URL, body and
   * time. Versions 1 and 2 are not taken: a hash that starts with the secret can be extended.
   */
  public static hubspotV3(options: TimedSenderOptions = {}): SignatureScheme { return SignatureScheme.of('hubspot-v3', options); }

  /**
   * Square (Square Docs, "Verify and validate an event notification"). Replay: no time is signed; events are known by their signed `event_id`.
   * Weakness: nothing parts URL and body; the URL is the configured one.
   */
  public static square(options: SenderOptions = {}): SignatureScheme { return SignatureScheme.of('square', options); }

  /**
   * Twilio (Twilio Docs, "Webhooks security"). Replay: no time is signed; told apart by the hash of URL and fields. Weakness: `a=bc` and `ab=c` of a
   * form have one signature, so refuse unexpected fields; HMAC with SHA-1; the primary token alone signs.
   */
  public static twilio(options: SenderOptions = {}): SignatureScheme { return SignatureScheme.of('twilio', options); }

  /**
   * Adyen, payment webhooks (Adyen Docs, "Verify HMAC signatures"). Replay: no time is signed; told apart by the hash of the signed fields. Weakness:
   * only references, merchant account, amount, `eventCode` and `success` are signed, without escaping: trust nothing else. The key is in hex.
   */
  public static adyenPayment(options: SenderOptions = {}): SignatureScheme { return SignatureScheme.of('adyen-payment', options); }

  /**
   * Adyen for Platforms and management webhooks (Adyen Docs, "Verify HMAC signatures"). Replay: no time is signed; told apart by the hash of the
   * body. Weakness: none other known. The key is in hex.
   */
  public static adyenPlatform(options: SenderOptions = {}): SignatureScheme { return SignatureScheme.of('adyen-platform', options); }

  /**
   * DocuSign Connect, by any of 100 keys (Connect guide, "HMAC security"). Replay: no time is signed; told apart by the hash of the body. Weakness:
   * none other known.
   */
  public static docusign(options: SenderOptions = {}): SignatureScheme { return SignatureScheme.of('docusign', options); }

  /**
   * Salesforce Marketing Cloud (Salesforce Docs, "Event Notification Service"). Replay: no time is signed; told apart by the hash of the body.
   * Weakness: the key's encoding is undocumented, taken as text; its callback check is unsigned and refused, so verify the callback by API.
   */
  public static salesforceEns(options: SenderOptions = {}): SignatureScheme { return SignatureScheme.of('salesforce-ens', options); }

  /**
   * Intercom (Intercom Docs, "Signed notifications"). Replay: no time is signed; known by the signed `id`. Weakness: HMAC with SHA-1, which still
   * holds (RFC 6194, 3.3).
   */
  public static intercom(options: SenderOptions = {}): SignatureScheme { return SignatureScheme.of('intercom', options); }

  /**
   * LINE (LINE Developers, "Verify webhook signature"). Replay: no time is signed; told apart by the hash of the body. Weakness: a delivery that is
   * tried again differs in its body; tell events apart by `webhookEventId`.
   */
  public static line(options: SenderOptions = {}): SignatureScheme { return SignatureScheme.of('line', options); }

  /**
   * Razorpay (Razorpay Docs, "Validate and test webhooks"). Replay: no time is signed; told apart by the hash of the body, as the event id is
   * unsigned. Weakness: the secret is what somebody typed, and needs 16 bytes.
   */
  public static razorpay(options: SenderOptions = {}): SignatureScheme { return SignatureScheme.of('razorpay', options); }

  /**
   * GoCardless (GoCardless Docs, "Verifying the webhook signature"). Replay: no time is signed; known by the signed `meta.webhook_id`. Weakness: none
   * other known. It is not Standard Webhooks, though the header has its name.
   */
  public static gocardless(options: SenderOptions = {}): SignatureScheme { return SignatureScheme.of('gocardless', options); }

  /**
   * Coinbase Commerce (Coinbase Docs, "Securing webhooks"). Replay: no time is signed; known by the signed `event.id`. Weakness: none other known.
   */
  public static coinbaseCommerce(options: SenderOptions = {}): SignatureScheme { return SignatureScheme.of('coinbase-commerce', options); }

  /**
   * EasyPost (EasyPost Docs, "Webhook HMAC validation"). Replay: no time is signed; known by the signed `id`. Weakness: the secret is what somebody
   * typed, and needs 16 bytes.
   */
  public static easypost(options: SenderOptions = {}): SignatureScheme { return SignatureScheme.of('easypost', options); }

  /**
   * Linear (Linear Docs, "Securing webhooks"). Replay: the time is in the signed body, good for a minute. Weakness: none known; `Linear-Delivery` is
   * unsigned and not looked at.
   */
  public static linear(options: TimedSenderOptions = {}): SignatureScheme { return SignatureScheme.of('linear', options); }

  /**
   * Box, by its primary or secondary key (Box Docs, "Verify webhooks"). Replay: the time is signed, good for 10 minutes; known by the signed `id`.
   * Weakness: nothing parts body and time, so a time is taken in one form only.
   */
  public static box(options: TimedSenderOptions = {}): SignatureScheme { return SignatureScheme.of('box', options); }

  /**
   * Contentful apps (Contentful Docs, "Request verification"). Replay: the time is signed, good for a minute (30 seconds in its library). Weakness: a
   * header says which headers are signed; it must name itself and the time.
   */
  public static contentful(options: TimedSenderOptions = {}): SignatureScheme { return SignatureScheme.of('contentful', options); }

  /**
   * Discord (Discord Docs, "Validating security request headers"). Replay: the time is signed, good for 5 minutes; known by the signed `id`.
   * Weakness: nothing parts time and body, so a time is taken in one form only. PING is answered.
   */
  public static discord(options: TimedSenderOptions = {}): SignatureScheme { return SignatureScheme.of('discord', options); }

  /**
   * Twilio SendGrid (Twilio Docs, "Event Webhook security features"). Replay: the time is signed, good for 5 minutes. Weakness: of an ECDSA signature
   * anyone can make a second one, so deliveries are told apart by content; events in a body have a `sg_event_id` each.
   */
  public static sendgrid(options: TimedSenderOptions = {}): SignatureScheme { return SignatureScheme.of('sendgrid', options); }

  /**
   * Plaid (Plaid Docs, "Webhook verification"). Replay: the time of issue is signed, good for 5 minutes. Weakness: keys are published by id; store
   * those in use as a JWK Set, and add each new one.
   */
  public static plaid(options: TimedSenderOptions = {}): SignatureScheme { return SignatureScheme.of('plaid', options); }

  /**
   * Upstash QStash (QStash Docs, "Verify signatures"). Replay: expiry, give or take a minute, URL and `jti` are signed. Weakness: the key also signs.
   */
  public static qstash(options: TimedSenderOptions = {}): SignatureScheme { return SignatureScheme.of('qstash', options); }

  /**
   * PayPal (PayPal Docs, "Self verification method"). Replay: time and transmission id are signed, good for a day, as PayPal tries for three.
   * Weakness: of the body only a CRC-32 is signed, for which anyone can make another: fetch the resource from PayPal before acting.
   */
  public static paypal({ webhookId, ...options }: PaypalOptions): SignatureScheme {
    return SignatureScheme.of('paypal', options, { webhookId });
  }

  /**
   * Amazon SNS, version 2 (SNS Developer Guide, "Verifying the signatures of Amazon SNS messages"). Replay: time and `MessageId` are signed, good for
   * an hour. Weakness: only the signed fields can be trusted. Version 1 is not taken: set the topic's `SignatureVersion` to 2.
   */
  public static awsSns(options: AwsSnsOptions): SignatureScheme {
    return new SignatureScheme((scope) => awsSnsScheme(scope, options));
  }

  /**
   * HTTP Message Signatures (RFC 9421) with a digest of the body (RFC 9530). Replay: `created` is signed, good for 5 minutes. Weakness: what is
   * covered is the sender's choice; method, URL and digest must be.
   */
  public static rfc9421(options: Rfc9421Options = {}): SignatureScheme {
    return new SignatureScheme((scope) => httpMessageScheme(scope, options));
  }

  /**
   * Okta event hooks (Okta Docs, "Event hooks"). Replay: none. Weakness: a password in a header; who sees one request can send any other.
   *
   * @param waiver of control `WEBHOOK-SIGNATURE`
   */
  public static okta(waiver: Waiver, options: SenderOptions = {}): SignatureScheme {
    return new SignatureScheme((scope) => insecureScheme(scope, waiver, presetScheme(scope, 'okta', options)));
  }

  /** A signature of your own in a header or the body. Schemes that verify less than they seem to are refused. */
  public static detached(options: DetachedSchemeOptions): SignatureScheme {
    return new SignatureScheme((scope) => detachedScheme(scope, options));
  }

  /** A JWT of your own with a hash of the body. */
  public static jwt(options: JwtSchemeOptions): SignatureScheme {
    return new SignatureScheme((scope) => jwtScheme(scope, options));
  }

  /** HTTP Message Signatures of your own (RFC 9421), as `rfc9421`, and with a handshake. */
  public static httpMessage(options: HttpMessageSchemeOptions): SignatureScheme {
    return new SignatureScheme((scope) => httpMessageScheme(scope, options));
  }

  /**
   * A password in a header: it says nothing of the body, can be replayed, and whoever sees one request can send any other.
   *
   * @param waiver of control `WEBHOOK-SIGNATURE`
   */
  public static staticSecretInsecure(waiver: Waiver, options: StaticSecretOptions): SignatureScheme {
    return new SignatureScheme((scope) => insecureScheme(scope, waiver, staticScheme(scope, options)));
  }

  private static of(preset: PresetName, options: TimedSenderOptions, settings?: { [name: string]: string }): SignatureScheme {
    return new SignatureScheme((scope) => presetScheme(scope, preset, options, settings));
  }

  private constructor(private readonly bind: (scope: IConstruct) => BoundScheme) {}

  /** @internal */
  public _bind(scope: IConstruct): BoundScheme {
    return requireSmall(scope, this.bind(scope));
  }
}
