import * as fc from 'fast-check';
import { parseScheme, parseSchemeText } from '../../../src/runtime/webhooks/parse-scheme';
import { PRESETS } from '../../../src/runtime/webhooks/presets';

const DETACHED = {
  type: 'detached',
  key: 'utf8',
  accepts: [{ algorithm: 'hmac-sha256', encoding: 'hex' }],
  signature: { from: 'header', names: ['x-signature'] },
  content: ['body'],
};
const JWT = { type: 'jwt', key: 'jwks', header: 'x-jwt', algorithms: ['ES256'], bodyHash: { claim: 'hash', encoding: 'hex' }, time: 'iat', toleranceSeconds: 300 };
const MESSAGE = { type: 'http-message', key: 'jwks', algorithms: ['ed25519'], components: ['content-digest'], toleranceSeconds: 300 };
const STATIC = { type: 'static', key: 'utf8', header: 'x-token', prefix: 'Bearer ' };
const LIST = { from: 'list', name: 'x-signature', separator: ',', assign: '=' };
const TIME = { header: 'x-time', unit: 's', toleranceSeconds: 300 };

test.each([DETACHED, JWT, MESSAGE, STATIC])('reads a scheme of type $type as it is', (scheme) => {
  expect(parseScheme(scheme)).toEqual(scheme);
  expect(parseSchemeText(JSON.stringify(scheme), 'SCHEME')).toEqual(scheme);
});

