import * as fc from 'fast-check';
import { boundToken, CLIENT, clientKey, DpopWorld, jktOf, ORIGIN, PATH, proof, proofClaims, proven } from './proofs';
import { encode, token } from './tokens';
import { judgeProof, ProvenRequest } from '../../../src/runtime/api/dpop-proof';
import { tryNormalUri } from '../../../src/runtime/api/http-uri';

describe('the examples of RFC 9449', () => {
  const JWK = 'eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5Ijoi'
    + 'OVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19';
  /** Figure 12 of section 7.1, "Example DPoP-Bound Access Token Presentation". */
  const FOR_RESOURCE = `${JWK}.eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxlLm9yZy9wcm90ZWN0ZWRyZXNvdXJjZSIsImlhdCI6MTU2`
    + 'MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNFc05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9.'
    + '2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA';
  /** Section 5, "Token Request for a DPoP-Bound Token Using an Authorization Code". */
  const FOR_TOKEN = `${JWK}.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.`
    + '2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg';
  const REQUEST: ProvenRequest = {
    method: 'GET', uris: ['https://resource.example.org/protectedresource'], token: 'Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU',
  };
  const THEN = new Date(1562262618_000);

  test('are judged as the RFC says, with the thumbprint of section 6', () => {
    expect(judgeProof(FOR_RESOURCE, REQUEST, THEN)).toEqual({
      proof: { jti: 'e1j3V_bKic8-LAEB', thumbprint: Buffer.from('0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I', 'base64url') },
    });
  });

  test.each<[string, string, Partial<ProvenRequest>, Date]>([
    ['another token', 'proof-of-another-token', { token: 'Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxV' }, THEN],
    ['another method', 'proof-of-another-method', { method: 'POST' }, THEN],
    ['another URI', 'proof-of-another-uri', { uris: ['https://resource.example.org/protectedresource2'] }, THEN],
    ['another time', 'proof-of-another-time', {}, new Date(1562262618_000 + 60_001)],
  ])('are refused for %s', (_name, refused, changes, now) => {
    expect(judgeProof(FOR_RESOURCE, { ...REQUEST, ...changes }, now)).toEqual({ refused });
  });

  test('of a proof for the token endpoint is no proof for a resource, since it names no token', () => {
    expect(judgeProof(FOR_TOKEN, { ...REQUEST, method: 'POST', uris: ['https://server.example.com/token'] }, THEN)).toEqual({ refused: 'proof-of-another-token' });
  });
});

test('the thumbprint is that of RFC 7638, 3.1, and of RFC 8037, A.3', () => {
  // The RSA key of RFC 7638 cannot sign here, but its thumbprint shows that members are ordered and no other one counts.
  const { createPublicKey } = jest.requireActual<typeof import('node:crypto')>('node:crypto');
  const { thumbprintOf } = jest.requireActual<typeof import('../../../src/runtime/api/jwk-thumbprint')>('../../../src/runtime/api/jwk-thumbprint');
  const rsa = {
    kty: 'RSA',
    e: 'AQAB',
    alg: 'RS256',
    kid: '2011-04-29',
    n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
  };
  const ed = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
  expect(thumbprintOf(createPublicKey({ key: rsa, format: 'jwk' })).toString('base64url')).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
  expect(thumbprintOf(createPublicKey({ key: ed, format: 'jwk' })).toString('base64url')).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
});

const json = fc.jsonValue();
const canary = fc.string({ maxLength: 40 }).map((text) => `CANARY${text}`);
const FOREIGN = clientKey();
const TOKEN = boundToken();

