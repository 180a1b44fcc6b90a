import { BODY, NOW, SECRET, headerOf, hmac, known, sampleOf, secretKey, withHeader } from './senders';
import { candidates, matchedKey } from '../../../src/runtime/webhooks/keys';
import { REASONS, Refused } from '../../../src/runtime/webhooks/verdict';
import { verify } from '../../../src/runtime/webhooks/verify';

const refused = (reason: string) => ({ outcome: 'refused', reason });

test('53: a short secret is no key at run time either, although what it signs matches', () => {
  const short = { type: 'secret', bytes: Buffer.alloc(15, 1) } as const;
  const { scheme, delivery } = sampleOf('github');
  expect(verify(delivery, scheme, [short], NOW)).toEqual(refused('no-usable-key'));
  expect(verify(delivery, scheme, [short, secretKey()], NOW)).toMatchObject({ outcome: 'genuine', key: { index: 1 } });
  expect(candidates([short], ['hmac-sha256'])).toEqual([]);
});

test('55: current and previous secret verify, and a revoked one does not', () => {
  const { scheme, delivery } = sampleOf('github');
  const current = secretKey('the current secret, long enough');
  expect(verify(delivery, scheme, [current, secretKey()], NOW)).toMatchObject({ outcome: 'genuine', key: { index: 1 } });
  expect(verify(delivery, scheme, [current], NOW)).toEqual(refused('forged'));
});

test('58: a secret in hex is not the text that writes it', () => {
  const { scheme, delivery } = sampleOf('adyen-platform');
  expect(verify(delivery, scheme, [secretKey(Buffer.from(SECRET).toString('hex'))], NOW)).toEqual(refused('forged'));
});

test('59: every reason is of the closed list, and names nothing', () => {
  expect(new Set(REASONS).size).toBe(REASONS.length);
  expect(REASONS.every((reason) => /^[a-z-]+$/.test(reason))).toBe(true);
  expect(JSON.stringify(new Refused('forged'))).toBe('{"reason":"forged","outcome":"refused"}');
});

test('61: a replay under another unsigned delivery id is a duplicate', () => {
  for (const [preset, name] of [
    ['github', 'x-github-delivery'], ['shopify', 'x-shopify-webhook-id'], ['zendesk', 'x-zendesk-webhook-invocation-id'], ['box', 'box-delivery-id'],
    ['linear', 'linear-delivery'], ['twilio', 'i-twilio-idempotency-token'], ['sanity', 'idempotency-key'],
  ] as const) {
    const { scheme, keys, delivery } = sampleOf(preset);
    const verdict = verify(withHeader(delivery, name, '00000000-0000-0000-0000-000000000009'), scheme, keys, NOW);
    expect(known(verdict)).toEqual(known(verify(delivery, scheme, keys, NOW)));
    expect(verdict).toHaveProperty('outcome', 'genuine');
  }
});

test('63: the same signed id with another body has the same dedupe key, so that the receiver can tell', () => {
  const { scheme, keys, delivery } = sampleOf('stripe');
  const body = Buffer.from('{"id":"evt_1","other":true}');
  const other = withHeader({ ...delivery, body }, 'stripe-signature', `t=${NOW},v1=${hmac('sha256', 'hex', `${NOW}.`, body)}`);
  expect(known(verify(other, scheme, keys, NOW))).toEqual(known(verify(delivery, scheme, keys, NOW)));
  expect(headerOf(other, 'stripe-signature')).not.toBe(headerOf(delivery, 'stripe-signature'));
});

test('70: all keys and signatures are tried, whichever match', () => {
  const tried: number[] = [];
  const usable = [0, 1, 2].map((index) => {
    const key = secretKey();
    return { index, key: { ...key, get bytes() { tried.push(index); return (key as { bytes: Buffer }).bytes; } } };
  });
  const bytes = Buffer.from(hmac('sha256', 'hex', BODY), 'hex');
  expect(matchedKey(usable as never, [{ algorithm: 'hmac-sha256', bytes }], [BODY])).toEqual({ index: 0 });
  expect(new Set(tried)).toEqual(new Set([0, 1, 2]));
});
