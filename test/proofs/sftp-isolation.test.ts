import { runProofs } from './proof';
import { proof, proveDeployed, proveIsolation } from './sftp-isolation';
import { Deployed, deployed } from './sftp-isolation/deployed';
import { subjectWith } from './sftp-isolation/subject';
import { Mutation } from '../runtime/mutant';

jest.setTimeout(240_000);

const STATEMENTS = 'partner-statements';

test('holds, and ends with its figures', async () => {
  const lines: string[] = [];
  expect(await runProofs(['sftp-isolation'], () => proof, ['100'], (line) => lines.push(line))).toBe(0);
  expect(lines.at(-1)).toBe('sftp-isolation: 340 pairs, 0 crossings');
});

test.each(['0', '-1', 'many', '1e9'])('does not run %s pairs', async (pairs) => {
  await expect(proof.run([pairs], () => undefined)).rejects.toThrow('must be a whole number');
});

/** Mistakes that policies of this kind had, and what each lets one partner do. */
test.each<[string, RegExp, ...Mutation[]]>([
  ['lists siblings', /may, by role.*s3:ListBucket/, { file: STATEMENTS, from: '`${directory.prefix}/*`, bucketArn', to: '`${directory.prefix}*`, bucketArn' }],
  ['lists by the bare prefix', /s3:ListBucket/, { file: STATEMENTS, from: "'s3:prefix': prefix }", to: "'s3:prefix': [prefix, prefix.slice(0, -2)] }" }],
  ['lists everything', /s3:ListBucket/, { file: STATEMENTS, from: ", Condition: { StringLike: { 's3:prefix': prefix } },", to: '' }],
  ['opens files of siblings', /s3:(Get|Put|Delete)Object/, {
    file: STATEMENTS, from: 'const below = `${bucketArn(directory, place)}/${directory.prefix}/*`', to: 'const below = `${bucketArn(directory, place)}/${directory.prefix}*`',
  }],
  ['opens folders of all', /s3:GetObject/, { file: STATEMENTS, from: "['s3:GetObject', `${below}/`]", to: "['s3:GetObject', `${bucketArn(directory, place)}/*/`]" }],
  ['uses the key for files of siblings', /kms:/, {
    file: STATEMENTS, from: 'return [bucket, `${bucket}/${directory.prefix}/*`];', to: 'return [bucket, `${bucket}/${directory.prefix}*`];',
  }],
  ['uses the key for the whole bucket', /kms:/, { file: STATEMENTS, from: 'return [bucket, `', to: 'return [`${bucket}*`, `' }],
  ['uses the key without S3', /kms:/, { file: STATEMENTS, from: "StringEquals: { 'kms:ViaService'", to: "StringEqualsIfExists: { 'kms:ViaService'" }],
  ['deletes versions', /s3:DeleteObjectVersion/, { file: STATEMENTS, from: "delete: ['s3:DeleteObject']", to: "delete: ['s3:DeleteObject', 's3:DeleteObjectVersion']" }],
  ['bounds the role alone', /may, by session:/, {
    file: 'session-policy', from: 'Statement: partnerStatements(directories, place)', to: "Statement: [{ Effect: 'Allow', Action: ['s3:*', 'kms:*'], Resource: '*' }]",
  }],
  ['knows no nested places', /may, by/, { file: 'partner-conflicts', from: 'const place = partner.directories.find(', to: 'const place = [].find(' }],
  ['takes patterns for names', /\\* may, by/, { file: 'directory-check', from: '/^[A-Za-z0-9][A-Za-z0-9_.=-]*(?:', to: '/^[A-Za-z0-9][A-Za-z0-9_.=*?-]*(?:' },
    { file: 'partner-check', from: '[a-z0-9_.-]{2,99}$/', to: '[a-z0-9_.*?-]{2,99}$/' }],
  ['finds no folders', /lost: .*s3:GetObject/, { file: STATEMENTS, from: "!directory.actions.includes('read') ?", to: "!directory.actions.includes('list') ?" }],
  ['encrypts nothing', /lost: .*kms:GenerateDataKey/, { file: STATEMENTS, from: "writes ? ['kms:Decrypt', 'kms:GenerateDataKey'] :", to: "writes ? 'kms:Decrypt' :" }],
])('does not hold where somebody %s', async (_mistake, expected, ...mutations) => {
  const lines: string[] = [];
  const outcome = await proveIsolation(subjectWith(...mutations), 600, (line) => lines.push(line));
  expect(outcome.holds).toBe(false);
  expect(lines.join('\n')).toMatch(expected);
});

describe('of what is deployed', () => {
  let partners: readonly Deployed[];
  beforeAll(() => { partners = deployed(4, 2); });

  const provedWith = async (change: (one: Deployed) => Partial<Deployed>) => {
    const lines: string[] = [];
    const { holds } = await proveDeployed(partners.map((one) => ({ ...one, ...change(one) })), (line) => lines.push(line));
    return [holds, lines.join('\n')];
  };
  const WIDE = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

  test('it holds', async () => {
    expect(await provedWith(() => ({}))).toEqual([true, expect.stringMatching(/^30 pairs of 6 partners as deployed, of whom 2 share a role/)]);
  });

  test.each<[string, RegExp, (one: Deployed) => Partial<Deployed>]>([
    ['a role is wider than its partner', /may, by role: s3:GetObject/, ({ sharesRole, role }) => sharesRole ? {} : { role: [...role, WIDE] }],
    ['the shared role reaches what templates have', /at run time\) may, by role: s3:GetObject/, ({ sharesRole, role }) => sharesRole ? { role: [...role, WIDE] } : {}],
    ['a session is as wide as the shared role', /at run time\) may, by session and both: s3:GetObject/, ({ sharesRole, session }) => sharesRole ? {
      session: { Version: '2012-10-17', Statement: [...(session as { Statement: object[] }).Statement, { ...WIDE, Resource: 'arn:aws:s3:::*/runtime/*' }] },
    } : {}],
    ['a key policy does not let the roles in', /lost: .*kms:/, ({ keyPolicies = {} }) => ({
      keyPolicies: Object.fromEntries(Object.keys(keyPolicies).map((arn) => [arn, { Version: '2012-10-17', Statement: [] }])),
    })],
  ])('it does not hold where %s', async (_mistake, expected, change) => {
    expect(await provedWith(change)).toEqual([false, expect.stringMatching(expected)]);
  });
});
