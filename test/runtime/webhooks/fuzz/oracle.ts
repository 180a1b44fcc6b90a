import { crc32 } from 'node:zlib';
import { Delivery } from '../../../../src/runtime/webhooks/delivery';
import { BODY, hmac, Sample, SECRET } from '../senders';

const SNS_FIELDS = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type', 'SubscribeURL', 'Token', 'Signature', 'SigningCertURL', 'SignatureVersion'];

/** Names of headers that signatures are in; what is signed is in all others of a sample. */
const SIGNATURE = /signature|hmac|sig$|verification/;
const NO_SIGNATURE = /timestamp|signed-headers|signature-input/;

/** Headers of samples that no scheme signs. */
const UNSIGNED = ['content-type'];

/** Signatures of the same content that are as good, and that another sample has. */
const AS_GOOD: Readonly<Record<string, readonly string[]>> = {
  'convoy-simple': ['sha256', 'sha512'].flatMap((hash) => [hmac(hash, 'hex', BODY), hmac(hash, 'base64', BODY)]),
};

/**
 * Whether a delivery that was accepted has the signature of the sample that it was made of, over what that signed.
 *
 * It is told by comparison, with nothing of what verifies: whoever has no key can make no other signature, and changes that leave what is signed
 * as it is are none.
 */
export function isSigned(sample: Sample, delivery: Delivery): boolean {
  return sample.scheme.type === 'static'
    ? valuesOf(delivery, 'authorization').join() === SECRET
    : hasSignature(sample, delivery) && hasSameHeaders(sample, delivery) && hasSameContent(sample, delivery);
}

function hasSignature({ preset, scheme, delivery: signed }: Sample, delivery: Delivery): boolean {
  const genuine = signed.headers.filter(([name]) => isSignature(name));
  if (genuine.length === 0) return preset === 'aws-sns' || preset === 'adyen-payment'; // in the body, see below
  const present = signatureHeaders(preset, signed, delivery).map((value) => itemsOf(value));
  const written = genuine.map(([, value]) => itemsOf(value));
  const wanted = [...written.flat().filter((item) => !/^ts?=/.test(item)), ...AS_GOOD[preset] ?? []];
  return wanted.some((item) => present.some((items) => items.includes(item))) && (!isList(scheme) || timesIn(present) === timesIn(written));
}

function isList(scheme: Sample['scheme']): boolean {
  return scheme.type === 'detached' && scheme.signature.from === 'list';
}

/** Values of the headers that this sender writes its signatures to. */
function signatureHeaders(preset: string, signed: Delivery, { headers }: Delivery): readonly string[] {
  const own = signed.headers.map(([name]) => name.toLowerCase()).filter(isSignature);
  const others = preset === 'box' ? /^box-signature-(?:primary|secondary)$/ : preset === 'docusign' ? /^x-docusign-signature-\d{1,3}$/ : /^$/;
  return headers.filter(([name]) => own.includes(name.toLowerCase()) || others.test(name.toLowerCase())).map(([, value]) => value);
}

/** Times that are in lists of signatures. */
function timesIn(lists: readonly (readonly string[])[]): string {
  return lists.flat().filter((item) => /^ts?=\d/.test(item)).join();
}

/** Every header that is signed has the one value that it had. */
function hasSameHeaders({ delivery: signed }: Sample, delivery: Delivery): boolean {
  return signed.headers.filter(([name]) => !isSignature(name) && !UNSIGNED.includes(name.toLowerCase())).every(([name, value]) => {
    const values = valuesOf(delivery, name.toLowerCase());
    return name.toLowerCase() === 'signature-input' ? values.length === 1 && values[0].includes(value) : values.length === 1 && values[0] === value;
  });
}

function hasSameContent({ preset, scheme, delivery: signed }: Sample, delivery: Delivery): boolean {
  const parts: readonly unknown[] = scheme.type === 'detached' ? scheme.content : ['url'];
  const isUrlSigned = parts.some((part) => ['url', 'decodedUrl', 'twilio'].includes(part as string)) && preset !== 'plaid';
  if (isUrlSigned && delivery.url !== signed.url) return false;
  if ((parts.includes('method') || parts.includes('contentful') || scheme.type === 'http-message') && delivery.method !== signed.method) return false;
  if (parts.includes('contentful') && pathOf(delivery.url) !== pathOf(signed.url)) return false;
  return sameBody(preset, signed.body, delivery.body);
}

/** Whatever comes after the host. */
function pathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/]*/, '');
}

function sameBody(preset: string, signed: Buffer, body: Buffer): boolean {
  if (preset === 'paypal') return crc32(body) === crc32(signed);
  if (preset === 'twilio') return fieldsOf(body) === fieldsOf(signed);
  if (preset === 'aws-sns') return jsonFields(body, SNS_FIELDS) === jsonFields(signed, SNS_FIELDS);
  return preset === 'adyen-payment' ? adyenFields(body) === adyenFields(signed) : body.equals(signed);
}

/** Fields of a form as Twilio joins them: sorted, each value once. */
function fieldsOf(body: Buffer): string {
  const fields = [...new URLSearchParams(body.toString('latin1'))].map(([name, value]) => name + value);
  return [...new Set(fields)].sort().join('');
}

function jsonFields(body: Buffer, names: readonly string[]): string {
  const document = JSON.parse(body.toString()) as Readonly<Record<string, unknown>>;
  return JSON.stringify(names.map((name) => document[name] ?? null));
}

interface AdyenBody {
  readonly notificationItems: readonly [{
    readonly NotificationRequestItem: {
      readonly [name: string]: unknown;
      readonly amount?: { readonly value: unknown; readonly currency: unknown };
      readonly additionalData?: { readonly hmacSignature: unknown };
    };
  }];
}

function adyenFields(body: Buffer): string {
  const { notificationItems: [{ NotificationRequestItem: item }] } = JSON.parse(body.toString()) as AdyenBody;
  const names = ['pspReference', 'originalReference', 'merchantAccountCode', 'merchantReference', 'eventCode', 'success'];
  return [...names.map((name) => item[name] ?? ''), item.amount?.value ?? '', item.amount?.currency ?? '', item.additionalData?.hmacSignature].map(String).join('|');
}

function isSignature(name: string): boolean {
  return SIGNATURE.test(name.toLowerCase()) && !NO_SIGNATURE.test(name.toLowerCase());
}

/** Signatures of a list, or the one of a header. */
function itemsOf(value: string): readonly string[] {
  return value.split(/[,; ]+(?=[a-z0-9]+[,=:]|$)/).map((item) => item.trim());
}

function valuesOf({ headers }: Delivery, name: string): readonly string[] {
  return headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value.replace(/^[ \t]+|[ \t]+$/g, ''));
}
