/** A test that exists, by its file beside this one and by its name or a part of it. */
type Named = readonly [file: string, name: string];

/** The mistakes that verifiers and receivers of webhooks have made, by number, and the tests that show that they are not made here. */
export const ADVERSARIAL: readonly (readonly [number: number, mistake: string, ...tests: readonly Named[]])[] = [
  [
    1, 'no signature header',
    ['attacks-signature.test.ts', '1: refuses a delivery without its signature'],
  ],
  [
    2, 'an empty signature header',
    ['attacks-signature.test.ts', '2: refuses an empty signature'],
  ],
  [
    3, 'a label or prefix alone, a truncated signature',
    ['attacks-signature.test.ts', '3: refuses a label without signature and a truncated one'],
  ],
  [
    4, 'junk around a signature',
    ['attacks-signature.test.ts', '4: refuses what follows or precedes the signature'],
  ],
  [
    5, 'base64 that is not canonical',
    ['attacks-signature.test.ts', '5: refuses base64 that is not canonical'],
  ],
  [
    6, 'hex in capitals',
    ['attacks-signature.test.ts', '6: refuses hex in capitals'],
  ],
  [
    7, 'the right digest under the wrong label',
    ['attacks-signature.test.ts', '7: refuses the right digest under another label'],
  ],
  [
    8, 'a public key as an HMAC key',
    ['attacks-signature.test.ts', '8: a public key is never a secret'],
  ],
  [
    9, 'two signature headers',
    ['attacks-signature.test.ts', '9 and 10: refuses two signature headers, whatever their case'],
  ],
  [
    10, 'two signature headers in different case',
    ['attacks-signature.test.ts', '9 and 10: refuses two signature headers, whatever their case'],
  ],
  [
    11, 'header names in mixed case',
    ['attacks-signature.test.ts', '11: accepts header names in any case'],
  ],
  [
    12, 'unknown versions before the right one',
    ['attacks-signature.test.ts', '12: passes over versions that it does not know'],
  ],
  [
    13, 'ten thousand signatures',
    ['attacks-signature.test.ts', '13: refuses long lists, and works no harder for them'],
    ['attacks-signature.test.ts', '13: refuses a list with an item that is none'],
  ],
  [
    14, 'header names that are not ASCII, or that objects have',
    ['attacks-signature.test.ts', '14: header names that objects have, or that are not ASCII, mean nothing'],
    ['attacks-signature.test.ts', '14: refuses signatures that are not ASCII'],
  ],
  [
    15, 'a header of 64 kB',
    ['attacks-signature.test.ts', '15: refuses a header of 64 kB'],
    ['attacks-signature.test.ts', '15: refuses more headers, or larger ones together, than anybody sends'],
  ],
  [
    16, 'zero, malleable and non-canonical ECDSA and Ed25519 signatures, low-order keys',
    ['attacks-signature.test.ts', '16: ECDSA and Ed25519'],
    ['key-formats.test.ts', '16: refuses the Ed25519 key %s, for which anybody can sign'],
  ],
  [
    17, 'signatures of another length',
    ['attacks-signature.test.ts', '17: refuses a signature that is a byte short, a byte long or has none'],
  ],
  [
    18, 'the edges of the tolerance',
    ['attacks-time.test.ts', '18: %s is good for %d seconds on either side, and no longer'],
    ['attacks-time.test.ts', '18 and 19: a token with an expiry is good until then, and not before it begins'],
  ],
  [
    19, 'a day in the future',
    ['attacks-time.test.ts', '19: %s refuses a delivery of tomorrow'],
  ],
  [
    20, 'milliseconds for seconds, and the reverse',
    ['attacks-time.test.ts', '20 and 21: refuses the time %j in seconds, although it is signed'],
    ['attacks-time.test.ts', '20: refuses seconds where milliseconds are expected'],
  ],
  [
    21, 'times that are no plain number',
    ['attacks-time.test.ts', '20 and 21: refuses the time %j in seconds, although it is signed'],
  ],
  [
    22, 'two times in a list',
    ['attacks-time.test.ts', '22: refuses a list with two times, or none'],
  ],
  [
    23, 'a time that was changed',
    ['attacks-time.test.ts', '23: refuses a delivery of %s whose time was changed'],
  ],
  [
    24, 'a boundary that moved',
    ['attacks-time.test.ts', '24: the boundary between time and body cannot move'],
    ['attacks-time.test.ts', '24: an id has no separator in it'],
  ],
  [
    25, 'ISO 8601 without a zone, leap seconds, the year 10000',
    ['attacks-time.test.ts', '25: %s is no point in time'],
    ['attacks-time.test.ts', '25: reads zones and fractions'],
  ],
  [
    26, 'a clock that is given',
    ['attacks-time.test.ts', '26: the time of arrival is given, and must be one'],
    ['adversarial.test.ts', '26: nothing that verifies reads a clock'],
  ],
  [
    27, 'one byte changed',
    ['attacks-body.test.ts', '27: one byte that changed'],
    ['verify.fuzz.test.ts', 'one bit of body, signature, time or id, and it is another delivery'],
  ],
  [
    28, 'JSON written anew',
    ['attacks-body.test.ts', '28: JSON that was written anew'],
  ],
  [
    29, 'a trimmed line end',
    ['attacks-body.test.ts', '29: a line end that was trimmed'],
  ],
  [
    30, 'a byte order mark',
    ['attacks-body.test.ts', '30: a byte order mark'],
  ],
  [
    31, 'decomposed characters',
    ['attacks-body.test.ts', '31: characters that were decomposed'],
  ],
  [
    32, 'invalid UTF-8 that reads alike',
    ['attacks-body.test.ts', '32: bytes that are no UTF-8, and read alike'],
  ],
  [
    33, 'another character encoding',
    ['attacks-body.test.ts', '33: text in another encoding'],
  ],
  [
    34, 'all byte values through base64',
    ['attacks-body.test.ts', '34: gives the bytes, all of them'],
  ],
  [
    35, 'lenient base64 of the proxy',
    ['attacks-body.test.ts', '35: refuses %j, which is not canonical base64'],
  ],
  [
    36, 'an empty body',
    ['attacks-body.test.ts', '36: accepts an empty body that is signed'],
  ],
  [
    37, 'no body at all',
    ['attacks-body.test.ts', '37: may have no body and no headers'],
    ['handshakes.test.ts', '37: Okta'],
  ],
  [
    38, 'patterns of templates',
    ['attacks-body.test.ts', '38: %s in a body is just that'],
    ['attacks-body.test.ts', '38: a dollar sign that a template would swallow'],
  ],
  [
    39, 'prototypes and duplicate members in JSON',
    ['attacks-body.test.ts', '39: hostile JSON pollutes nothing'],
    ['attacks-body.test.ts', '39: a signed body with %s is told apart by its hash'],
  ],
  [
    40, 'deep nesting',
    ['attacks-body.test.ts', '40: JSON that is nested deeply is not looked into'],
  ],
  [
    41, 'large and compressed bodies',
    ['attacks-body.test.ts', '41: a body is refused unread above the limit, and compressed ones are judged as sent'],
    ['attacks-body.test.ts', '41: %s has large ones refused unread'],
  ],
  [
    42, 'plus and %20 in forms',
    ['attacks-body.test.ts', '42: a form that was encoded anew'],
  ],
  [
    43, 'control characters on their way to a target',
    ['attacks-body.test.ts', '43: control characters in a body are bytes like others'],
    ['receive.test.ts', 'of any bytes is kept as it is (item 43)'],
    ['dispatch.test.ts', 'gets the event without control characters (item 43), and its dedupeId'],
  ],
  [
    44, 'other addresses',
    ['attacks-url.test.ts', '44: a delivery to another address, %s, is refused'],
    ['attacks-url.test.ts', '44: HubSpot decodes some characters of its URL, and no others'],
  ],
  [
    45, 'spoofed hosts',
    ['attacks-body.test.ts', '45: has no say in its URL but by query parameters, which are encoded'],
  ],
  [
    46, 'no bodySHA256, or two',
    ['attacks-url.test.ts', '46: a body that is no form has its hash in the URL, once'],
    ['attacks-url.test.ts', '46: the type of a body is said once'],
  ],
  [
    47, 'fields of a form whose boundary moved',
    ['attacks-url.test.ts', '47: fields whose boundary moved have one signature, which is the scheme’s; others do not'],
  ],
  [
    48, 'fields of Adyen that are not signed, colons, two items',
    ['attacks-body.test.ts', '48: fields that Adyen does not sign may be any, which is why integrity is of fields'],
    ['attacks-body.test.ts', '48: a colon in a field that has none'],
    ['attacks-body.test.ts', '48: two notifications, one of them signed'],
  ],
  [
    49, 'a body with the same CRC-32',
    ['attacks-url.test.ts', '49: PayPal'],
  ],
  [
    50, 'addresses of certificates, foreign topics, SHA-1, subscriptions',
    ['attacks-url.test.ts', '50: SNS'],
    ['attacks-url.test.ts', '50: asks for no certificate at %s, whatever a pattern lets through'],
    ['handshakes.test.ts', '50: SNS'],
  ],
  [
    51, 'HTTP message signatures',
    ['http-message.test.ts', '51: a signature is refused'],
    ['http-message.test.ts', '51: %s does not cover the body, and is refused for that'],
    ['http-message.test.ts', '51: one good signature is enough, whatever else is there'],
  ],
  [
    52, 'JWTs',
    ['attacks-jwt.test.ts', '52: a token with %s is refused'],
    ['attacks-jwt.test.ts', '52: a token that an HMAC under the public key signs is refused'],
    ['attacks-jwt.test.ts', '52: a token of the key %j, which is none of those that are stored, is refused'],
    ['attacks-jwt.test.ts', '52: an old token is refused'],
  ],
  [
    53, 'empty and short secrets',
    ['key-formats.test.ts', '53: the key must not be empty'],
    ['key-formats.test.ts', '53: the secret must have at least 16 bytes'],
    ['attacks-keys.test.ts', '53: a short secret is no key at run time either, although what it signs matches'],
  ],
  [
    54, 'a line end after a secret',
    ['key-formats.test.ts', '54: the key must have no blanks or line ends around it'],
  ],
  [
    55, 'current and previous secret',
    ['attacks-keys.test.ts', '55: current and previous secret verify, and a revoked one does not'],
    ['receive.test.ts', 'of both stages work within the overlap, the previous one not after it'],
  ],
  [
    56, 'an unknown version amid a rotation',
    ['receive.test.ts', 'are read again for a delivery that none of them verifies, twice a minute at most (item 56)'],
  ],
  [
    57, 'no Secrets Manager',
    ['receive.test.ts', 'that cannot be read are 503, never 401, and old ones do not take their place (item 57)'],
    ['../../runtime-e2e/inbox.test.ts', 'while %s fails a delivery is answered with 503, and nothing of it is logged (item 57)'],
  ],
  [
    58, 'a key in another encoding',
    ['key-formats.test.ts', '58: the key must be hex'],
    ['attacks-keys.test.ts', '58: a secret in hex is not the text that writes it'],
  ],
  [
    59, 'secrets in logs and answers',
    ['attacks-keys.test.ts', '59: every reason is of the closed list, and names nothing'],
    ['receive.test.ts', 'is answered with 401 and one body, whatever is wrong, and written nowhere (items 59 and 69)'],
  ],
  [
    60, 'a replay within the window',
    ['receive.test.ts', 'that comes again, or under another unsigned delivery id, is answered alike and is one record (items 60 and 61)'],
  ],
  [
    61, 'a replay under another delivery id',
    ['attacks-keys.test.ts', '61: a replay under another unsigned delivery id is a duplicate'],
    ['receive.test.ts', 'is one record (items 60 and 61)'],
  ],
  [
    62, 'a hundred equal deliveries at once',
    ['inbox-lambdas.test.ts', 'are one record and one event (item 62)'],
    ['../../runtime-e2e/inbox.test.ts', 'leave one record (item 62)'],
    ['../../../scripts/emulated-inbox.ts', 'leave one record (adversarial test 62)'],
  ],
  [
    63, 'one id, two bodies',
    ['attacks-keys.test.ts', '63: the same signed id with another body has the same dedupe key, so that the receiver can tell'],
    ['receive.test.ts', 'with the id of another one is quarantined, durably and once (item 63)'],
  ],
  [
    64, 'a put whose answer is lost',
    ['receive.test.ts', 'whose put succeeded though the answer was lost is a duplicate when it comes again (item 64)'],
  ],
  [
    65, 'a crash after the record',
    ['dispatch.test.ts', 'leaves the stream two minutes, then takes every record, page by page (items 65 and 68)'],
  ],
  [
    66, 'a mark that fails',
    ['dispatch.test.ts', 'publishes again under the same dedupeId if the mark failed (item 66)'],
  ],
  [
    67, 'an expired record that is still there',
    ['receive.test.ts', 'is still a duplicate while its record should have expired and was not deleted (item 67)'],
  ],
  [
    68, 'a stream that is down',
    ['dispatch.test.ts', 'page by page (items 65 and 68)'],
  ],
  [
    69, 'a flood of forgeries',
    ['receive.test.ts', 'written nowhere (items 59 and 69)'],
    ['../../runtime-e2e/inbox.test.ts', 'forgeries are answered with 401 and write nothing; Secrets Manager is asked once (item 69)'],
  ],
  [
    70, 'the time that a comparison takes',
    ['attacks-keys.test.ts', '70: all keys and signatures are tried, whichever match'],
    ['adversarial.test.ts', '70: where a signature is wrong makes no difference to the time that it takes'],
  ],
];
