import fc from 'fast-check';
import { login, recordOf } from './partners';
import { isPartnerName } from '../../../src/formats/partner-check';
import { readLogin } from '../../../src/runtime/sftp/login';
import { accept } from '../../../src/runtime/sftp/login-answer';

const REASONS = ['event', 'user-name', 'protocol', 'server-id', 'address', 'password'];

test('whatever the event is, it is read or refused with a word of its own', () => {
  fc.assert(fc.property(fc.anything(), (event) => {
    const read = readLogin(event);
    expect(typeof read === 'string' ? REASONS.includes(read) : isPartnerName(read.name)).toBe(true);
  }), { numRuns: 2000 });
});

test('whatever one member is, what is read is well formed', () => {
  const members = fc.constantFrom('username', 'password', 'protocol', 'serverId', 'sourceIp');
  const values = fc.oneof(fc.anything(), fc.string({ unit: 'binary' }), fc.ipV4(), fc.ipV6(), fc.constantFrom('', 'SFTP', '::ffff:192.0.2.7', '__proto__'));
  fc.assert(fc.property(members, values, (member, value) => {
    const read = readLogin({ ...login({ password: 'x' }), [member]: value });
    if (typeof read === 'string') return;
    expect(read.name).toMatch(/^[a-z0-9][a-z0-9_.-]{2,99}$/);
    expect(read.serverId).toMatch(/^s-[0-9a-f]{17}$/);
    expect(read.ip).toMatch(/^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){7})$/);
    expect(read.password === undefined || (read.password.length > 0 && read.password.length <= 1024)).toBe(true);
  }), { numRuns: 3000 });
});

test('a member that is called __proto__ is none of the event', () => {
  expect(readLogin(JSON.parse('{"__proto__":{"username":"acme"}}'))).toBe('user-name');
});

interface Statement { readonly Resource: string | string[]; readonly Condition?: { readonly StringLike?: Record<string, string | string[]> } }

const NAME = fc.stringMatching(/^[a-z0-9][a-z0-9_.-]{2,40}$/);

test('[case 35] for any two legal names, no pattern in the policy of one is of an object of the other', () => {
  const prefixOf = (name: string) => `partners/${name.replaceAll('.', '_')}`;
  fc.assert(fc.property(NAME, fc.oneof(NAME, fc.constant('')), fc.string({ maxLength: 3 }), (name, other, end) => {
    // Siblings are what is like the name: the same and something after it.
    const sibling = prefixOf(isPartnerName(other) ? other : `${name}x`);
    fc.pre(sibling !== prefixOf(name));
    const { Policy } = accept(recordOf({ name, directories: recordOf().directories.map((each) => ({ ...each, prefix: prefixOf(name) })) }), []);
    const patterns = (JSON.parse(Policy) as { Statement: readonly Statement[] }).Statement.flatMap(({ Resource, Condition }) => [...[Resource].flat(), ...[Condition?.StringLike?.['s3:prefix'] ?? []].flat()]);
    const targets = [`arn:aws:s3:::incoming-files/${sibling}/${end}`, `arn:aws:s3:::incoming-files/${sibling}`, `${sibling}/${end}`, sibling, ''];
    for (const pattern of patterns.filter((each) => each.includes('/') && !each.startsWith('arn:aws:kms'))) {
      const matcher = new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`);
      for (const target of targets) expect(matcher.test(target)).toBe(false);
    }
  }), { numRuns: 300 });
});
