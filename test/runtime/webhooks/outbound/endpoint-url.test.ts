import { isIP } from 'node:net';
import * as fc from 'fast-check';
import { tryEndpointHeaders } from '../../../../src/runtime/webhooks/outbound/endpoint-headers';
import { readEndpointUrl } from '../../../../src/runtime/webhooks/outbound/endpoint-url';

describe('the address of an endpoint', () => {
  test.each([
    ['https://hooks.example.com', { host: 'hooks.example.com', port: 443, path: '/' }],
    ['HTTPS://Hooks.Example.COM:443/In?a=b%20c', { host: 'hooks.example.com', port: 443, path: '/In?a=b%20c' }],
    ['https://bücher.example.com/ü', { host: 'xn--bcher-kva.example.com', port: 443, path: '/%C3%BC' }],
    ['https://example.xn--p1ai/', { host: 'example.xn--p1ai', port: 443, path: '/' }],
    ['https://hooks.example.com/@c', { host: 'hooks.example.com', port: 443, path: '/@c' }],
  ])('%s is taken apart', (text, expected) => {
    expect(readEndpointUrl(text)).toEqual(expected);
  });

  test.each([
    ['', 'url-malformed'],
    ['hooks.example.com', 'url-malformed'],
    ['https:hooks.example.com', 'url-malformed'],
    ['//hooks.example.com', 'url-malformed'],
    ['https:///hooks.example.com', 'url-malformed'],
    ['https://hooks.example.com\n.evil.com/', 'url-malformed'],
    [' https://hooks.example.com/', 'url-malformed'],
    ['https://hooks.example.com/a b', 'url-malformed'],
    ['https://hooks.example.com\\@127.0.0.1/', 'url-malformed'],
    ['https://hooks%2eexample.com/', 'url-malformed'],
    ['https://hooks.example.com:99999/', 'url-malformed'],
    ['https://[fe80::1%25eth0]/', 'url-malformed'],
    [`https://hooks.example.com/${'a'.repeat(2048)}`, 'url-too-long'],
    ['http://hooks.example.com/', 'url-not-https'],
    ['ftp://hooks.example.com/', 'url-not-https'],
    ['https://user:password@hooks.example.com/', 'url-with-userinfo'],
    ['https://@hooks.example.com/', 'url-with-userinfo'],
    ['https://hooks.example.com/#', 'url-with-fragment'],
    ['https://hooks.example.com:8443/', 'port-not-allowed'],
    ['https://hooks.example.com:80/', 'port-not-allowed'],
    ['https://127.0.0.1/', 'host-is-address'],
    ['https://8.8.8.8/', 'host-is-address'],
    ['https://2130706433/', 'host-is-address'],
    ['https://0x7f.1/', 'host-is-address'],
    ['https://0177.0.0.1/', 'host-is-address'],
    ['https://１２７.０.０.１/', 'host-is-address'],
    ['https://[::1]/', 'host-is-address'],
    ['https://[2600::1]/', 'host-is-address'],
    ['https://127.0.0.1./', 'host-is-address'],
    ['https://hooks.example.com./', 'host-not-public'],
    ['https://hooks..example.com/', 'host-not-public'],
    ['https://localhost/', 'host-not-public'],
    ['https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/', 'host-not-public'],
    ['https://intranet/', 'host-not-public'],
    ['https://com/', 'host-not-public'],
    ['https://_sip.example.com/', 'host-not-public'],
    ['https://-a.example.com/', 'host-not-public'],
    ['https://a-.example.com/', 'host-not-public'],
    [`https://${'a'.repeat(64)}.example.com/`, 'host-not-public'],
    [`https://${'a.'.repeat(130)}example.com/`, 'host-not-public'],
    ...['alt', 'arpa', 'example', 'internal', 'invalid', 'local', 'localhost', 'onion', 'test'].map((domain) => [`https://hooks.${domain}/`, 'host-not-public']),
    ['https://ip-10-0-0-1.eu-west-1.compute.internal/', 'host-not-public'],
    ['https://hooks.LOCAL/', 'host-not-public'],
  ])('%p is refused: %s', (text, reason) => {
    expect(readEndpointUrl(text)).toBe(reason);
  });

  test('of other ports and of one\'s own domains the operator tells', () => {
    const policy = { ports: [443, 8443], deniedDomains: ['corp.com'] };
    expect(readEndpointUrl('https://hooks.example.com:8443/', policy)).toMatchObject({ port: 8443 });
    expect(['https://corp.com/', 'https://api.corp.com/', 'https://mycorp.com/'].map((text) => typeof readEndpointUrl(text, policy)))
      .toEqual(['string', 'string', 'object']);
  });

  test('whatever is written, nothing throws, and what is taken is a name in lower case that reads back the same', () => {
    const piece = fc.constantFrom(
      'https://', 'http://', '@', ':', '/', '\\', '#', '?', '%', '.', '..', '[', ']', '::1', '127.0.0.1', '0x7f', 'localhost', 'example.com', 'a', '\t', '\n', '。', '１', 'ⓛ', '443', '\u00ad',
    );
    const text = fc.oneof(
      fc.webUrl({ validSchemes: ['https'], withFragments: true, withQueryParameters: true }), fc.string({ unit: 'binary' }), fc.array(piece, { maxLength: 12 }).map((pieces) => `https://${pieces.join('')}`),
    );
    fc.assert(fc.property(text, (url) => {
      const read = readEndpointUrl(url);
      if (typeof read === 'string') return;
      expect(isIP(read.host)).toBe(0);
      expect(read.host).toMatch(/^[a-z0-9.-]+\.[a-z][a-z0-9-]+$/);
      expect(read.path).toMatch(/^\/[\x21-\x7e]*$/);
      expect(readEndpointUrl(`https://${read.host}${read.path}`)).toEqual(read);
    }), { numRuns: 50_000 });
  });
});

