import { headerOf, Library, lowerCase, text } from './library';
import { load } from './load';
import { ED25519, NOW, P256, SECRET, SENT_TO } from '../runtime/webhooks/senders';

const ED25519_HEX = Buffer.from(ED25519.publicKey.export({ format: 'jwk' }).x!, 'base64url').toString('hex');
const P256_SPKI = P256.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');

/** The library takes no other length. */
const LONG_SECRET = SECRET.padEnd(64, '_');
const TOPIC = { 'x-contentful-topic': 'publish' };

/** Libraries of senders that sign with a private key, with a JWT, or over a canonical form of the request. */
export async function otherLibraries(): Promise<readonly Library[]> {
  const { verifyKey } = await load<{ verifyKey: (body: Buffer, signature: string, time: string, key: string) => Promise<boolean> }>('discord-interactions');
  const { EventWebhook } = await load<SendGrid>('@sendgrid/eventwebhook');
  const { Receiver } = await load<QStash>('@upstash/qstash');
  const contentful = await load<Contentful>('@contentful/node-apps-toolkit');
  const { httpbis, createVerifier } = await load<HttpMessage>('http-message-signatures');

  const sendgrid = new EventWebhook();
  const qstash = new Receiver({ currentSigningKey: SECRET, nextSigningKey: SECRET });
  const ed25519 = createVerifier(ED25519.publicKey, 'ed25519');
  return [
    {
      preset: 'discord',
      name: 'discord-interactions',
      accepts: (sent) => verifyKey(sent.body, headerOf(sent, 'x-signature-ed25519'), headerOf(sent, 'x-signature-timestamp'), ED25519_HEX),
    },
    {
      preset: 'sendgrid',
      name: '@sendgrid/eventwebhook',
      accepts: (sent) => sendgrid.verifySignature(
        sendgrid.convertPublicKeyToECDSA(P256_SPKI), sent.body, headerOf(sent, 'x-twilio-email-event-webhook-signature'),
        headerOf(sent, 'x-twilio-email-event-webhook-timestamp'),
      ),
    },
    {
      preset: 'qstash',
      name: '@upstash/qstash',
      accepts: (sent) => qstash.verify({ signature: headerOf(sent, 'upstash-signature'), body: text(sent), url: SENT_TO }),
    },
    {
      preset: 'contentful',
      name: '@contentful/node-apps-toolkit',
      secret: LONG_SECRET,
      signs: (body) => ({
        ...TOPIC, ...contentful.signRequest(LONG_SECRET, { method: 'POST', path: pathOf(SENT_TO), headers: { ...TOPIC }, body }, NOW * 1000),
      }),
      accepts: (sent) => contentful.verifyRequest(LONG_SECRET, {
        method: sent.method, path: pathOf(sent.url), headers: lowerCase(sent), body: text(sent),
      }, 0),
    },
    {
      preset: 'rfc9421',
      name: 'http-message-signatures',
      readsNoBody: true,
      accepts: (sent) => httpbis.verifyMessage(
        { keyLookup: async () => ({ id: 'ed', algs: ['ed25519'], verify: ed25519 }) },
        { method: sent.method, url: sent.url, headers: Object.fromEntries(sent.headers) },
      ),
    },
  ];
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}

interface SendGrid {
  EventWebhook: new () => {
    convertPublicKeyToECDSA(key: string): unknown;
    verifySignature(key: unknown, body: Buffer, signature: string, time: string): boolean;
  };
}
interface QStash {
  Receiver: new (keys: { currentSigningKey: string; nextSigningKey: string }) => {
    verify(request: { signature: string; body: string; url: string }): Promise<boolean>;
  };
}
interface Contentful {
  signRequest(secret: string, request: object, time: number): Record<string, string>;
  verifyRequest(secret: string, request: { method: string; path: string; headers: Record<string, string>; body: string }, ttl: number): boolean;
}
interface HttpMessage {
  httpbis: { verifyMessage(config: object, request: object): Promise<boolean | null> };
  createVerifier(key: unknown, algorithm: string): unknown;
}
