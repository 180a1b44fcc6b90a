import { BODY, delivery, edKey, NOW, SECRET, secretKey } from './senders';
import { parseScheme } from '../../../src/runtime/webhooks/parse-scheme';
import { verify } from '../../../src/runtime/webhooks/verify';

const refused = (reason: string) => ({ outcome: 'refused', reason });
const scheme = parseScheme({ type: 'static', key: 'utf8', header: 'authorization', prefix: 'Bearer ', require: [{ header: 'x-a', oneOf: ['1'] }] });
const judge = (authorization: string, keys = [secretKey()]) => verify(delivery({ 'Authorization': authorization, 'X-A': '1' }), scheme, keys, NOW);

test('accepts the password of any key, and vouches for nothing', () => {
  expect(judge(`Bearer ${SECRET}`, [edKey(), secretKey('another secret, long enough'), secretKey()])).toMatchObject({
    outcome: 'genuine', integrity: 'none', key: { index: 2 },
  });
});

test('refuses another password, another prefix and no key', () => {
  expect(judge(`Bearer ${SECRET}x`)).toEqual(refused('forged'));
  expect(judge(`Bearer ${SECRET.slice(1)}`)).toEqual(refused('forged'));
  expect(judge('Bearer ')).toEqual(refused('malformed-signature'));
  expect(judge(SECRET)).toEqual(refused('malformed-signature'));
  expect(judge(`Bearer ${SECRET}`, [edKey()])).toEqual(refused('no-usable-key'));
});

test('refuses what does not have what the scheme requires', () => {
  expect(verify(delivery({ Authorization: `Bearer ${SECRET}` }, BODY), scheme, [secretKey()], NOW)).toEqual(refused('not-allowed'));
});
