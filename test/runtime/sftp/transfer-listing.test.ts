import * as fc from 'fast-check';
import { tryListing } from '../../../src/runtime/sftp/transfer-listing';

test('whatever a listing says, each file that is taken lies right in the directory, once', () => {
  const segment = fc.oneof(fc.constantFrom('..', '.', '', 'out', 'a', '\\', '\n'), fc.string({ maxLength: 4 }));
  const path = fc.array(segment, { maxLength: 4 }).map((segments) => `/${segments.join('/')}`);
  const any = fc.anything();
  const entry = fc.oneof(fc.record({ filePath: fc.oneof(path, any), modifiedTimestamp: any, size: any }), any);
  fc.assert(fc.property(fc.array(entry), fc.constantFrom('/out', '/', '/a/out'), (files, directory) => {
    const listing = tryListing(JSON.stringify({ files, truncated: 'false' }), directory)!;
    const start = directory === '/' ? '/' : `${directory}/`;
    for (const file of listing.files) {
      expect(file.path.startsWith(start)).toBe(true);
      expect(file.path.slice(start.length)).toMatch(/^(?!\.{1,2}$)[^/\\\u0000-\u001f\u007f]+$/u);
    }
    expect(new Set(listing.files.map(({ path: each }) => each)).size).toBe(listing.files.length);
    expect(listing.truncated).toBe(false);
  }));
});

test('any text at all is read or is none', () => {
  fc.assert(fc.property(fc.string(), (text) => { expect(() => tryListing(text, '/out')).not.toThrow(); }));
  expect(tryListing('{"files":[],"truncated":true}', '/out')).toEqual({ files: [], refused: 0, truncated: true });
});

test('a file is told from another of its name by time and size, as far as they are told', () => {
  const of = (more: object) => tryListing(JSON.stringify({ files: [{ filePath: '/out/a', ...more }] }), '/out')!.files[0];
  expect(of({ modifiedTimestamp: '2024-01-30T20:34:54Z', size: 2323 })).toEqual({ path: '/out/a', version: '1706646894000|2323', modified: 1706646894000 });
  expect(of({ size: 7 })).toEqual({ path: '/out/a', version: '|7' });
  expect(of({ modifiedTimestamp: 'yesterday' })).toEqual({ path: '/out/a', version: '|' });
});
