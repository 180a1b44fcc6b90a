import { generateKeyPairSync } from 'node:crypto';
import * as fc from 'fast-check';
import { blobOf, bodyOf, flipped, lineOf, lineWith, SAMPLES } from './ssh-lines';
import { readSshPublicKey, SshKeyPurpose } from '../../src/formats/ssh-public-key';

const PURPOSES: readonly SshKeyPurpose[] = ['partner', 'host', 'connector-host'];
const problemOf = (line: unknown, purpose: SshKeyPurpose = 'partner') => {
  const key = readSshPublicKey(line, purpose);
  return 'problem' in key ? key.problem : undefined;
};

test.each(SAMPLES.map((sample) => [sample.name, sample] as const))('%s of ssh-keygen is taken for what it should be, under its fingerprint', (_name, sample) => {
  for (const purpose of PURPOSES) {
    const key = readSshPublicKey(sample.line, purpose);
    expect('problem' in key).toBe(!sample.takenFor.includes(purpose));
    if (!('problem' in key)) {
      expect(key).toMatchObject({ fingerprint: sample.fingerprint, body: sample.line.split(' ').slice(0, 2).join(' ') });
      expect(`${key.type} ${key.blob.toString('base64')}`).toBe(key.body);
    }
  }
});

test('there is a sample of every type and at both sides of every bound', () => {
  expect(SAMPLES.map(({ name }) => name).sort()).toEqual([
    'dsa', 'dsa-cert', 'ecdsa256', 'ecdsa256-cert', 'ecdsa384', 'ecdsa521', 'ed25519', 'ed25519-cert',
    'rsa1024', 'rsa2040', 'rsa2048', 'rsa3064', 'rsa3072', 'rsa3072-cert', 'rsa4096', 'rsa8192', 'rsa8200',
  ]);
});

test.each([
  ['rsa1024', 'partner', 'is an RSA key of 1024 bits; 3072 are the least'],
  ['rsa3064', 'partner', 'is an RSA key of 3064 bits; 3072 are the least'],
  ['rsa2040', 'host', 'is an RSA key of 2040 bits; 2048 are the least'],
  ['rsa8200', 'partner', 'is an RSA key of 8200 bits; 8192 are the most'],
  ['dsa', 'partner', 'is a DSA key, which has 1024 bits (RFC 4253, 6.6)'],
  ['ed25519', 'connector-host', 'is an Ed25519 key, which connectors do not take'],
  ['ed25519-cert', 'partner', 'is a certificate, which AWS Transfer Family does not take'],
] as const)('%s as a key of a %s %s', (name, purpose, problem) => {
  expect(problemOf(lineOf(name), purpose)).toBe(problem);
});

test('bits are those of the modulus and of the curve', () => {
  const bits = ['rsa3072', 'rsa4096', 'rsa8192', 'ecdsa256', 'ecdsa384', 'ecdsa521', 'ed25519'].map((name) => {
    const key = readSshPublicKey(lineOf(name), 'partner');
    return 'problem' in key ? key.problem : key.bits;
  });
  expect(bits).toEqual([3072, 4096, 8192, 256, 384, 521, 256]);
});

test.each(['  ', '\t'])('comment and space around do not matter', (space) => {
  const body = bodyOf('ed25519');
  const [type, base64] = body.split(' ');
  for (const line of [body, `${body} `, `${space}${type}${space}${base64}${space}some one@example.com`, `${body} comment\n`, `${body}\r\n`]) {
    expect(readSshPublicKey(line, 'partner')).toMatchObject({ body });
  }
});

