import { headerOf, Library, lowerCase, text } from './library';
import { load } from './load';
import { SECRET, SENT_TO } from '../runtime/webhooks/senders';

const HEX_SECRET = Buffer.from(SECRET).toString('hex');

/** Libraries of senders that sign the body alone, or with the URL. */
export async function untimedLibraries(): Promise<readonly Library[]> {
  const octokit = await load<Octokit>('@octokit/webhooks-methods');
  const { validateSignature } = await load<{ validateSignature: (body: Buffer, secret: string, signature: string) => boolean }>('@line/bot-sdk');
  const { validateWebhookSignature } = await load<Razorpay>('razorpay/dist/utils/razorpay-utils.js');
  const gocardless = await load<GoCardless>('gocardless-nodejs/webhooks');
  const { Webhook } = await load<Coinbase>('coinbase-commerce-node');
  const { default: EasyPostClient } = await load<EasyPost>('@easypost/api');
  const { WebhooksHelper } = await load<Square>('square');
  const twilio = await load<Twilio>('twilio/lib/webhooks/webhooks.js');
  const { hmacValidator: HmacValidator } = await load<Adyen>('@adyen/api-library');
  const adyen = new HmacValidator();
  const easypost = new EasyPostClient('none');

  return [
    {
      preset: 'github',
      name: '@octokit/webhooks-methods',
      accepts: (sent) => octokit.verify(SECRET, text(sent), headerOf(sent, 'x-hub-signature-256')),
      signs: async (body) => ({ 'X-Hub-Signature-256': await octokit.sign(SECRET, body) }),
    },
    { preset: 'line', name: '@line/bot-sdk', accepts: (sent) => validateSignature(sent.body, SECRET, headerOf(sent, 'x-line-signature')) },
    { preset: 'razorpay', name: 'razorpay', accepts: (sent) => validateWebhookSignature(text(sent), headerOf(sent, 'x-razorpay-signature'), SECRET) },
    {
      preset: 'gocardless',
      name: 'gocardless-nodejs',
      accepts: (sent) => { gocardless.verifySignature(text(sent), SECRET, headerOf(sent, 'webhook-signature')); return true; },
    },
    {
      preset: 'coinbase-commerce',
      name: 'coinbase-commerce-node',
      accepts: (sent) => Webhook.verifySigHeader(text(sent), headerOf(sent, 'x-cc-webhook-signature'), SECRET),
      signs: (body) => ({ 'x-cc-webhook-signature': Webhook.computeSignature(body, SECRET) }),
    },
    { preset: 'easypost', name: '@easypost/api', accepts: (sent) => easypost.Utils.validateWebhook(sent.body, lowerCase(sent), SECRET) },
    {
      preset: 'square',
      name: 'square',
      accepts: (sent) => WebhooksHelper.verifySignature({
        requestBody: text(sent), signatureHeader: headerOf(sent, 'x-square-hmacsha256-signature'), signatureKey: SECRET, notificationUrl: SENT_TO,
      }),
    },
    {
      preset: 'twilio',
      name: 'twilio',
      accepts: (sent) => twilio.validateRequest(SECRET, headerOf(sent, 'x-twilio-signature'), sent.url, formOf(text(sent))),
    },
    {
      preset: 'adyen-payment',
      name: '@adyen/api-library (payment)',
      accepts: (sent) => adyen.validateHMAC(JSON.parse(text(sent)).notificationItems[0].NotificationRequestItem, HEX_SECRET),
    },
    {
      preset: 'adyen-platform',
      name: '@adyen/api-library (platform)',
      accepts: (sent) => adyen.validateHMACSignature(HEX_SECRET, headerOf(sent, 'hmacsignature'), text(sent)),
      signs: (body) => ({ HmacSignature: adyen.calculateHmac(body, HEX_SECRET) }),
    },
  ];
}

/** Fields as a framework hands them over: those that come more than once as a list. */
function formOf(body: string): Record<string, string | string[]> {
  const fields = new URLSearchParams(body);
  return Object.fromEntries([...new Set(fields.keys())].map((name) => {
    const values = fields.getAll(name);
    return [name, values.length > 1 ? values : values[0]];
  }));
}

interface Octokit {
  verify(secret: string, body: string, signature: string): Promise<boolean>;
  sign(secret: string, body: string): Promise<string>;
}
interface Razorpay { validateWebhookSignature(body: string, signature: string, secret: string): boolean }
interface GoCardless { verifySignature(body: string, secret: string, signature: string): void }
interface Coinbase {
  Webhook: { verifySigHeader(body: string, header: string, secret: string): boolean; computeSignature(body: string, secret: string): string };
}
interface EasyPost {
  default: new (key: string) => { Utils: { validateWebhook(body: Buffer, headers: Record<string, string>, secret: string): unknown } };
}
interface Square { WebhooksHelper: { verifySignature(options: Record<string, string>): Promise<boolean> } }
interface Twilio { validateRequest(token: string, header: string, url: string, fields: Record<string, string | string[]>): boolean }
interface Adyen {
  hmacValidator: new () => {
    validateHMAC(item: unknown, key: string): boolean;
    validateHMACSignature(key: string, signature: string, data: string): boolean;
    calculateHmac(data: string, key: string): string;
  };
}