describe('headers of an endpoint', () => {
  test('of applications are taken, by lower-case name', () => {
    expect(tryEndpointHeaders({ 'X-Tenant': 'acme corp', 'x-request-source': '1' })).toEqual({ 'x-tenant': 'acme corp', 'x-request-source': '1' });
    expect(tryEndpointHeaders({})).toEqual({});
  });

  test.each([
    'host', 'Host', 'content-length', 'transfer-encoding', 'connection', 'authorization', 'cookie', 'webhook-id', 'x-', 'x-a_b', 'x-a:b', 'x-a\r\nhost', '__proto__', 'x-forwarded-for',
    'x-forwarded', 'x-real-ip', 'x-amz-date', 'x-aws-ec2-metadata-token-ttl-seconds', 'x-goog-metadata', 'x-ms-version', 'x-http-method-override', 'x-original-url', `x-${'a'.repeat(64)}`,
  ])('%p is refused', (name) => {
    expect(tryEndpointHeaders(Object.fromEntries([[name, 'a']]))).toBeUndefined();
  });

  test.each(['', ' a', 'a ', 'a  b', 'a\r\nHost: b', 'a\nb', 'a\0', 'a\tb', 'é', 'a'.repeat(1025), 1, null, ['a']])('a value of %p is refused', (value) => {
    expect(tryEndpointHeaders({ 'x-a': value })).toBeUndefined();
  });

  test('the same twice, or too many, are refused', () => {
    expect(tryEndpointHeaders({ 'x-a': '1', 'X-A': '2' })).toBeUndefined();
    expect(tryEndpointHeaders(Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`x-a${index}`, '1'])))).toBeUndefined();
  });

  test('whatever is written, what is taken has no line end and no name of HTTP', () => {
    fc.assert(fc.property(fc.dictionary(fc.oneof(fc.string(), fc.string().map((text) => `x-${text}`)), fc.string({ unit: 'binary' })), (given) => {
      for (const [name, value] of Object.entries(tryEndpointHeaders(given) ?? {})) expect(`${name}: ${value}`).toMatch(/^x-[a-z0-9-]+: [\x20-\x7e]+$/);
    }), { numRuns: 20_000 });
  });
});
