import { assert, constantFrom, integer, property, string, uint8Array } from 'fast-check';
import { ENCODINGS, tryDecode } from '../../../src/runtime/webhooks/encodings';

const UNITS = constantFrom(...'ABQgwvxyz0189+/=-_afF \n\u00e9');

describe.each(ENCODINGS)('%s', (encoding) => {
  test('is read from exactly what it writes, be it a signature or a body', () => {
    assert(property(uint8Array({ maxLength: 1200, size: 'max' }), (bytes) => {
      expect(tryDecode(Buffer.from(bytes).toString(encoding), encoding)).toEqual(Buffer.from(bytes));
    }));
  });

  test('is not read from any other text, however long', () => {
    assert(property(string({ unit: UNITS, maxLength: 8 }), integer({ min: 0, max: 1 }), (end, isLong) => {
      const text = (isLong ? '0'.repeat(1200) : '') + end;
      const written = Buffer.from(text, encoding).toString(encoding);
      expect(tryDecode(text, encoding)?.toString(encoding)).toBe(written === text ? text : undefined);
    }), { numRuns: 5000 });
  });
});

test('a line end behind a signature is not of it', () => {
  expect([tryDecode('00\n', 'hex'), tryDecode('AAAA\n', 'base64'), tryDecode('AAA\n', 'base64')]).toEqual([undefined, undefined, undefined]);
});
