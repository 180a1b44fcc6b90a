import * as fc from 'fast-check';
import { ALGORITHMS } from '../../../src/runtime/api/algorithms';
import { parseIssuers } from '../../../src/runtime/api/issuers';

const GOOD = { issuer: 'https://login.example.com/t', audiences: ['api'] };
const parse = (...entries: unknown[]) => parseIssuers(JSON.stringify(entries));

test('reads an issuer, and accepts every asymmetric algorithm unless told', () => {
  expect(parse(GOOD)).toEqual([{ ...GOOD, algorithms: ALGORITHMS }]);
  expect(ALGORITHMS).toEqual(['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'EdDSA']);
});

test('reads what is told', () => {
  const full = { issuer: 'https://[::1]:8443/', audiences: ['a', 'b'], algorithms: ['ES256'], jwksUri: 'https://login.example.com/keys' };
  expect(parse(full, GOOD)).toEqual([full, { ...GOOD, algorithms: ALGORITHMS }]);
});

test('takes two issuers that differ by a slash for two', () => {
  expect(parse(GOOD, { ...GOOD, issuer: `${GOOD.issuer}/` })).toHaveLength(2);
});

test.each([undefined, '', '{', 'null', '{}', '[]', '"x"'])('refuses %p as a whole', (text) => {
  expect(() => parseIssuers(text)).toThrow('ISSUERS must be a JSON array of at least one issuer');
});

test.each([
  'http://login.example.com', 'https://', 'https:///x', 'https://a b', 'https://user@login.example.com', 'https://user:pass@login.example.com/',
  'https://login.example.com/?a=b', 'https://login.example.com?', 'https://login.example.com/#x', 'https://login.example.com\\@evil.example',
  'https://login.example.com:99999/', 'https://login.example.com/\u0000', ' https://login.example.com', 'login.example.com', '', 7, null,
  `https://login.example.com/${'x'.repeat(500)}`,
])('refuses %p as an issuer and as a place of keys', (url) => {
  const rule = 'must be an https URL of at most 512 characters, without user information, query or fragment';
  expect(() => parse(GOOD, { ...GOOD, issuer: url })).toThrow(`ISSUERS[1].issuer ${rule}`);
  expect(() => parse({ ...GOOD, jwksUri: url })).toThrow(`ISSUERS[0].jwksUri ${rule}`);
});

test.each([undefined, null, 'api', [], [''], ['api', 7], {}])('refuses %p as audiences', (audiences) => {
  expect(() => parse({ ...GOOD, audiences })).toThrow('ISSUERS[0].audiences must be an array of at least one non-empty string');
});

test.each(['none', 'HS256', 'HS384', 'HS512', 'PS256', 'rs256', 'ES256K', 'toString'])('refuses the algorithm %s', (algorithm) => {
  expect(() => parse({ ...GOOD, algorithms: ['RS256', algorithm] }))
    .toThrow(`ISSUERS[0].algorithms must be among RS256, RS384, RS512, ES256, ES384, ES512, EdDSA, got ${algorithm}`);
});

test('refuses a list of no algorithms', () => {
  expect(() => parse({ ...GOOD, algorithms: [] })).toThrow('ISSUERS[0].algorithms must be an array of at least one non-empty string');
});

test.each([null, 7, 'https://login.example.com', ['x']])('refuses %p as an entry', (entry) => {
  expect(() => parse(entry)).toThrow('ISSUERS[0] must be an object');
});

test('refuses a property that it does not know, which could be a misspelt restriction', () => {
  expect(() => parse({ ...GOOD, audience: 'x' })).toThrow("ISSUERS[0] must have no property 'audience'");
});

test('refuses an issuer that is named twice', () => {
  expect(() => parse(GOOD, { ...GOOD, audiences: ['other'] })).toThrow('ISSUERS must name each issuer once, got https://login.example.com/t twice');
});

test('throws or gives complete issuers for any JSON', () => {
  const entry = fc.record({
    issuer: fc.oneof(fc.webUrl({ validSchemes: ['https', 'http'], withQueryParameters: true, withFragments: true }), fc.anything()),
    audiences: fc.oneof(fc.array(fc.string()), fc.anything()),
    algorithms: fc.oneof(fc.array(fc.constantFrom(...ALGORITHMS, 'none')), fc.anything()),
  }, { requiredKeys: [] });
  fc.assert(fc.property(fc.array(entry, { maxLength: 3 }), (entries) => {
    let text: string | undefined;
    try { text = JSON.stringify(entries, (_, value: unknown) => typeof value === 'bigint' ? String(value) : value); } catch { return; }
    try {
      for (const issuer of parseIssuers(text)) {
        expect(new URL(issuer.issuer)).toMatchObject({ protocol: 'https:', search: '', hash: '', username: '', password: '' });
        expect(issuer.audiences.every((audience) => audience.length > 0) && issuer.audiences.length > 0).toBe(true);
        expect(issuer.algorithms.every((algorithm) => ALGORITHMS.includes(algorithm))).toBe(true);
      }
    } catch (error) {
      expect((error as Error).message).toMatch(/^ISSUERS/);
    }
  }));
});
