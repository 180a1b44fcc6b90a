import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { Content, MacHash, macOf } from '../../../src/runtime/webhooks/mac';

const HASHES = ['sha1', 'sha256', 'sha512'] as const;

function expected(name: MacHash, secret: Buffer, content: Content): string {
  const mac = createHmac(name, secret);
  for (const piece of content) mac.update(piece);
  return mac.digest('hex');
}

const bytes = (maxLength: number) => fc.uint8Array({ maxLength, size: 'max' }).map((array) => Buffer.from(array));

describe.each(HASHES)('HMAC by %s', (name) => {
  test('is what node:crypto makes of any key and content, also when the key comes again', () => {
    const piece = fc.oneof(bytes(3000), fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 300 }));
    fc.assert(fc.property(bytes(300), fc.array(fc.array(piece, { maxLength: 6 }), { minLength: 1, maxLength: 3 }), (secret, contents) => {
      for (const content of contents) expect(macOf(name, secret, content).toString('hex')).toBe(expected(name, secret, content));
    }), { numRuns: 300 });
  });

  test.each([0, 1, 63, 64, 65, 127, 128, 129, 8191, 8192, 8193, 8319, 8320, 8321, 20_000])('takes %d bytes of content', (length) => {
    const secret = Buffer.alloc(40, 7);
    const body = Buffer.alloc(length, 'a');
    for (const content of [[body], [body.toString()], ['1.', body], [body, '\ud800 é 😀']]) {
      expect(macOf(name, secret, content).toString('hex')).toBe(expected(name, secret, content));
    }
  });

  test.each([[''], ['\ud83d', '\ude00'], ['1767225600', '.', 'caf\u00e9'], ['\u007f\u0080'], ['x'.repeat(47) + '\u20ac'], ['x'.repeat(49)], ['x'.repeat(48)]])(
    'takes text piece by piece, short and long: %#', (...pieces) => {
      const secret = Buffer.alloc(40, 7);
      for (const content of [pieces, [...pieces, Buffer.alloc(9000), ...pieces]]) {
        expect(macOf(name, secret, content).toString('hex')).toBe(expected(name, secret, content));
      }
    },
  );

  test('takes no key', () => {
    expect(macOf(name, Buffer.alloc(0), ['content']).toString('hex')).toBe(expected(name, Buffer.alloc(0), ['content']));
  });

  test.each([1, 63, 64, 65, 127, 128, 129, 1000])('takes keys of %d bytes', (length) => {
    const secret = Buffer.alloc(length, 0x5c);
    expect(macOf(name, secret, ['content']).toString('hex')).toBe(expected(name, secret, ['content']));
  });

  test('is not changed by the next one', () => {
    const secret = Buffer.alloc(40, 7);
    const first = macOf(name, secret, ['one']);
    macOf(name, secret, ['two']);
    expect(first.toString('hex')).toBe(expected(name, secret, ['one']));
  });
});