test.each<[string, unknown]>([
  ['scheme must be an object', undefined],
  ['scheme must be an object', 'github'],
  ['scheme must be an object', [DETACHED]],
  ['scheme.type must be among detached, jwt, http-message, static', {}],
  ['scheme.type must be among detached, jwt, http-message, static', { ...DETACHED, type: 'constructor' }],
  ["scheme must have no member 'secret'", { ...DETACHED, secret: 'x' }],
  ["scheme must have no member '__proto__'", JSON.parse(JSON.stringify(DETACHED).replace('{', '{"__proto__":{},'))],
  ["scheme must have no member 'algorithms'", { ...DETACHED, algorithms: [] }],
  ['scheme.key must be among', { ...DETACHED, key: 'ascii' }],
  ['scheme.accepts must be an array of 1 to 32 entries', { ...DETACHED, accepts: [] }],
  ['scheme.accepts must be an array of 1 to 32 entries', { ...DETACHED, accepts: Array.from({ length: 33 }, () => DETACHED.accepts[0]) }],
  ['scheme.accepts[0].algorithm must be among hmac-sha1', { ...DETACHED, accepts: [{ algorithm: 'md5', encoding: 'hex' }] }],
  ['scheme.accepts[0].encoding must be among hex, base64, base64url', { ...DETACHED, accepts: [{ algorithm: 'hmac-sha256', encoding: 'latin1' }] }],
  ['scheme.accepts[0].label must be a label', { ...DETACHED, accepts: [{ ...DETACHED.accepts[0], label: 'a b' }] }],
  ['scheme.signature.from must be among header, numbered, list, body', { ...DETACHED, signature: { from: 'query' } }],
  ['scheme.signature.names[0] must be a header name in lower case', { ...DETACHED, signature: { from: 'header', names: ['X-Signature'] } }],
  ['scheme.signature.most must be a whole number from 1 to 100', { ...DETACHED, signature: { from: 'numbered', name: 'x-', most: 101 } }],
  ['scheme.signature.separator must be a blank, a comma or a semicolon', { ...DETACHED, signature: { ...LIST, separator: ', ' } }],
  ['scheme.signature.pointer must be a JSON Pointer to a member', { ...DETACHED, signature: { from: 'body', pointer: 'a' } }],
  ['scheme.accepts must have labels', { ...DETACHED, signature: LIST }],
  ['scheme.content must be an array', { ...DETACHED, content: 'body' }],
  ['scheme.content[0] must be among body', { ...DETACHED, content: ['header'] }],
  ['scheme.content[0] must have a member of literal, setting', { ...DETACHED, content: [{ text: '.' }] }],
  ['scheme.content[0] must have a member of literal, setting', { ...DETACHED, content: [null] }],
  ['scheme.content[0].literal must be printable ASCII', { ...DETACHED, content: [{ literal: 'é' }, 'body'] }],
  ['scheme.content must cover the body', { ...DETACHED, content: ['url'] }],
  ["scheme.settings must have 'account'", { ...DETACHED, content: [{ setting: 'account' }, 'body'] }],
  ["scheme.settings must have 'toString'", { ...DETACHED, content: [{ setting: 'toString' }, 'body'], settings: {} }],
  ['scheme.settings.account must be printable ASCII', { ...DETACHED, settings: { account: '\n' } }],
  ['scheme.timestamp must have exactly one of header, label, pointer', { ...DETACHED, timestamp: { ...TIME, pointer: '/t' }, content: ['timestamp', 'body'] }],
  ['scheme.timestamp must have exactly one of header, label, pointer', { ...DETACHED, timestamp: { unit: 's', toleranceSeconds: 1 }, content: ['timestamp', 'body'] }],
  ['scheme.content must cover the timestamp', { ...DETACHED, timestamp: TIME }],
  ['scheme.timestamp.label must go with a list of signatures', { ...DETACHED, timestamp: { label: 't', unit: 's', toleranceSeconds: 1 }, content: ['timestamp', 'body'] }],
  ['scheme.timestamp.unit must be among s, ms, iso8601', { ...DETACHED, timestamp: { ...TIME, unit: 'us' } }],
  ['scheme.timestamp.toleranceSeconds must be a whole number from 1 to 86400', { ...DETACHED, timestamp: { ...TIME, toleranceSeconds: 0 } }],
  ['scheme.timestamp.toleranceSeconds must be a whole number from 1 to 86400', { ...DETACHED, timestamp: { ...TIME, toleranceSeconds: Infinity } }],
  ['scheme.timestamp.pointer must point to what the signature covers', { ...DETACHED, content: ['crc32'], timestamp: { pointer: '/t', unit: 's', toleranceSeconds: 1 } }],
  ['scheme must say where the timestamp of its content comes from', { ...DETACHED, content: ['timestamp', 'body'] }],
  ['scheme must say where the id of its content comes from', { ...DETACHED, content: ['id', 'body'] }],
  ['scheme must say where the id of its content comes from', { ...DETACHED, content: ['id', 'body'], id: { pointer: '/id' } }],
  ['scheme.content must cover the id', { ...DETACHED, id: { header: 'x-id' } }],
  ['scheme.id must have a member of header, pointer', { ...DETACHED, id: {} }],
  ["scheme.id must have no member 'pointer'", { ...DETACHED, id: { header: 'x-id', pointer: '/id' } }],
  ['scheme.id.pointer must point to what the signature covers', { ...DETACHED, content: ['aws-sns'], id: { pointer: '/UnsubscribeURL' } }],
  ['scheme.certificate must have exactly one of header, pointer', { ...DETACHED, certificate: { url: '^https://a$' } }],
  ["scheme.certificate.url must be a regular expression from '^https://' to '$'", { ...DETACHED, certificate: { header: 'x', url: 'https://a' } }],
  ['scheme.certificate.url must be a regular expression', { ...DETACHED, certificate: { header: 'x', url: '^https://($' } }],
  ['scheme.require must have exactly one of header, pointer, claim', { ...DETACHED, require: [{ oneOf: ['1'] }] }],
  ['scheme.require must name no claim', { ...DETACHED, require: [{ claim: 'iss', oneOf: ['1'] }] }],
  ['scheme.handshake must be among zoom, slack, okta, aws-sns, discord', { ...DETACHED, handshake: 'ping' }],
  ['scheme.maxBodyBytes must be a whole number from 1 to 10485760', { ...DETACHED, maxBodyBytes: 1.5 }],
  ['scheme.algorithms[0] must be among HS256', { ...JWT, algorithms: ['none'] }],
  ['scheme.bodyHash must be an object', { ...JWT, bodyHash: undefined }],
  ['scheme.time must be among iat, exp', { ...JWT, time: 'nbf' }],
  ['scheme.components[0] must be a component of a request', { ...MESSAGE, components: ['@status'] }],
  ['scheme.components must include content-digest, else the body could be any', { ...MESSAGE, components: ['@method'] }],
  ['scheme.require must name no claim', { ...STATIC, require: [{ claim: 'iss', oneOf: ['1'] }] }],
  ['scheme.preset must be among standard-webhooks', { preset: 'constructor' }],
  ["scheme must have no member 'accepts' besides a preset", { preset: 'github', accepts: DETACHED.accepts }],
  ["scheme must have no member 'key' besides a preset", { preset: 'github', key: 'hex' }],
  ['scheme must have no toleranceSeconds, since the sender signs no time', { preset: 'github', toleranceSeconds: 300 }],
  ['scheme must have no toleranceSeconds, since the sender signs no time', { preset: 'okta', toleranceSeconds: 300 }],
  ['scheme.timestamp.toleranceSeconds must be a whole number', { preset: 'stripe', toleranceSeconds: 1e9 }],
  ['scheme.require must be an array', { preset: 'github', require: {} }],
  ["scheme.settings must have 'webhookId'", { preset: 'paypal' }],
])('%s', (message, scheme) => {
  expect(() => parseScheme(scheme)).toThrow(message);
});

