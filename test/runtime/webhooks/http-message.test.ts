import { createHash, createHmac, sign } from 'node:crypto';
import { BODY, delivery, edKey, messageHeaders, NOW, P256, sampleOf, SECRET, secretKey, SENT_TO, withHeader } from './senders';
import { Delivery } from '../../../src/runtime/webhooks/delivery';
import { readKeys } from '../../../src/runtime/webhooks/key-formats';
import { Key } from '../../../src/runtime/webhooks/keys';
import { parseScheme } from '../../../src/runtime/webhooks/parse-scheme';
import { trySignatureBase } from '../../../src/runtime/webhooks/signature-base';
import { InnerList, tryDictionary } from '../../../src/runtime/webhooks/structured-fields';
import { verify } from '../../../src/runtime/webhooks/verify';

const refused = (reason: string) => ({ outcome: 'refused', reason });

describe('RFC 9421, appendix B', () => {
  // B.1.2, B.1.4 and B.1.5; keys that the RFC publishes.
  const KEYS: readonly Key[] = [
    ...readKeys(JSON.stringify({
      kid: 'test-key-rsa-pss',
      kty: 'RSA',
      e: 'AQAB',
      n: 'r4tmm3r20Wd_PbqvP1s2-QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct-Lh1GH45x28Rw3Ry53mm-oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq'
        + 'gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL-Wokqltd11nqqzi-bJ9cvSKADYdUAAN5WUtzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4aOT9v6d-nb4bnNkQVklL'
        + 'Q3fVAvJm-xdDOp9LCNCN48V2pnDOkFV6-U9nV5oyc6XI2w',
    }), 'jwks'),
    ...readKeys('JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=', 'ed25519-base64', 'test-key-ed25519'),
    ...readKeys('uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==', 'base64', 'test-shared-secret'),
  ];
  const CREATED = 1618884473;

  /** B.2, test-request. */
  const request = (headers: Readonly<Record<string, string>>): Delivery => ({
    method: 'POST',
    url: 'https://example.com/foo?param=Value&Pet=dog',
    headers: Object.entries({
      'Host': 'example.com',
      'Date': 'Tue, 20 Apr 2021 02:07:55 GMT',
      'Content-Type': 'application/json',
      'Content-Digest': 'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:',
      'Content-Length': '18',
      ...headers,
    }),
    body: Buffer.from('{"hello": "world"}'),
  });

  const B22 = {
    'Signature-Input': 'sig-b22=("@authority" "content-digest" "@query-param";name="Pet");created=1618884473;keyid="test-key-rsa-pss";tag="header-example"',
    'Signature': 'sig-b22=:LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE5qH7KT8UCMkSowOB4+ECxCmT8rtAmj/0PIXxi0A0'
      + 'nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17SARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcsIk4N6wiKYd4je2U/lankenQ99PZfB4jY3I5rSV2DSBVk'
      + 'SFsURIjYErOs0tFTQosMTAoxk//0RoKUqiYY8Bh0aaUEb0rQl3/XaVe4bXTugEjHSw==:',
  };
  const B23 = {
    'Signature-Input': 'sig-b23=("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length")'
      + ';created=1618884473;keyid="test-key-rsa-pss"',
    'Signature': 'sig-b23=:bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768ZrCUb38K0fUxN0O0iC59DzYx8DF'
      + 'll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+Q'
      + 'IF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==:',
  };
  const B25 = {
    'Signature-Input': 'sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
    'Signature': 'sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:',
  };
  const B26 = {
    'Signature-Input': 'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
    'Signature': 'sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:',
  };
  const scheme = (members: object = {}) => parseScheme({ preset: 'rfc9421', components: ['content-digest', '@authority'], ...members });

  test.each([['B.2.2', B22], ['B.2.3', B23]])('%s is genuine', (_, headers) => {
    expect(verify(request(headers), scheme(), KEYS, CREATED)).toMatchObject({ outcome: 'genuine', key: { index: 0, id: 'test-key-rsa-pss' }, integrity: 'body' });
  });

  test('B.2.2 has the tag that a scheme may ask for, B.2.3 has none', () => {
    expect(verify(request(B22), scheme({ tag: 'header-example' }), KEYS, CREATED)).toHaveProperty('outcome', 'genuine');
    expect(verify(request(B22), scheme({ tag: 'other' }), KEYS, CREATED)).toEqual(refused('not-allowed'));
    expect(verify(request(B23), scheme({ tag: 'header-example' }), KEYS, CREATED)).toEqual(refused('not-allowed'));
  });

  test.each([['B.2.5', B25], ['B.2.6', B26]])('51: %s does not cover the body, and is refused for that', (_, headers) => {
    expect(verify(request(headers), scheme(), KEYS, CREATED)).toEqual(refused('not-covered'));
  });

  test('B.2.5 and B.2.6 verify all the same', () => {
    const [b25, b26] = [B25, B26].map((headers) => {
      const input = [...tryDictionary(headers['Signature-Input'])!.values()][0] as InnerList;
      return Buffer.from(trySignatureBase(request({}), input)!);
    });
    expect(createHmac('sha256', (KEYS[2] as { bytes: Buffer }).bytes).update(b25).digest('base64')).toBe('pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=');
    expect(b26.toString()).toBe([
      '"date": Tue, 20 Apr 2021 02:07:55 GMT', '"@method": POST', '"@path": /foo', '"@authority": example.com', '"content-type": application/json',
      '"content-length": 18',
      '"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
    ].join('\n'));
  });

  test('B.4: fields in several lines are one, and their order matters', () => {
    const input = tryDictionary('transform=("@method" "@path" "@authority" "accept");created=1618884473;keyid="test-key-ed25519"')!.get('transform') as InnerList;
    const base = (...accept: string[]) => trySignatureBase({
      method: 'GET', url: 'https://example.org/demo?name1=Value1&Name2=value2', headers: accept.map((value) => ['Accept', value] as const), body: Buffer.alloc(0),
    }, input);
    expect(base('application/json', '*/*')).toContain('"accept": application/json, */*\n');
    expect(base('application/json, */*')).toBe(base(' application/json\t', '*/*'));
    expect(base('*/*', 'application/json')).not.toBe(base('application/json', '*/*'));
  });
});

