import { Duration, Lazy } from 'aws-cdk-lib';
import { ECDSA, ED25519, WEAK_RSA } from './public-keys';
import { acme, key, recordOf, serving, the } from './serving';
import { sftp } from '../../src';
import { Statement } from '../storage/templates';

const may = '2027-05-01T00:00:00Z';

describe('by default', () => {
  const { stack, server } = serving();
  const partner = server.addPartner('acme', acme());

  test('its record has its key without the comment, its networks, its role, and the directory it uploads to', () => {
    expect(recordOf(stack, 'acme')).toEqual({
      version: 1,
      name: 'acme',
      disabled: false,
      keys: [{ body: ED25519[0].split(' ', 2).join(' '), fingerprint: expect.stringMatching(/^SHA256:/), expires: may }],
      networks: ['203.0.113.0/28'],
      roleArn: expect.stringMatching(/^<SftpUsersacmeRole.*\.Arn>$/),
      passwordRequired: false,
      directories: [{
        entry: '/', bucket: expect.stringMatching(/^<Incoming/), prefix: 'partners/acme', keyArn: expect.stringMatching(/^<FoundationData/), actions: ['list', 'write'],
      }],
    });
  });

  test('the record is written by a function, for this server', () => {
    const { ServerId, ServiceToken } = the(stack, 'Custom::SftpPartner', 'SftpUsersacmeRecord');
    expect(ServerId).toEqual(stack.resolve(server.serverId));
    expect(JSON.stringify(ServiceToken)).toContain('SftpUsersRegistrarFunction');
  });

  test('its role is taken on by Transfer Family for users of this server alone', () => {
    const role = the(stack, 'AWS::IAM::Role', 'SftpUsersacmeRole');
    expect(role.Path).toMatch(/^\/sftp\/[0-9a-f]{42}\/$/);
    expect(role.AssumeRolePolicyDocument.Statement).toEqual([{
      Action: 'sts:AssumeRole',
      Effect: 'Allow',
      Principal: { Service: 'transfer.amazonaws.com' },
      Condition: {
        StringEquals: { 'aws:SourceAccount': '111111111111' },
        ArnLike: {
          'aws:SourceArn': stack.resolve(`arn:${stack.partition}:transfer:eu-west-1:111111111111:user/${server.serverId}/*`),
        },
      },
    }]);
  });

  test('its role uploads and lists below its prefix, and does nothing else', () => {
    const [{ PolicyDocument }] = the(stack, 'AWS::IAM::Role', 'SftpUsersacmeRole').Policies;
    const statements = PolicyDocument.Statement as Statement[];
    expect(statements.flatMap(({ Action }) => Action).sort()).toEqual(
      ['kms:Decrypt', 'kms:GenerateDataKey', 's3:AbortMultipartUpload', 's3:GetObject', 's3:ListBucket', 's3:PutObject']);
    expect(statements.find(({ Action }) => Action === 's3:ListBucket')!.Condition).toEqual({ StringLike: { 's3:prefix': 'partners/acme/*' } });
    // The marker of a folder, which ends in a slash.
    expect(JSON.stringify(statements.find(({ Action }) => Action === 's3:GetObject')!.Resource)).toContain('/partners/acme/*/"');
  });

  test('the key of the bucket is open to the roles of this server, through S3 alone', () => {
    const statements = the(stack, 'AWS::KMS::Key', 'FoundationData').KeyPolicy.Statement as Statement[];
    const { Path } = the(stack, 'AWS::IAM::Role', 'SftpUsersacmeRole');
    expect(statements.filter(({ Condition }) => JSON.stringify(Condition ?? {}).includes('aws:PrincipalArn'))).toEqual([{
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Effect: 'Allow',
      Principal: { AWS: expect.anything() },
      Resource: '*',
      Condition: {
        ArnLike: { 'aws:PrincipalArn': stack.resolve(`arn:${stack.partition}:iam::111111111111:role${Path}*`) },
        StringEquals: { 'kms:CallerAccount': '111111111111', 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
      },
    }]);
  });

  test('it has no password, and alarms on its failed logins and on its last key', () => {
    expect(partner.password).toBeUndefined();
    expect(partner.alarms).toHaveLength(2);
    expect(the(stack, 'AWS::CloudWatch::Alarm', 'SftpUsersacmeLastKey')).toMatchObject({
      ComparisonOperator: 'LessThanOrEqualToThreshold',
      Dimensions: [{ Name: 'partner', Value: 'acme' }],
      Statistic: 'Minimum',
      Threshold: 7,
      Period: 86400,
      TreatMissingData: 'notBreaching',
      AlarmActions: [expect.anything()],
    });
  });

  test('its networks are let in to the endpoint', () => {
    expect(JSON.stringify(the(stack, 'AWS::EC2::SecurityGroup', 'Sftp'))).toContain('203.0.113.0/28');
  });

  test('it says where its files are', () => {
    expect([partner.name, partner.prefix]).toEqual(['acme', 'partners/acme']);
  });
});

describe('access', () => {
  test.each([
    ['upload', { '/': ['list', 'write'] }],
    ['download', { '/': ['list', 'read'] }],
    ['exchange', { '/incoming': ['list', 'write'], '/outgoing': ['list', 'read'] }],
    ['manage', { '/': ['list', 'read', 'write', 'delete'] }],
  ] as const)('%s', (access, expected) => {
    const { stack, server } = serving();
    server.addPartner('acme', acme({ access: sftp.PartnerAccess[access]() }));
    const { directories } = recordOf(stack, 'acme');
    expect(Object.fromEntries(directories.map(({ entry, actions }: { entry: string; actions: string[] }) => [entry, actions]))).toEqual(expected);
    const [{ PolicyDocument }] = the(stack, 'AWS::IAM::Role', 'SftpUsersacmeRole').Policies;
    expect(JSON.stringify(PolicyDocument)).not.toContain('DeleteObjectVersion');
    expect(JSON.stringify(PolicyDocument).includes('s3:DeleteObject')).toBe(access === 'manage');
  });

  test('downloads come from the outgoing bucket', () => {
    const { stack, server } = serving();
    server.addPartner('acme', acme({ access: sftp.PartnerAccess.download() }));
    expect(recordOf(stack, 'acme').directories[0].bucket).toMatch(/^<Outgoing/);
  });

  test.each(['download', 'exchange'] as const)('%s is refused where there is nothing to fetch', (access) => {
    const { server } = serving(undefined, { outgoing: false });
    expect(() => server.addPartner('acme', acme({ access: sftp.PartnerAccess[access]() }))).toThrow("[Stack/Sftp/Users/acme] 'access' must be "
      + "PartnerAccess.upload() or PartnerAccess.manage(), got one that fetches files; give the server an 'outgoing' bucket to fetch them from");
  });
});

test('a disabled partner keeps its role and its record, and has neither networks nor alarms', () => {
  const { stack, server } = serving();
  const partner = server.addPartner('acme', acme({ disabled: true }));
  expect(recordOf(stack, 'acme').disabled).toBe(true);
  expect(partner.alarms).toEqual([]);
  expect(JSON.stringify(the(stack, 'AWS::EC2::SecurityGroup', 'Sftp'))).not.toContain('203.0.113.0/28');
});

test('a key counts from notBefore on', () => {
  const { stack, server } = serving();
  const [first, second] = [key(), sftp.PartnerKey.of(ECDSA, { notBefore: new Date('2027-04-01T00:00:00Z'), expires: new Date('2027-09-01T12:30:00.500Z') })];
  server.addPartner('acme', acme({ keys: [first, second], prefix: 'edi/acme' }));
  const { keys, directories } = recordOf(stack, 'acme');
  expect(keys[1]).toMatchObject({ notBefore: '2027-04-01T00:00:00Z', expires: '2027-09-01T12:30:00.500Z' });
  expect(directories[0].prefix).toBe('edi/acme');
});

describe('refuses', () => {
  const at = '[Stack/Sftp/Users/acme]';
  const unknown = Lazy.string({ produce: () => 'later' });

  test.each<[string, Partial<sftp.PartnerOptions>, string]>([
    ['no key', { keys: [] },
      `${at} 'keys' must be one key at least, got none; a partner without a key never logs in, and 'disabled' says so on purpose`],
    ['a key that is too weak', { keys: [key(WEAK_RSA)] }, `${at} 'keys[0]' `],
    ['a private key, without showing it', { keys: [key('-----BEGIN OPENSSH PRIVATE KEY-----')] },
      `${at} 'keys[0]' is a private key; take it for stolen: make a new pair, and hand over the file that ends in .pub alone`],
    ['a key twice', { keys: [key(), key()] }, `${at} 'keys[1]' is there twice`],
    ['a key that only deployment knows', { keys: [key(unknown)] }, `${at} 'keys[0]' must be text, got a token; it is held against what other partners have, `
      + 'which takes it before deployment, so write it down: none of it is secret'],
    ['a network that only deployment knows', { networks: [unknown] }, `${at} 'networks[0]' must be text, got a token`],
    ['a prefix that only deployment knows', { prefix: unknown }, `${at} 'prefix' must be text, got a token`],
    ['a time that is none', { keys: [sftp.PartnerKey.of(ED25519[0], { expires: new Date('soon') })] },
      `${at} 'keys[0].expires' must be a time, got an invalid date; write for example new Date('2027-05-01T00:00:00Z')`],
    ['a key that ends before it begins', {
      keys: [sftp.PartnerKey.of(ED25519[0], { notBefore: new Date('2027-05-02T00:00:00Z'), expires: new Date(may) })],
    }, `${at} 'keys[0].expires' is not after notBefore`],
    ['a key that counts for too long', {
      keys: [sftp.PartnerKey.of(ED25519[0], { notBefore: new Date('2026-05-01T00:00:00Z'), expires: new Date(may) })],
    }, `${at} 'keys[0].expires' must be within 180 days of notBefore, got ${may}; `
      + "have the partner change its key earlier, or give the server's users a longer 'maxKeyAge'"],
    ['no network', { networks: [] }, `${at} 'networks' is no list of 1 to 1000 networks`],
    ['every network', { networks: ['0.0.0.0/0'] }, `${at} 'networks[0]' is every address there is; name the networks of the partner`],
    ['a network with host bits', { networks: ['2001:db8::/32', '203.0.113.1/28'] },
      `${at} 'networks[1]' has bits beyond its prefix; set them to zero, or give the length of a single address`],
    ['a prefix that leads elsewhere', { prefix: '../globex' }, `${at} 'prefix' is no prefix such as "partners/acme"`],
    ['a prefix that makes its session policy too long', { prefix: 'p'.repeat(500), access: sftp.PartnerAccess.exchange() },
      `${at} 'prefix' needs a session policy of `],
    ['a place of run-time partners', { prefix: 'runtime/acme' }, `${at} 'acme' must have keys and places of its own, got one that has 'runtime/acme', `
      + "which overlaps with a directory of '(those added at run time)'; give each a prefix of its own"],
    ['times of a password that is not required', { passwordRotateEvery: Duration.days(30) }, `${at} 'passwordRotateEvery' must be absent where no password is `
      + 'required, got one; leave it out, or give the server SftpUsers.identityProvider({ requirePassword: true })'],
  ])('%s', (_what, changed, message) => {
    expect(() => serving().server.addPartner('acme', acme(changed))).toThrow(message);
  });

  test.each(['ab', 'Acme', 'a/b', '-acme', '${transfer:UserName}', 'x'.repeat(101)])('%s as a name', (name) => {
    expect(() => serving().server.addPartner(name, acme())).toThrow(
      '\'name\' is no name of a partner; 3 to 100 of a-z, 0-9, "_", "." and "-", the first a letter or a digit');
  });

  test('a key that another partner has, whatever its comment', () => {
    const { server } = serving();
    server.addPartner('globex', acme());
    expect(() => server.addPartner('acme', acme({ keys: [key(`${ED25519[0].split(' ', 2).join(' ')} other`)] }))).toThrow(
      /'acme' must have keys and places of its own, got one that has the key SHA256:\S+, which is a key of 'globex'; ask each partner for a key of its own/);
  });

  test.each([['partners/globex', 'within'], ['partners', 'around']])('a prefix of %s, which is %s another\'s', (prefix) => {
    const { server } = serving();
    server.addPartner('globex', acme({ keys: [key(ECDSA)], prefix: 'partners/globex' }));
    expect(() => server.addPartner('acme', acme({ prefix: prefix === 'partners' ? prefix : `${prefix}/deep` }))).toThrow(
      'which overlaps with a directory of \'globex\'; give each a prefix of its own');
  });

  test('no prefix that merely begins as another', () => {
    const { server } = serving();
    server.addPartner('globex', acme({ keys: [key(ECDSA)], prefix: 'partners/acme2' }));
    expect(() => server.addPartner('acme', acme())).not.toThrow();
  });

  test('Ed25519 at a server in FIPS mode', () => {
    const { server } = serving(undefined, { fips: true });
    expect(() => server.addPartner('acme', acme({ keys: [key(ECDSA), key()] }))).toThrow(
      `${at} 'keys[1]' must be ECDSA or RSA, got ssh-ed25519; the server is in FIPS mode, so have the partner run: ssh-keygen -t ecdsa -b 384`);
  });
});
