import { Delivery, soleHeader } from './delivery';
import { at, tryJson } from './json';
import { jwtKeyId } from './jwt';
import type { CertificateSource, Scheme } from './scheme';
import { Refused } from './verdict';

/** Which key a delivery asks for; it is as yet no more than a claim. */
export type KeyReference = { readonly url: string } | { readonly keyId: string };

/** Longer than any certificate's address. */
const MAX_URL_LENGTH = 512;

/** Which key to have before `verify`; undefined if the scheme's keys are all stored. */
export function keyReference(delivery: Delivery, scheme: Scheme): KeyReference | Refused | undefined {
  const certificate = certificateOf(scheme);
  if (certificate) {
    const url = certificateUrl(delivery, certificate);
    return url instanceof Refused ? url : { url };
  }
  if (scheme.type !== 'jwt') return undefined;
  const keyId = jwtKeyId(delivery, scheme);
  return keyId === undefined || keyId instanceof Refused ? keyId : { keyId };
}

/** Where deliveries say which certificate verifies them, if the sender publishes its keys so. */
export function certificateOf(scheme: Scheme): CertificateSource | undefined {
  return scheme.type === 'detached' ? scheme.certificate : undefined;
}

/** The URL of the certificate that the delivery names, if the scheme allows it: https, the sender's hosts, no port, no user information. */
export function certificateUrl(delivery: Delivery, { header, pointer, url: pattern }: CertificateSource): string | Refused {
  const url = header !== undefined ? soleHeader(delivery, header) : at(tryJson(delivery.body), pointer!);
  if (url instanceof Refused) return url;
  if (typeof url !== 'string' || url.length > MAX_URL_LENGTH || !new RegExp(pattern).test(url)) return new Refused('key-not-allowed');
  return isPlain(url) ? url : new Refused('key-not-allowed');
}

/** Whatever the pattern lets through: the URL is written as it will be requested, so that the host checked is the host asked. */
function isPlain(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { href, protocol, port, username, password, hash } = new URL(url);
  return href === url && protocol === 'https:' && [port, username, password, hash].every((part) => part === '');
}
