import { Delivery, soleHeader } from './delivery';
import { at, tryJson } from './json';
import type { Scheme } from './scheme';
import { Refused } from './verdict';

/** Why the delivery does not have what the scheme requires besides the signature, else undefined. `claims` are a JWT's. */
export function unmet({ require = [] }: Scheme, delivery: Delivery, claims?: unknown): Refused | undefined {
  const document = require.some(({ pointer }) => pointer !== undefined) ? tryJson(delivery.body) : undefined;
  const met = require.every(({ header, pointer, claim, oneOf }) => {
    const value = header !== undefined ? soleHeader(delivery, header)
      : pointer !== undefined ? at(document, pointer)
        : at(claims, `/${claim!.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    return typeof value === 'string' && oneOf.includes(value);
  });
  return met ? undefined : new Refused('not-allowed');
}
