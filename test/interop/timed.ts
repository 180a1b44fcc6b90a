import { headerOf, Library, lowerCase, text } from './library';
import { load } from './load';
import { NOW, SECRET } from '../runtime/webhooks/senders';

const WHSEC = `whsec_${Buffer.from(SECRET).toString('base64')}`;

interface StandardWebhook { sign(id: string, at: Date, body: string): string; verify(body: string, headers: Record<string, string>): unknown }
interface Standard { Webhook: new (secret: string) => StandardWebhook }

/** Box says besides how it signs, and its library asks for it. */
const BOX_HEADERS = { 'box-signature-version': '1', 'box-signature-algorithm': 'HmacSHA256' };

/** Libraries of senders that sign the time. */
export async function timedLibraries(): Promise<readonly Library[]> {
  const { Webhook: Standardised } = await load<Standard>('standardwebhooks');
  const { Webhook: Svix } = await load<Standard>('svix');
  const { Stripe } = await load<{ Stripe: new (key: string) => { webhooks: StripeWebhooks } }>('stripe');
  const { Mux } = await load<{ Mux: new (options: object) => { webhooks: MuxWebhooks } }>('@mux/mux-node');
  const { WorkOS } = await load<{ WorkOS: new (key: string) => { webhooks: WorkOsWebhooks } }>('@workos-inc/node');
  const sanity = await load<Sanity>('@sanity/webhook');
  const { Paddle } = await load<{ Paddle: new (key: string) => { webhooks: PaddleWebhooks } }>('@paddle/paddle-node-sdk');
  const { isValidSlackRequest } = await load<SlackVerifier>('@slack/bolt/dist/receivers/verify-request.js');
  const hubspot = await load<HubSpot>('@hubspot/api-client');
  const { LinearWebhookClient } = await load<Linear>('@linear/sdk/webhooks');
  const { WebhooksManager } = await load<Box>('box-node-sdk/lib/managers/webhooks');

  const standard = (name: string, prefix: string, webhook: StandardWebhook): Library => ({
    preset: prefix === 'svix' ? 'svix' : 'standard-webhooks',
    name,
    accepts: (sent) => webhook.verify(text(sent), lowerCase(sent)),
    signs: (body) => ({
      [`${prefix}-id`]: 'evt_1', [`${prefix}-timestamp`]: String(NOW), [`${prefix}-signature`]: webhook.sign('evt_1', new Date(NOW * 1000), body),
    }),
  });
  const stripe = new Stripe('sk_test_none').webhooks;
  const mux = new Mux({ tokenId: 'none', tokenSecret: 'none', webhookSecret: SECRET }).webhooks;
  const workos = new WorkOS('sk_test_none').webhooks;
  const paddle = new Paddle('none').webhooks;
  const linear = new LinearWebhookClient(SECRET);
  return [
    standard('standardwebhooks', 'webhook', new Standardised(WHSEC)),
    standard('svix', 'svix', new Svix(WHSEC)),
    {
      preset: 'stripe',
      name: 'stripe',
      accepts: (sent) => stripe.constructEvent(sent.body, headerOf(sent, 'stripe-signature'), SECRET),
      signs: (payload) => ({ 'Stripe-Signature': stripe.generateTestHeaderString({ payload, secret: SECRET, timestamp: NOW }) }),
    },
    { preset: 'mux', name: '@mux/mux-node', accepts: (sent) => mux.verifySignature(text(sent), lowerCase(sent), SECRET) },
    {
      preset: 'workos',
      name: '@workos-inc/node',
      accepts: (sent) => workos.verifyHeader({ payload: JSON.parse(text(sent)), sigHeader: headerOf(sent, 'workos-signature'), secret: SECRET }),
      signs: async (body) => ({ 'WorkOS-Signature': `t=${NOW}000, v1=${await workos.computeSignature(`${NOW}000`, JSON.parse(body), SECRET)}` }),
    },
    {
      preset: 'sanity',
      name: '@sanity/webhook',
      accepts: (sent) => sanity.isValidSignature(text(sent), headerOf(sent, 'sanity-webhook-signature'), SECRET),
      signs: async (body) => ({ 'sanity-webhook-signature': await sanity.encodeSignatureHeader(body, NOW * 1000, SECRET) }),
    },
    { preset: 'paddle', name: '@paddle/paddle-node-sdk', accepts: (sent) => paddle.isSignatureValid(text(sent), SECRET, headerOf(sent, 'paddle-signature')) },
    {
      preset: 'slack',
      name: '@slack/bolt',
      accepts: (sent) => isValidSlackRequest({
        signingSecret: SECRET,
        body: text(sent),
        headers: { 'x-slack-signature': headerOf(sent, 'x-slack-signature'), 'x-slack-request-timestamp': Number(headerOf(sent, 'x-slack-request-timestamp')) },
      }),
    },
    {
      preset: 'hubspot-v3',
      name: '@hubspot/api-client',
      accepts: (sent) => hubspot.Signature.isValid({
        signatureVersion: 'v3',
        signature: headerOf(sent, 'x-hubspot-signature-v3'),
        clientSecret: SECRET,
        requestBody: text(sent),
        method: sent.method,
        url: sent.url,
        timestamp: Number(headerOf(sent, 'x-hubspot-request-timestamp')),
      }),
    },
    { preset: 'linear', name: '@linear/sdk', accepts: (sent) => linear.verify(sent.body, headerOf(sent, 'linear-signature'), JSON.parse(text(sent)).webhookTimestamp) },
    {
      preset: 'box',
      name: 'box-node-sdk',
      accepts: (sent) => WebhooksManager.validateMessage(text(sent), { ...lowerCase(sent), ...BOX_HEADERS }, SECRET, { secondaryKey: SECRET }),
    },
  ];
}

interface StripeWebhooks {
  constructEvent(body: Buffer, header: string, secret: string): unknown;
  generateTestHeaderString(options: { payload: string; secret: string; timestamp: number }): string;
}
interface MuxWebhooks { verifySignature(body: string, headers: Record<string, string>, secret: string): Promise<unknown> }
interface WorkOsWebhooks {
  verifyHeader(options: { payload: unknown; sigHeader: string; secret: string }): Promise<unknown>;
  computeSignature(timestamp: string, payload: unknown, secret: string): Promise<string>;
}
interface Sanity {
  isValidSignature(body: string, header: string, secret: string): Promise<boolean>;
  encodeSignatureHeader(body: string, at: number, secret: string): Promise<string>;
}
interface PaddleWebhooks { isSignatureValid(body: string, secret: string, header: string): Promise<boolean> }
interface SlackVerifier {
  isValidSlackRequest(options: { signingSecret: string; body: string; headers: Record<string, string | number> }): boolean;
}
interface HubSpot { Signature: { isValid(options: Record<string, unknown>): boolean } }
interface Linear { LinearWebhookClient: new (secret: string) => { verify(body: Buffer, signature: string, timestamp?: number): boolean } }
interface Box { WebhooksManager: { validateMessage(body: string, headers: Record<string, string>, secret: string, more: object): unknown } }