const { scheme: SCHEME, keys: KEYS } = sampleOf('rfc9421');
const judge = (headers: Readonly<Record<string, string>>, keys = KEYS, scheme = SCHEME) => verify(delivery(headers), scheme, keys, NOW);

describe('51: a signature is refused', () => {
  test.each([
    ['for a body with another digest', { ...messageHeaders(), 'Content-Digest': 'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:' }, 'digest-mismatch'],
    ['without digest', { ...messageHeaders(), 'Content-Digest': '' }, 'malformed-header'],
    ['with a digest that is none', { ...messageHeaders(), 'Content-Digest': 'sha-256=x' }, 'digest-mismatch'],
    ['with a digest that is unsafe', { ...messageHeaders(), 'Content-Digest': 'md5=:1B2M2Y8AsgTpgAmY7PhCfg==:' }, 'digest-mismatch'],
    ['with two digests, one of them wrong', { ...messageHeaders(), 'Content-Digest': `${messageHeaders()['Content-Digest']}, sha-512=:AAAA:` }, 'digest-mismatch'],
    ['that covers too little', messageHeaders(undefined, '"@method" "content-digest"'), 'not-covered'],
    ['that covers a part of what it should', messageHeaders(undefined, '"@method" "@target-uri" "content-digest";req'), 'not-covered'],
    ['that covers a form of a field', messageHeaders(undefined, '"@method" "@target-uri" "content-digest" "content-type";sf'), 'not-covered'],
    ['that covers something twice', messageHeaders(undefined, '"@method" "@method" "@target-uri" "content-digest"'), 'not-covered'],
    ['that covers what is not there', messageHeaders(undefined, '"@method" "@target-uri" "content-digest" "x-none"'), 'not-covered'],
    ['that covers a component that is none', messageHeaders(undefined, '"@method" "@target-uri" "content-digest" "@status"'), 'not-covered'],
    ['that covers what is no name', messageHeaders(undefined, '"@method" "@target-uri" "content-digest" token'), 'not-covered'],
    ['without time', messageHeaders('keyid="ed"'), 'malformed-timestamp'],
    ['with a time that is text', messageHeaders(`created="${NOW}";keyid="ed"`), 'malformed-timestamp'],
    ['with an expiry that is text', messageHeaders(`created=${NOW};expires="${NOW}";keyid="ed"`), 'malformed-timestamp'],
    ['of the future', messageHeaders(`created=${NOW + 301};keyid="ed"`), 'premature'],
    ['of the past', messageHeaders(`created=${NOW - 301};keyid="ed"`), 'stale'],
    ['that has expired', messageHeaders(`created=${NOW - 10};expires=${NOW - 1};keyid="ed"`), 'stale'],
    ['of an unknown key', messageHeaders(`created=${NOW};keyid="other"`), 'unknown-key'],
    ['of a key that is no text', messageHeaders(`created=${NOW};keyid=1`), 'unknown-key'],
    ['without key id, since all keys have one', messageHeaders(`created=${NOW}`), 'unknown-key'],
    ['with an algorithm that is not accepted', messageHeaders(`created=${NOW};keyid="ed";alg="rsa-pss-sha256"`), 'unsupported-algorithm'],
    ['with an algorithm that is no text', messageHeaders(`created=${NOW};keyid="ed";alg=ed25519`), 'unsupported-algorithm'],
    ['with an algorithm that the key is not of', messageHeaders(`created=${NOW};keyid="ed";alg="hmac-sha256"`), 'forged'],
    ['whose parameters are in another order', { ...messageHeaders(), 'Signature-Input': `sig1=("@method" "@target-uri" "content-digest");keyid="ed";created=${NOW}` }, 'forged'],
    ['under another label', { ...messageHeaders(), 'Signature-Input': messageHeaders()['Signature-Input'].replace('sig1', 'sig2') }, 'malformed-signature'],
    ['that is no bytes', { ...messageHeaders(), Signature: 'sig1="x"' }, 'malformed-signature'],
    ['that is a list', { ...messageHeaders(), Signature: 'sig1=(:AAAA:)' }, 'malformed-signature'],
    ['whose input is no list', { ...messageHeaders(), 'Signature-Input': 'sig1=1' }, 'malformed-signature'],
    ['whose input is no dictionary', { ...messageHeaders(), 'Signature-Input': '"sig1"' }, 'malformed-signature'],
    ['that is no dictionary', { ...messageHeaders(), Signature: ':AAAA:' }, 'malformed-signature'],
    ['among more than are looked at', { ...messageHeaders(), 'Signature-Input': Array.from({ length: 9 }, (_, index) => `s${index}=()`).join(', ') }, 'too-many-signatures'],
  ])('%s', (_, headers, reason) => {
    expect(judge(headers)).toEqual(refused(reason));
  });

  test('without any of its headers', () => {
    for (const name of ['signature', 'signature-input', 'content-digest']) {
      expect(verify(withHeader(delivery(messageHeaders()), name, undefined), SCHEME, KEYS, NOW)).toEqual(refused('missing-header'));
    }
  });
});