const ED25519 = bodyOf('ed25519');
const POINT = Buffer.from(ED25519.split(' ')[1], 'base64').subarray(-32);
const SMALL = ['00'.repeat(32), `01${'00'.repeat(31)}`, `${'00'.repeat(31)}80`, `ec${'ff'.repeat(30)}7f`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'];

test.each<[string, unknown, RegExp]>([
  ['nothing', '', /known type/],
  ['a number', 7, /no text/],
  ['a list', [ED25519], /no text/],
  ['options', `from="192.0.2.0/24" ${ED25519}`, /known type/],
  ['a command', `command="rm",no-pty ${ED25519}`, /known type/],
  ['the marker of an authority', `@cert-authority * ${ED25519}`, /known type/],
  ['a name of a host before it', `sftp.example.com ${ED25519}`, /known type/],
  ['two lines', `${ED25519}\n${ED25519}`, /more than one line/],
  ['a second line behind a return', `${ED25519} a\r${ED25519}`, /more than one line/],
  ['an escape in the comment', `${ED25519} \x1b[31m`, /control characters/],
  ['no key', 'ssh-ed25519', /canonical base64/],
  ['base64 without padding', bodyOf('rsa3072').replace(/=+$/, ''), /canonical base64|^$/],
  ['base64 of URLs', `ssh-ed25519 ${ED25519.slice(12).replace(/A/, '_')}`, /canonical base64/],
  ['base64 with bits left over', `${lineWith('ssh-ed25519', blobOf('ssh-ed25519', POINT, 'x'))}=`, /canonical base64|cut off/],
  ['a key cut off', lineWith('ssh-ed25519', blobOf('ssh-ed25519', POINT).subarray(0, -1)), /cut off/],
  ['a byte too many', lineWith('ssh-ed25519', Buffer.concat([blobOf('ssh-ed25519', POINT), Buffer.of(0)])), /too much/],
  ['a string too many', lineWith('ssh-ed25519', blobOf('ssh-ed25519', POINT, '')), /32 bytes/],
  ['33 bytes', lineWith('ssh-ed25519', blobOf('ssh-ed25519', Buffer.concat([POINT, Buffer.of(0)]))), /32 bytes/],
  ['another type in the blob', ED25519.replace('ssh-ed25519', 'ssh-rsa'), /says ssh-rsa and holds a key of another type/],
  ['a type in capitals', ED25519.replace('ssh-ed25519', 'SSH-ED25519'), /known type/],
  ['a prototype for a type', `constructor ${ED25519}`, /known type/],
  ['Ed448', lineWith('ssh-ed448', blobOf('ssh-ed448', Buffer.alloc(57, 1))), /known type/],
  ['a token', lineWith('sk-ssh-ed25519@openssh.com', blobOf('sk-ssh-ed25519@openssh.com', POINT, 'ssh:')), /security token/],
  ['a token of ECDSA', lineWith('sk-ecdsa-sha2-nistp256@openssh.com', blobOf('sk-ecdsa-sha2-nistp256@openssh.com', 'nistp256', POINT, 'ssh:')), /security token/],
  ['a coordinate not below p', lineWith('ssh-ed25519', blobOf('ssh-ed25519', Buffer.from(`ed${'ff'.repeat(30)}7f`, 'hex'))), /not written as RFC 8032/],
  ['SHA-2 names of signatures', lineOf('rsa3072').replace('ssh-rsa', 'rsa-sha2-256'), /known type/],
  ['RFC 4716', '---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----', /RFC 4716/],
  ['PEM', '-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----', /PEM/],
  ['a long line', `${ED25519} ${'x'.repeat(4096)}`, /over 4096/],
  ...SMALL.map((hex): [string, string, RegExp] => ['a point of small order', lineWith('ssh-ed25519', blobOf('ssh-ed25519', Buffer.from(hex, 'hex'))), /anybody can sign/]),
])('%s is refused', (_what, line, problem) => {
  expect(problemOf(line)).toMatch(problem);
});

const mpint = (value: bigint) => {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  return bytes[0] >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
};
const N = 2n ** 3071n + 1n;
const rsa = (e: Buffer, n: Buffer) => problemOf(lineWith('ssh-rsa', blobOf('ssh-rsa', e, n)));

test('RSA keys that nobody can sign with, or not written as they should be, are refused', () => {
  expect([3n, 37n, 65537n].map((e) => rsa(mpint(e), mpint(N)))).toEqual([undefined, undefined, undefined]);
  expect([1n, 2n, 65536n, 2n ** 256n + 1n].map((e) => rsa(mpint(e), mpint(N)))).toEqual(Array(4).fill('is an RSA key that nobody can sign with'));
  expect(rsa(mpint(65537n), mpint(N - 1n))).toBe('is an RSA key that nobody can sign with');
  const padded = Buffer.concat([Buffer.of(0), mpint(65537n)]);
  for (const e of [padded, Buffer.of(), Buffer.of(0), Buffer.of(0x81)]) expect(rsa(e, mpint(N))).toBe('is no RSA key (RFC 4253, 6.6)');
  expect(rsa(mpint(65537n), Buffer.concat([Buffer.of(0, 0), mpint(N)]))).toBe('is no RSA key (RFC 4253, 6.6)');
});

test.each(['P-256', 'P-384', 'P-521'])('a point of %s is on the curve, whole and not compressed', (namedCurve) => {
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve }).publicKey.export({ format: 'jwk' });
  const bits = namedCurve.slice(2);
  const [type, curve] = [`ecdsa-sha2-nistp${bits}`, `nistp${bits}`];
  const [left, right] = [x, y].map((each) => Buffer.from(each, 'base64url'));
  const point = Buffer.concat([Buffer.of(4), left, right]);
  const moved = flipped(point, 8 * point.length - 8);
  expect(problemOf(lineWith(type, blobOf(type, curve, point)))).toBeUndefined();
  expect(problemOf(lineWith(type, blobOf(type, curve, moved)))).toMatch(/not on the curve/);
  expect(problemOf(lineWith(type, blobOf(type, curve, Buffer.concat([Buffer.of(4), Buffer.alloc(2 * left.length)]))))).toMatch(/not on the curve/);
  for (const [name, bytes] of [[curve, Buffer.concat([Buffer.of(2), left])], [curve, point.subarray(1)], ['nistp192', point], [curve, Buffer.of(0)]] as const) {
    expect(problemOf(lineWith(type, blobOf(type, name, bytes)))).toMatch(/is no ECDSA key/);
  }
});

