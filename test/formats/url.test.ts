import { tryUrl } from '../../src/formats/url';

test('an absolute URL is read', () => {
  expect(tryUrl('https://example.com/a?b=c')?.href).toBe('https://example.com/a?b=c');
});

test.each(['', 'example.com', '/a', 'https://', 'http://[::1'])('%j is no absolute URL', (text) => {
  expect(tryUrl(text)).toBeUndefined();
});

// Far more often than it takes to have the caller optimised: what optimised code answers must not differ from what the first call did.
test('a name beyond ASCII is read each time', () => {
  const unread = Array.from({ length: 100_000 }, () => tryUrl('https://bücher.example.com/ü')).filter((url) => url?.hostname !== 'xn--bcher-kva.example.com');
  expect(unread).toHaveLength(0);
});
