import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { bound, verified } from './bound';
import { webhooks } from '../../src';

const {
  CertificateSource, JwtAlgorithm, JwtTime, SignatureAlgorithm, SignatureEncoding, SignatureScheme, SignatureSource, SignedId, SignedPart, SignedTime,
  SignedTimeUnit, WebhookHandshake, WebhookKeyFormat,
} = webhooks;

const HMAC_HEX = { algorithm: SignatureAlgorithm.HMAC_SHA256, encoding: SignatureEncoding.HEX };
const BARE: webhooks.DetachedSchemeOptions = {
  keyFormat: WebhookKeyFormat.UTF8, accepts: [HMAC_HEX], signature: SignatureSource.header('X-Signature'), content: [SignedPart.body()],
};
const JWT: webhooks.JwtSchemeOptions = {
  keyFormat: WebhookKeyFormat.JWKS,
  header: 'X-Token',
  algorithms: [JwtAlgorithm.ES256],
  bodyHashClaim: 'hash',
  bodyHashEncoding: SignatureEncoding.HEX,
  time: JwtTime.ISSUED_AT,
};

const detached = (options: Partial<webhooks.DetachedSchemeOptions> = {}) => SignatureScheme.detached({ ...BARE, ...options });
const jwt = (options: Partial<webhooks.JwtSchemeOptions> = {}) => SignatureScheme.jwt({ ...JWT, ...options });

test('a signature over the body alone signs no time', () => {
  expect(verified(detached())).toEqual({
    type: 'detached',
    key: 'utf8',
    accepts: [{ algorithm: 'hmac-sha256', encoding: 'hex' }],
    signature: { from: 'header', names: ['x-signature'] },
    content: ['body'],
  });
  expect(bound(detached())).toMatchObject({ signsTime: false, keys: 'stored', integrity: 'body', httpMethods: ['POST'] });
});

test('every part, source, time and id reads as it is written', () => {
  const scheme = detached({
    accepts: [{ ...HMAC_HEX, label: 'v1' }],
    signature: SignatureSource.list('X-Signature', ',', '='),
    content: [
      SignedPart.literal('v1:'), SignedPart.timestamp(), SignedPart.id(), SignedPart.method(), SignedPart.url(), SignedPart.decodedUrl(),
      SignedPart.setting('account'), SignedPart.crc32(), SignedPart.body(),
    ],
    settings: { account: '4711' },
    timestamp: SignedTime.label('t', SignedTimeUnit.MILLISECONDS),
    tolerance: Duration.minutes(2),
    id: SignedId.header('X-Id'),
    handshake: WebhookHandshake.SLACK,
  });
  expect(verified(scheme)).toMatchObject({
    signature: { from: 'list', name: 'x-signature', separator: ',', assign: '=' },
    content: [{ literal: 'v1:' }, 'timestamp', 'id', 'method', 'url', 'decodedUrl', { setting: 'account' }, 'crc32', 'body'],
    settings: { account: '4711' },
    timestamp: { label: 't', unit: 'ms', toleranceSeconds: 120 },
    id: { header: 'x-id' },
    handshake: 'slack',
  });
  expect(bound(scheme).signsTime).toBe(true);
});

test('a delivery may name its certificate, and be verified in the body', () => {
  const scheme = detached({
    keyFormat: WebhookKeyFormat.PEM,
    accepts: [{ algorithm: SignatureAlgorithm.RSA_V1_5_SHA256, encoding: SignatureEncoding.BASE64 }],
    signature: SignatureSource.body('/Signature'),
    content: [SignedPart.awsSns()],
    timestamp: SignedTime.pointer('/Timestamp', SignedTimeUnit.ISO8601),
    id: SignedId.pointer('/MessageId'),
    certificate: CertificateSource.pointer('/SigningCertURL', '^https://sns\\.example\\.com/[a-z]+$'),
  });
  expect(verified(scheme)).toMatchObject({ timestamp: { pointer: '/Timestamp', unit: 'iso8601', toleranceSeconds: 300 }, id: { pointer: '/MessageId' } });
  expect(bound(scheme)).toMatchObject({ keys: 'certificate', integrity: 'fields' });
  expect(bound(detached({ certificate: CertificateSource.header('X-Cert', '^https://a\\.example/c$') })).keys).toBe('certificate');
});

