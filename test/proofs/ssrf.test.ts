import { runProofs } from './proof';
import { proof, proveGuard } from './ssrf';
import { guardWith } from './ssrf/guard';
import { Mutation } from '../runtime/mutant';

// Mutants try addresses that do not answer.
jest.setTimeout(120_000);

test('holds, and ends with its figures', async () => {
  const lines: string[] = [];
  expect(await runProofs(['ssrf'], () => proof, [], (line) => lines.push(line))).toBe(0);
  expect(lines.at(-1)).toMatch(/^ssrf: 6\d\d targets, 0 reached$/);
});

const LITERALS: Mutation = { file: 'endpoint-url', from: "if (isIP(hostname) !== 0 || hostname.startsWith('[')) return 'host-is-address';", to: '' };
const NAMES: Mutation = { file: 'endpoint-url', from: 'DOMAIN.test(host) && !RESERVED.some((domain) => isWithin(host, domain))', to: 'true' };

/** Mistakes that guards of this kind had, and a target that each lets reach the server on loopback or try an address. */
test.each<[string, RegExp, ...Mutation[]]>([
  ['judges no address', /^measured/, { file: 'guarded-connector', from: 'if (!addresses.every(isAllowed)) throw new AddressRefused();', to: '' }],
  ['takes one good address for all', /^127.*beside a good one/, { file: 'guarded-connector', from: 'addresses.every(isAllowed)', to: 'addresses.some(isAllowed)' }],
  [
    'resolves again to connect', /^rebinding/,
    { file: 'guarded-connector', from: 'resolve(host).then((addresses) => {', to: 'resolve(host).then(async (addresses) => {' },
    { file: 'guarded-connector', from: 'return addresses.map(', to: 'return (await resolve(host)).map(' },
  ],
  ['judges literals as names', /^measured/, LITERALS, NAMES],
  ['knows bad networks of IPv6 instead of good ones', /^64:ff9b/, { file: 'address-policy', from: "(family === 'ipv4' || GLOBAL.check(plain, family))", to: 'true' }],
  ['does not know where metadata is', /^169\.254/, { file: 'special-ranges', from: "  ['169.254.0.0/16', 'link local, where instance metadata and task credentials are'],\n", to: '' }],
  ['does not know 6to4', /^2002/, { file: 'special-ranges', from: "  ['2002::/16', '6to4, which has an IPv4 address within'],\n", to: '' }],
  ['follows redirects', /^rebinding|redirect/, {
    file: 'guarded-connector',
    from: 'return answerOf(incoming);',
    to: `if (incoming.headers.location) {
      const { hostname, port: next } = new URL(incoming.headers.location, 'https://' + host);
      return await post({ host: hostname, port: Number(next), path }, { headers, body }, options, signal);
    }
    return answerOf(incoming);`,
  }],
])('fails for a guard that %s', async (_mistake, only, ...mutations) => {
  const lines: string[] = [];
  const { holds, figures } = await proveGuard(guardWith(...mutations), (line) => lines.push(line), { timeoutMilliseconds: 50, only });
  expect([holds, figures]).toEqual([false, expect.stringMatching(/^\d+ targets, [1-9]\d* reached$/)]);
  expect(lines.join('\n')).toMatch(/^reached: /m);
});

test('a mutation that changes nothing is none', () => {
  expect(() => guardWith({ file: 'endpoint-url', from: 'no such text', to: '' })).toThrow("endpoint-url.ts has 'no such text' 0 times");
});