test('a private key is called that, and no word of it is told', () => {
  const secret = 'MC4CAQAwBQYDK2VwBCIEIB8zfqsjMVDXuYyF4Zcs8oZl5yMpj0m6ZmG4uJw2rJxS';
  for (const line of [
    `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----`, `-----BEGIN OPENSSH PRIVATE KEY-----${secret}`, `ssh-rsa b3BlbnNzaC1rZXktdjEA${secret}`,
    `PuTTY-User-Key-File-3: ssh-ed25519\n${secret}`, `${ED25519} -----BEGIN RSA PRIVATE KEY----- ${secret}`, `---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n${secret}`,
  ]) {
    const answer = readSshPublicKey(line, 'partner');
    expect(answer).toMatchObject({ problem: 'is a private key' });
    expect(JSON.stringify(answer)).not.toContain(secret.slice(0, 8));
  }
});

test('whatever is given, there is an answer, which holds nothing of what was refused', () => {
  const words = fc.stringMatching(/^[a-zA-Z0-9+/]{24,60}$/);
  fc.assert(fc.property(fc.oneof(fc.string(), words.map((word) => `ssh-rsa ${word}`), fc.tuple(words, words).map((each) => each.join(' '))), (line) => {
    const key = readSshPublicKey(line, 'partner');
    const told = JSON.stringify(key);
    expect('problem' in key && line.split(' ').filter((word) => word.length >= 24).some((word) => told.includes(word))).toBe(false);
  }), { numRuns: 2000 });
});

test('a key with any one bit changed is refused, or is another key', () => {
  fc.assert(fc.property(fc.constantFrom(...SAMPLES.filter(({ takenFor }) => takenFor.includes('partner'))), fc.nat(), ({ line, fingerprint }, at) => {
    const [type, base64] = line.split(' ');
    const key = readSshPublicKey(lineWith(type, flipped(Buffer.from(base64, 'base64'), at)), 'partner');
    expect('problem' in key || key.fingerprint !== fingerprint).toBe(true);
  }), { numRuns: 1000 });
});

test('an ECDSA key with any one bit changed is refused', () => {
  const blob = Buffer.from(bodyOf('ecdsa256').split(' ')[1], 'base64');
  for (let bit = 0; bit < blob.length * 8; bit += 1) {
    expect(problemOf(lineWith('ecdsa-sha2-nistp256', flipped(blob, bit)))).toBeDefined();
  }
});