test.each<[string, webhooks.SignedPart[]]>([
  ['fields', [SignedPart.twilio()]],
  ['fields', [SignedPart.adyen()]],
  ['checksum', [SignedPart.crc32()]],
  ['body', [SignedPart.contentful()]],
])('says that a signature covers %s', (integrity, content) => {
  expect(bound(detached({ content })).integrity).toBe(integrity);
});

test('signatures may be numbered', () => {
  expect(verified(detached({ signature: SignatureSource.numbered('X-Sig-', 5) }))).toMatchObject({
    signature: { from: 'numbered', name: 'x-sig-', most: 5 },
  });
});

test('a token with a hash of the body', () => {
  const scheme = jwt({ urlClaim: 'sub', idClaim: 'jti', time: JwtTime.EXPIRY, tolerance: Duration.minutes(1) });
  expect(verified(scheme)).toEqual({
    type: 'jwt',
    key: 'jwks',
    header: 'x-token',
    algorithms: ['ES256'],
    bodyHash: { claim: 'hash', encoding: 'hex' },
    time: 'exp',
    toleranceSeconds: 60,
    urlClaim: 'sub',
    idClaim: 'jti',
  });
  expect(bound(scheme)).toMatchObject({ signsTime: true, integrity: 'body', keys: 'stored' });
});

test('a handshake of Okta is a GET', () => {
  expect(bound(SignatureScheme.httpMessage({ handshake: WebhookHandshake.OKTA })).httpMethods).toEqual(['POST', 'GET']);
});

test('names that deployment alone knows keep their tokens', () => {
  const stack = new Stack(new App(), 'Stack');
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const { document } = detached({ signature: SignatureSource.header(text), content: [SignedPart.literal(text), SignedPart.body()] })._bind(stack);
  expect(stack.resolve(document)).toMatchObject({
    signature: { names: [{ Ref: 'Text' }] }, content: [{ literal: { Ref: 'Text' } }, 'body'],
  });
  const { document: sns } = detached({ content: [SignedPart.awsSns()], id: SignedId.pointer(text) })._bind(stack);
  expect(stack.resolve(sns)).toMatchObject({ id: { pointer: { Ref: 'Text' } } });
});

const TIME = SignedTime.header('X-Time', SignedTimeUnit.SECONDS);
const LABEL = 'a label of 1 to 32 letters, digits and _ . = -';

