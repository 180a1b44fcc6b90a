import { Delivery, soleHeader } from './delivery';
import { at, tryJson } from './json';
import type { CertificateSource, Scheme } from './scheme';
import { Refused } from './verdict';
import { tryUrl } from '../../formats/url';

/** Longer than any certificate's address. */
const MAX_URL_LENGTH = 512;

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
  const read = tryUrl(url);
  if (!read) return false;
  const { href, protocol, port, username, password, hash } = read;
  return href === url && protocol === 'https:' && [port, username, password, hash].every((part) => part === '');
}
