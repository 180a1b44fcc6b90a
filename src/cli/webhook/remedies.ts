import type { Reason } from '../../runtime/webhooks/verdict';

/** What to look at for each reason; says nothing of the request. */
export const REMEDIES: Readonly<Record<Reason, string>> = {
  'body-too-large': 'the scheme takes no body as large; see maxBodyBytes',
  'header-too-large': 'a header or all of them are longer than any sender sends',
  'missing-header': 'the request lacks a header that the scheme needs; a proxy may drop it, or it is of another sender',
  'duplicate-header': 'a header that must be there once is there twice',
  'malformed-header': 'a header has characters that no header has, or a list in it is not as the sender writes it',
  'malformed-url': 'the address is not one that the scheme can sign',
  'malformed-body': 'the body is not what this sender sends: JSON with each member once, or a form',
  'malformed-id': 'the id has characters that separate what is signed; use letters, digits and underscores',
  'malformed-timestamp': 'the time is not written as the sender writes it (seconds, milliseconds or RFC 3339)',
  'stale': 'the request is older than the tolerance; give its time of arrival by --at, or look at the clock',
  'premature': 'the request is from the future; give its time of arrival by --at, or look at the clock',
  'malformed-signature': 'no signature of an accepted kind is there: another version, prefix or encoding',
  'too-many-signatures': 'the list of signatures is longer than any sender sends',
  'unsupported-algorithm': 'the request names an algorithm that the scheme does not accept',
  'not-covered': 'the signature does not cover what it has to',
  'digest-mismatch': 'the hash that is signed is not one of this body: it was changed on its way, or captured in another form',
  'key-not-allowed': 'the certificate is at an address that is not the sender\'s',
  'unknown-key': 'the request names a key that is not among those given; see --key-id',
  'no-usable-key': 'no key that was given fits the algorithms of the scheme',
  'forged': 'no key that was given made a signature of this content: another key, or body, address or time were changed on the way',
  'source-not-allowed': 'the address of the caller is not among those of the sender; a captured request has none',
  'not-allowed': 'it is signed, and a header, member or claim is not what the scheme requires, or the address is another; see --url',
};