test.each<[string, webhooks.SignatureScheme]>([
  ["'accepts' must have from 1 to 32 entries, got 0; name what the sender does", detached({ accepts: [] })],
  [`'accepts' must be ${LABEL}, got 'v 1'; write for example 'sha256=' or 'v1'`, detached({ accepts: [{ ...HMAC_HEX, label: 'v 1' }] })],
  ["'accepts' must have labels where signatures are in a list, got one without; name it as in the list",
    detached({ signature: SignatureSource.list('x', ',', '=') })],
  ["'signature' must have from 1 to 32 entries, got 0; name what the sender does", detached({ signature: SignatureSource.header() })],
  ["'signature' must be a header name of 1 to 128 characters, got 'x:'; write the name alone, without colon and value",
    detached({ signature: SignatureSource.header('X:') })],
  ["'signature' must be a whole number between 1 and 100, got 101; choose one in that range",
    detached({ signature: SignatureSource.numbered('x-', 101) })],
  ["'signature' must be separated by a blank, a comma or a semicolon, got ', '; write the one character between entries",
    detached({ signature: SignatureSource.list('x', ', ', '=') })],
  ["'signature' must be labelled with a comma or an equals sign, got ':'; write the one character between label and signature",
    detached({ signature: SignatureSource.list('x', ',', ':') })],
  ["'signature' must be a JSON Pointer to a member, got 'a'; write for example '/event/id'", detached({ signature: SignatureSource.body('a') })],
  ["'content' must have from 1 to 32 entries, got 0; name what the sender does", detached({ content: [] })],
  ["'content' must be printable ASCII of 1 to 64 characters, got ''; write for example '.'",
    detached({ content: [SignedPart.literal(''), SignedPart.body()] })],
  ["'content' must be a name of 1 to 64 letters, digits and _ . : / -, got ''; write it as the sender does",
    detached({ content: [SignedPart.setting(''), SignedPart.body()] })],
  ["'content' must cover the body, got no part that does; add SignedPart.body()", detached({ content: [SignedPart.url()] })],
  ["'content' must cover the timestamp, got no part that does; add SignedPart.timestamp() where it is signed", detached({ timestamp: TIME })],
  ["'content' must cover the id, got no part that does; leave 'id' out unless the sender signs it", detached({ id: SignedId.header('x-id') })],
  ["'settings' must have 'toString', got none; give the value that 'content' names",
    detached({ content: [SignedPart.setting('toString'), SignedPart.body()], settings: {} })],
  ["'settings.a' must be printable ASCII of 1 to 512 characters, got 'é'; write it as the sender does", detached({ settings: { a: 'é' } })],
  ["'tolerance' must go with 'timestamp', got none; say where the signed time is", detached({ tolerance: Duration.minutes(1) })],
  ["'tolerance' must be between 1 and 86400 seconds, got 0; choose a whole number of seconds in that range",
    detached({ timestamp: TIME, content: [SignedPart.timestamp(), SignedPart.body()], tolerance: Duration.seconds(0) })],
  ["'timestamp' must be a header or a label where 'content' has it, got neither; say where the time is",
    detached({ content: [SignedPart.timestamp(), SignedPart.body()] })],
  [`'timestamp' must be ${LABEL}, got ''; write for example 'sha256=' or 'v1'`,
    detached({ timestamp: SignedTime.label('', SignedTimeUnit.SECONDS), content: [SignedPart.timestamp(), SignedPart.body()] })],
  ["'timestamp' must be in a list of signatures to have a label, got another source; use SignedTime.header",
    detached({ timestamp: SignedTime.label('t', SignedTimeUnit.SECONDS), content: [SignedPart.timestamp(), SignedPart.body()] })],
  ["'timestamp' must point to what the signature covers, got '/t'; only part of the body is signed",
    detached({ timestamp: SignedTime.pointer('/t', SignedTimeUnit.SECONDS), content: [SignedPart.crc32()] })],
  ["'id' must be a header where 'content' has it, got none; say where the id is", detached({ content: [SignedPart.id(), SignedPart.body()] })],
  ["'id' must point to what the signature covers, got '/Subject'; only part of the body is signed",
    detached({ id: SignedId.pointer('/Subject'), content: [SignedPart.awsSns()] })],
  ["'certificate' must be a regular expression from '^https://' to '$', got 'https://a.example/'; have it match the whole URL",
    detached({ certificate: CertificateSource.header('x-cert', 'https://a.example/') })],
  ["'certificate' must be a regular expression, got '^https://[$'; close its brackets",
    detached({ certificate: CertificateSource.header('x-cert', '^https://[$') })],
  ["'header' must be a header name of 1 to 128 characters, got ''; write the name alone, without colon and value", jwt({ header: '' })],
  ["'algorithms' must have from 1 to 32 entries, got 0; name what the sender does", jwt({ algorithms: [] })],
  ["'bodyHashClaim' must be a name of 1 to 64 letters, digits and _ . : / -, got ''; write it as the sender does", jwt({ bodyHashClaim: '' })],
  ["'bodyHashEncoding' must be hex or base64url, got 'base64'; choose what the sender writes", jwt({ bodyHashEncoding: SignatureEncoding.BASE64 })],
  ["'urlClaim' must be a name of 1 to 64 letters, digits and _ . : / -, got ''; write it as the sender does", jwt({ urlClaim: '' })],
  ["'idClaim' must be a name of 1 to 64 letters, digits and _ . : / -, got ''; write it as the sender does", jwt({ idClaim: '' })],
  ["'tolerance' must be between 1 and 86400 seconds, got 172800; choose a whole number of seconds in that range",
    jwt({ tolerance: Duration.days(2) })],
  ["'algorithms' must have from 1 to 32 entries, got 0; name what the sender does", SignatureScheme.httpMessage({ algorithms: [] })],
  ["'components' must have from 1 to 32 entries, got 0; name what the sender does", SignatureScheme.httpMessage({ components: [] })],
  ["'components' must be a component of a request (RFC 9421, 2), got '@status'; write a header name, or one such as '@method'",
    SignatureScheme.httpMessage({ components: ['@status'] })],
  ["'components' must include content-digest, got none; without it the body could be any", SignatureScheme.rfc9421({ components: ['@method'] })],
  ["'tag' must be printable ASCII of 1 to 512 characters, got ''; write it as the sender does", SignatureScheme.rfc9421({ tag: '' })],
  ["'idPointer' must be a JSON Pointer to a member, got ''; write for example '/event/id'", SignatureScheme.rfc9421({ idPointer: '' })],
])('refuses: %s', (message, scheme) => {
  expect(() => bound(scheme)).toThrow(`[Stack] ${message}`);
});