test('says which variable is wrong', () => {
  expect(() => parseSchemeText(undefined, 'SCHEME')).toThrow('SCHEME must be JSON');
  expect(() => parseSchemeText('{', 'SCHEME')).toThrow('SCHEME must be JSON');
  expect(() => parseSchemeText('{}', 'SCHEME')).toThrow('SCHEME.type must be');
});

test('a preset takes what is for the receiver to say', () => {
  const sns = { preset: 'aws-sns', require: [{ pointer: '/TopicArn', oneOf: ['arn'] }], toleranceSeconds: 60, maxBodyBytes: 1000 };
  expect(parseScheme(sns)).toEqual({
    ...PRESETS['aws-sns'],
    require: [{ pointer: '/SignatureVersion', oneOf: ['2'] }, { pointer: '/TopicArn', oneOf: ['arn'] }],
    timestamp: { pointer: '/Timestamp', unit: 'iso8601', toleranceSeconds: 60 },
    maxBodyBytes: 1000,
  });
  expect(parseScheme({ preset: 'plaid', toleranceSeconds: 60 })).toHaveProperty('toleranceSeconds', 60);
  expect(parseScheme({ preset: 'rfc9421', key: 'utf8', tag: 'a' })).toMatchObject({ key: 'utf8', tag: 'a' });
});

test('anything is a scheme or refused by an error that says where', () => {
  fc.assert(fc.property(fc.oneof(fc.jsonValue(), fc.record({ type: fc.constantFrom('detached', 'jwt', 'http-message', 'static'), key: fc.jsonValue(), content: fc.jsonValue() })), (value) => {
    expect(() => parseScheme(value)).toThrow(/^scheme/);
  }), { numRuns: 2000 });
});

test('a preset with one member replaced is the same scheme or refused', () => {
  const names = Object.keys(PRESETS) as (keyof typeof PRESETS)[];
  fc.assert(fc.property(fc.constantFrom(...names), fc.nat(), fc.jsonValue(), (name, at, value) => {
    const preset: object = PRESETS[name];
    const members = Object.keys(preset);
    const changed = { ...preset, [members[at % members.length]]: value };
    try {
      expect(parseScheme(changed)).toEqual(changed);
    } catch (error) {
      expect((error as Error).message).toMatch(/^scheme/);
    }
  }), { numRuns: 2000 });
});
