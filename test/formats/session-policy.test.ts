import * as fc from 'fast-check';
import { recordOf } from './partners';
import { isPrefix, overlaps } from '../../src/formats/directory-check';
import { checkPartnerRecord, isPartnerName } from '../../src/formats/partner-check';
import { homeMappings, PartnerDirectory } from '../../src/formats/partner-directories';
import { partnerStatements } from '../../src/formats/partner-statements';
import { MAX_SESSION_POLICY, sessionPolicy } from '../../src/formats/session-policy';

const PLACE = { partition: 'aws', region: 'eu-west-1' };
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f';
const exchange = (prefix: string, bucketLength = 63): PartnerDirectory[] => [
  { entry: '/incoming', bucket: 'i'.repeat(bucketLength), prefix, keyArn: KEY, actions: ['list', 'write'] },
  { entry: '/outgoing', bucket: 'o'.repeat(bucketLength), prefix, keyArn: KEY.replace('0a1b', 'ffff'), actions: ['list', 'read'] },
];

test('a partner that uploads lists and writes, and reads folders alone', () => {
  expect(partnerStatements(recordOf().directories, PLACE)).toEqual([
    { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::incoming-bucket', Condition: { StringLike: { 's3:prefix': 'partners/acme/*' } } },
    { Effect: 'Allow', Action: ['s3:PutObject', 's3:AbortMultipartUpload'], Resource: 'arn:aws:s3:::incoming-bucket/partners/acme/*' },
    { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::incoming-bucket/partners/acme/*/' },
    {
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b',
      Condition: {
        StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
        StringLike: { 'kms:EncryptionContext:aws:s3:arn': ['arn:aws:s3:::incoming-bucket', 'arn:aws:s3:::incoming-bucket/partners/acme/*'] },
      },
    },
  ]);
});

test('a partner that only reads does not encrypt, and one that does not list has no folders', () => {
  const [directory] = recordOf().directories;
  const actionsOf = (...actions: PartnerDirectory['actions']) => partnerStatements([{ ...directory, actions }], PLACE).flatMap(({ Action }) => Action);
  expect(actionsOf('list', 'read')).toEqual(['s3:ListBucket', 's3:GetObject', 'kms:Decrypt']);
  expect(actionsOf('write')).toEqual(['s3:PutObject', 's3:AbortMultipartUpload', 'kms:Decrypt', 'kms:GenerateDataKey']);
  expect(actionsOf('list', 'read', 'write', 'delete')).toEqual([
    's3:ListBucket', 's3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:DeleteObject', 'kms:Decrypt', 'kms:GenerateDataKey',
  ]);
});

test('tokens pass through what a role may do', () => {
  const [directory] = recordOf().directories;
  const statements = partnerStatements([{ ...directory, bucket: '${Token[TOKEN.1]}', keyArn: '${Token[TOKEN.2]}' }], { ...PLACE, partition: '${Token[AWS.Partition.3]}' });
  expect(JSON.stringify(statements)).toContain('"arn:${Token[AWS.Partition.3]}:s3:::${Token[TOKEN.1]}/partners/acme/*"');
});

test('homes have no slash at their end', () => {
  expect(homeMappings({ directories: exchange('partners/acme', 5) })).toEqual([
    { Entry: '/incoming', Target: '/iiiii/partners/acme' }, { Entry: '/outgoing', Target: '/ooooo/partners/acme' },
  ]);
});

test('China has another name for S3, and its own partition', () => {
  const [directory] = recordOf().directories;
  const policy = sessionPolicy({ directories: [{ ...directory, keyArn: 'arn:aws-cn:kms:cn-north-1:111122223333:key/0a1b' }] });
  expect(policy).toContain('"kms:ViaService":"s3.cn-north-1.amazonaws.com.cn"');
  expect(policy).toContain('arn:aws-cn:s3:::incoming-bucket');
});

test('the longest name and the longest buckets fit into a session policy', () => {
  const policy = sessionPolicy({ directories: exchange(`partners/${'a'.repeat(100)}`) });
  expect(policy.length).toBeLessThanOrEqual(MAX_SESSION_POLICY);
  expect(JSON.parse(policy)).toMatchObject({ Version: '2012-10-17', Statement: expect.any(Array) });
});

test('a policy that is too long, or of no key, is an error and not a shorter one', () => {
  expect(() => sessionPolicy({ directories: exchange('a'.repeat(300)) })).toThrow(/the session policy has \d+ characters; 2048 are the most/);
  expect(() => sessionPolicy({ directories: [] })).toThrow('the record names no key of a bucket');
});

test('what is checked has a session policy, whose patterns are of its prefix alone', () => {
  const name = fc.stringMatching(/^[a-z0-9][a-z0-9_.-]{2,99}$/);
  fc.assert(fc.property(name, fc.boolean(), (partner, both) => {
    expect(isPartnerName(partner)).toBe(true);
    const prefix = `partners/${partner}`;
    const directories = both ? exchange(prefix) : exchange(prefix).slice(0, 1);
    const wrong = checkPartnerRecord(recordOf({ name: partner, directories }));
    expect(wrong).toEqual([]);
    const strings = sessionPolicy({ directories }).match(/"[^"]*\*[^"]*"/g)!;
    expect(strings.every((text) => text.replace(/\/?"$/, '').endsWith(`${prefix}/*`))).toBe(true);
  }), { numRuns: 500 });
});

test('prefixes overlap where one is the other, or its parent', () => {
  const segments = fc.array(fc.constantFrom('a', 'ab', 'a.b', 'a-', '0'), { minLength: 1, maxLength: 4 });
  fc.assert(fc.property(segments, segments, (one, other) => {
    const [left, right] = [one, other].map((each) => each.join('/'));
    expect([left, right].every(isPrefix)).toBe(true);
    const shorter = Math.min(one.length, other.length);
    expect(overlaps({ bucket: 'b', prefix: left }, { bucket: 'b', prefix: right })).toBe(one.slice(0, shorter).join('/') === other.slice(0, shorter).join('/'));
    expect(overlaps({ bucket: 'b', prefix: left }, { bucket: 'c', prefix: right })).toBe(false);
  }));
});