test('nothing but a proof by the key of the token passes, whatever it looks like, and nothing of it is logged or thrown', async () => {
  const header = fc.record({
    typ: fc.oneof(fc.constantFrom('dpop+jwt', 'JWT'), json),
    alg: fc.oneof(fc.constantFrom('ES256', 'none', 'HS256', 'EdDSA'), json),
    jwk: fc.oneof(fc.constantFrom<unknown>(CLIENT.jwk, FOREIGN.jwk), json, fc.record({ kty: fc.constantFrom('EC', 'RSA', 'OKP', 'oct'), crv: json, x: json, y: json, n: json, e: json, d: json }, { requiredKeys: [] })),
  }, { requiredKeys: [] });
  const payload = fc.record({ jti: fc.oneof(canary, json), htm: fc.oneof(fc.constant('GET'), json), htu: fc.oneof(fc.webUrl(), canary, json), iat: fc.oneof(fc.integer(), json), ath: json }, { requiredKeys: [] });
  const notAProof = fc.oneof(
    canary,
    fc.tuple(fc.string(), fc.string(), fc.string()).map((parts) => parts.map(encode).join('.')),
    fc.tuple(header, payload, fc.base64String()).map(([h, p, s]) => `${encode(h)}.${encode({ ...proofClaims(TOKEN), ...p })}.${s.replace(/\W/g, '')}A`),
    fc.tuple(header, payload).map(([h, p]) => proof(TOKEN, p, h, FOREIGN)),
    fc.tuple(payload).filter(([p]) => 'ath' in p).map(([p]) => proof(TOKEN, p)),
    fc.constant(0).map(() => { // claims that were swapped after signing
      const [h, , s] = proof(TOKEN).split('.');
      return `${h}.${encode(proofClaims(TOKEN, { jti: 'CANARY' }))}.${s}`;
    }),
  );
  await fc.assert(fc.asyncProperty(notAProof, async (text) => {
    const world = new DpopWorld();
    expect(await world.outcome(proven(TOKEN, text))).toBe('Unauthorized');
    expect(world.marks.size).toBe(0);
    expect(JSON.stringify(world.logged)).not.toContain('CANARY');
    expect(JSON.stringify(world.logged)).not.toContain(jktOf(CLIENT));
  }), { numRuns: 2000 });
}, 60_000);

test('claims of any shape, rightly signed, are judged and never leak', async () => {
  const claims = fc.record({ jti: canary, htu: fc.oneof(fc.webUrl(), fc.constant(`${ORIGIN}${PATH}`), canary), htm: fc.constantFrom('GET', 'CANARY'), nonce: json }, { requiredKeys: [] });
  await fc.assert(fc.asyncProperty(claims, async (changes) => {
    const world = new DpopWorld();
    expect(['allow', 'Unauthorized']).toContain(await world.outcome(proven(TOKEN, proof(TOKEN, changes))));
    expect(JSON.stringify(world.logged)).not.toContain('CANARY');
  }), { numRuns: 500 });
}, 60_000);

describe('the normal form of a URI', () => {
  test('is the same for itself, and has neither query nor fragment', () => {
    fc.assert(fc.property(fc.webUrl({ validSchemes: ['https'], withQueryParameters: true, withFragments: true }), (uri) => {
      const normal = tryNormalUri(uri)!;
      expect(normal).not.toMatch(/[?#]/);
      expect(tryNormalUri(normal)).toBe(normal);
      expect(new URL(normal).origin).toBe(new URL(uri).origin);
    }));
  });

  test('never throws, and there is none of a URI that is not https', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string().map((text) => `https://${text}`), fc.webUrl({ validSchemes: ['http', 'ftp'] })), (text) => {
      const normal = tryNormalUri(text);
      if (!/^https:\/\//i.test(text)) expect(normal).toBeUndefined();
    }), { numRuns: 1000 });
  });

  test('tells apart what servers tell apart', () => {
    const forms = ['/a/b', '/a%2Fb', '/a%2fb/', '/A/b', '/a//b', '/a/b;c', '/a/b%3Bc', '/%C3%A4'].map((path) => tryNormalUri(`${ORIGIN}${path}`));
    expect(new Set(forms).size).toBe(forms.length);
  });
});

test('a key that is written otherwise is the same key', async () => {
  const world = new DpopWorld();
  const jwk = { y: CLIENT.jwk.y, x: CLIENT.jwk.x, extra: 1, kty: 'EC', crv: 'P-256', kid: 'any' };
  expect(await world.outcome(proven(TOKEN, proof(TOKEN, {}, { jwk })))).toBe('allow');
  expect(await world.outcome(proven(TOKEN, token({ ...CLIENT, alg: 'ES256' }, proofClaims(TOKEN), { typ: 'dpop+jwt', jwk: { ...jwk, alg: 'ES384' } })))).toBe('Unauthorized');
  expect(world.reasons).toEqual(['proof-algorithm']);
});