test('51: one good signature is enough, whatever else is there', () => {
  const headers = messageHeaders();
  const other = { 'Signature-Input': `proxy=();created=1, ${headers['Signature-Input']}`, 'Signature': `${headers.Signature} ,\tproxy=:AAAA:` };
  expect(judge({ ...headers, ...other })).toHaveProperty('outcome', 'genuine');
});

test('a signature may expire later, and need not name a key if none has an id', () => {
  expect(judge(messageHeaders(`created=${NOW};expires=${NOW};keyid="ed"`))).toHaveProperty('outcome', 'genuine');
  expect(judge(messageHeaders(`created=${NOW};alg="ed25519"`), [secretKey(), edKey()])).toMatchObject({ outcome: 'genuine', key: { index: 1 } });
});

test('requirements and identifiers are of the verified body', () => {
  const id = parseScheme({ preset: 'rfc9421', id: { pointer: '/id' }, require: [{ pointer: '/event_id', oneOf: ['evt_1'] }] });
  expect(judge(messageHeaders(), KEYS, id)).toHaveProperty('dedupeKey', 'id:evt_1');
  const missing = parseScheme({ preset: 'rfc9421', id: { pointer: '/none' } });
  expect(judge(messageHeaders(), KEYS, missing)).toHaveProperty('dedupeKey', expect.stringMatching(/^sha256:/));
  const other = parseScheme({ preset: 'rfc9421', require: [{ pointer: '/event_id', oneOf: ['evt_2'] }] });
  expect(judge(messageHeaders(), KEYS, other)).toEqual(refused('not-allowed'));
});

