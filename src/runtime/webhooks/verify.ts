import { Delivery, tooLarge } from './delivery';
import { verifyDetached } from './detached';
import { verifyMessage } from './http-message';
import { readingOnce } from './json';
import { verifyJwt } from './jwt';
import type { Key } from './keys';
import type { Scheme } from './scheme';
import { verifyStatic } from './static-secret';
import type { Verdict } from './verdict';

type Engine = (delivery: Delivery, scheme: Scheme, keys: readonly Key[], nowSeconds: number) => Verdict;

const ENGINES = {
  'detached': verifyDetached,
  'jwt': verifyJwt,
  'http-message': verifyMessage,
  'static': verifyStatic,
};

/**
 * Judges a delivery against every key in rotation. Does no I/O, reads no clock, and never throws for what a sender sent.
 *
 * `nowSeconds` is when the delivery arrived, in seconds since the Unix epoch, with a fraction or without. The scheme is one that `parseScheme`
 * read. A verdict holds no key, no signature, and of the body no more than an identifier that the scheme names.
 */
export function verify(delivery: Delivery, scheme: Scheme, keys: readonly Key[], nowSeconds: number): Verdict {
  if (!Number.isFinite(nowSeconds)) throw new Error('the time of arrival must be a number');
  return tooLarge(delivery, scheme.maxBodyBytes) ?? readingOnce(() => (ENGINES[scheme.type] as Engine)(delivery, scheme, keys, nowSeconds));
}