test('every derived component is what the URL says', () => {
  const base = (url: string, components: string, headers: readonly (readonly [string, string])[] = []) => trySignatureBase(
    { method: 'POST', url, headers, body: BODY }, tryDictionary(`s=(${components})`)!.get('s') as InnerList,
  )?.split('\n').slice(0, -1);
  expect(base('https://Example.com:443/a%20b?x=1', '"@scheme" "@authority" "@path" "@query" "@request-target" "@method"')).toEqual([
    '"@scheme": https', '"@authority": example.com', '"@path": /a%20b', '"@query": ?x=1', '"@request-target": /a%20b?x=1', '"@method": POST',
  ]);
  expect(base('https://example.com:8443', '"@query" "@path" "@authority" "@target-uri"')).toEqual([
    '"@query": ?', '"@path": /', '"@authority": example.com:8443', '"@target-uri": https://example.com:8443',
  ]);
  const query = 'https://example.com/?a=1&b=2&b=3&c%27=%28d%29+e';
  expect(base(query, '"@query-param";name="a"')).toEqual(['"@query-param";name="a": 1']);
  expect(base(query, '"@query-param";name="c%27"')).toEqual(['"@query-param";name="c%27": %28d%29%20e']);
  for (const parameter of [';name="b"', ';name="z"', ';name=a', '', ';name="a";req', ';other="a"']) expect(base(query, `"@query-param"${parameter}`)).toBeUndefined();
  expect(base('https://example.com/?a=%ff', '"@query-param";name="a"')).toBeUndefined();
  expect(base(SENT_TO, '"x-a"', [['X-A', 'é']])).toBeUndefined();
  expect(base(SENT_TO, '"X-A"', [['X-A', '1']])).toBeUndefined();
});

test.each(['ecdsa-p256-sha256', 'hmac-sha256'] as const)('%s signs messages, too', (algorithm) => {
  const digest = `sha-256=:${createHash('sha256').update(BODY).digest('base64')}:`;
  const input = `("@method" "@target-uri" "content-digest");created=${NOW};keyid="k"`;
  const base = `"@method": POST\n"@target-uri": ${SENT_TO}\n"content-digest": ${digest}\n"@signature-params": ${input}`;
  const signature = algorithm === 'hmac-sha256' ? createHmac('sha256', SECRET).update(base).digest()
    : sign('sha256', Buffer.from(base), { key: P256.privateKey, dsaEncoding: 'ieee-p1363' });
  const headers = { 'Content-Digest': digest, 'Signature-Input': `s=${input}`, 'Signature': `s=:${signature.toString('base64')}:` };
  const key: Key = algorithm === 'hmac-sha256' ? secretKey(SECRET, 'k') : { type: 'public', id: 'k', key: P256.publicKey };
  expect(judge(headers, [key])).toHaveProperty('outcome', 'genuine');
  expect(judge({ ...headers, Signature: 's=:AAAA:' }, [key])).toEqual(refused('forged'));
  expect(judge(headers, [edKey('k')])).toEqual(refused('forged'));
  expect(judge(headers, [])).toEqual(refused('no-usable-key'));
});

test.each([
  'a=1', 'a', 'a;b', 'a;b=1, c=?', 'a=1,b=2', 'a=-1', 'a="x\\"y\\\\"', 'a=(1 "b";c tok:en/x);d=:AA==:', '*a=*b',
])('reads %s as a dictionary, or refuses it for good', (text) => {
  expect(tryDictionary(text) === undefined).toBe(text.endsWith('?'));
});

test.each([
  '', ' a=1', 'a=1 ', 'a=1,', 'a=1,,b', 'A=1', 'a=01', 'a=-0', 'a=1.5', 'a=?1', 'a=?0', 'a=@1', 'a="x', 'a="\\x"', 'a="é"', 'a=(1  2)', 'a=( 1)', 'a=(1 )', 'a=(1',
  'a=:AA:', 'a=:A===:', 'a=1;', 'a=1; b', 'a=1;b=', 'a=1;b;b', 'a=1,a=2', 'a=', 'a==1', 'a=1 b=2', 'a=(1)x', `a=${'1'.repeat(16)}`, 'a=((1))',
  `a=(${Array.from({ length: 65 }, () => '1').join(' ')})`, Array.from({ length: 65 }, (_, index) => `a${index}`).join(','),
])('refuses %j, which is no dictionary in its canonical form', (text) => {
  expect(tryDictionary(text)).toBeUndefined();
});

test('reads what a dictionary says', () => {
  const { bare, parameters } = tryDictionary('a="x\\"y\\\\";b=-12;c')!.get('a') as { bare: unknown; parameters: ReadonlyMap<string, unknown> };
  expect(bare).toEqual({ type: 'string', value: 'x"y\\' });
  expect([...parameters]).toEqual([['b', { type: 'integer', value: -12 }], ['c', { type: 'true' }]]);
});
