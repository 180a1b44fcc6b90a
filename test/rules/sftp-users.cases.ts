import { ControlCase } from './control-case';
import { bodyOf, lineOf } from '../formats/ssh-lines';
import { BUCKET, Json, KEY_USE, LISTING, OBJECTS, other, PARAMETER, resource, role, sub, template, user, withUser } from './transfer/partner-templates';

const home = (target: unknown, more: Json = {}) => withUser({ HomeDirectoryMappings: [{ Entry: '/', Target: target }], ...more });
const session = (statements: readonly Json[], more: Json = {}) => withUser({ Policy: JSON.stringify({ Statement: statements }), ...more });
const literal = (statement: Json): Json => JSON.parse(JSON.stringify(statement, (_, value) => (value?.['Fn::Sub'] ?? value?.['Fn::GetAtt']
  ? 'arn:aws:s3:::files/partners/acme/*' : value)));
const OWN = [OBJECTS, LISTING, KEY_USE].map(literal);
const PRIVATE = ['-----BEGIN OPENSSH', 'PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA'].join(' ');
const keys = (list: unknown, beside: Json = {}) => withUser({ SshPublicKeys: list }, beside);
const importer = (target: unknown): Json => role([{ Effect: 'Allow', Action: 'transfer:ImportSshPublicKey', Resource: target }], []);

/** Controls of users that a template has. */
export const SFTP_USER_CASES: readonly ControlCase[] = [
  {
    control: 'SFTP-SESSION-POLICY',
    passing: {
      'its own folder': session(OWN),
      'an object of the template': withUser({
        Policy: {
          'Fn::Join': ['', ['{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::', { Ref: 'Bucket' }, '/partners/acme/*"},'
        + `${JSON.stringify(KEY_USE)}]}`]],
        },
      }),
      'a shared role': withUser({ Policy: JSON.stringify({ Statement: OWN }) }, { Other: role([]), User2: other({ Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Policy: JSON.stringify({ Statement: OWN }) }) }),
    },
    failing: [
      { finding: 'SharedRole', template: withUser({}, { User2: other({ Role: { 'Fn::GetAtt': ['Role', 'Arn'] } }) }) },
      { finding: 'SharedRole', template: withUser({ Role: 'arn:aws:iam::111122223333:role/sftp' }, { User2: other({ Role: 'arn:aws:iam::111122223333:role/sftp' }) }) },
      { finding: 'NotJson', template: withUser({ Policy: '{"Statement":' }) },
      { finding: 'NotJson', template: withUser({ Policy: '[]' }) },
      { finding: 'TooLong', template: session([...OWN, ...OWN, ...OWN, ...OWN, ...OWN]) },
      { finding: 'HomeVariable', template: session([{ ...OWN[0], Resource: 'arn:aws:s3:::files/${transfer:HomeFolder}/*' }, OWN[2]]) },
      { finding: 'NoKey', template: session(OWN.slice(0, 2)) },
      {
        finding: 'NoKey',
        template: withUser({ Policy: JSON.stringify({ Statement: OWN.slice(0, 2) }), HomeDirectoryMappings: [{ Entry: '/', Target: '/files/partners/acme' }] },
          { Bucket: { ...BUCKET, Properties: { ...BUCKET.Properties, BucketName: 'files' } } }),
      },
      { finding: 'Siblings', template: session([{ ...OWN[1], Condition: { StringLike: { 's3:prefix': 'partners/acme*' } } }, OWN[2]]) },
      { finding: 'WholeBucket', template: session([{ ...OWN[0], Resource: 'arn:aws:s3:::files/*' }, OWN[2]]) },
      { finding: 'AnyKey', template: session([...OWN.slice(0, 2), { ...KEY_USE, Resource: '*' }]) },
      { finding: 'Action::s3:*', template: session([{ ...OWN[0], Action: 's3:*' }, OWN[2]]) },
      { finding: 'UnresolvedScope', template: withUser({ Policy: PARAMETER }) },
      { finding: 'UnresolvedScope', template: withUser({ Policy: sub('{"Statement": ${Parameter}}') }) },
    ],
    mutations: [
      { name: 'leave the key out', finding: 'NoKey', mutate: (t) => t.Resources.User.Properties.Policy = JSON.stringify({ Statement: OWN.slice(0, 2) }) },
      { name: 'forget the slash', finding: 'Siblings', mutate: (t) => t.Resources.User.Properties.Policy = t.Resources.User.Properties.Policy.replace('acme/*', 'acme*') },
    ],
  },
  {
    control: 'SFTP-USER-HOME',
    passing: {
      'a folder of its own': withUser({}, { User2: other() }),
      'a folder by name': home('/files/${transfer:UserName}', {}),
      'names that begin alike': withUser({}, { User2: other({ HomeDirectoryMappings: [{ Entry: '/', Target: sub('/${Bucket}/partners/acme2') }] }) }),
      'the same folder at another server': withUser({}, { Second: resource('Transfer::Server'), User2: other({ ServerId: { 'Fn::GetAtt': ['Second', 'ServerId'] }, HomeDirectoryMappings: [{ Entry: '/', Target: sub('/${Bucket}/partners/acme') }] }) }),
    },
    failing: [
      { finding: 'Path', template: withUser({ HomeDirectoryType: undefined, HomeDirectoryMappings: undefined, HomeDirectory: '/files/partners/acme' }) },
      { finding: 'Path', template: withUser({ HomeDirectoryType: 'PATH' }) },
      { finding: 'NoHome', template: withUser({ HomeDirectoryMappings: undefined }) },
      { finding: 'NoHome', template: withUser({ HomeDirectoryMappings: [] }) },
      { finding: 'BucketRoot', template: home(sub('/${Bucket}')) },
      { finding: 'BucketRoot', template: home('/files') },
      ...['/files/partners/', 'files/partners', '/files/../other', '/files/a/..', '/files//a', '/files/a*'].map((target) => ({ finding: 'Malformed', template: home(target) })),
      { finding: 'Shared::User2', template: withUser({}, { User2: other({ HomeDirectoryMappings: [{ Entry: '/', Target: sub('/${Bucket}/partners/acme') }] }) }) },
      { finding: 'Shared::User2', template: withUser({}, { User2: other({ HomeDirectoryMappings: [{ Entry: '/', Target: sub('/${Bucket}/partners') }] }) }) },
      {
        finding: 'Shared::User2',
        template: home('/files/acme', {}).Resources && template({
          User: user({ ServerId: 's-0a', HomeDirectoryMappings: [{ Entry: '/', Target: '/files/acme/in' }] }),
          User2: user({ ServerId: 's-0a', HomeDirectoryMappings: [{ Entry: '/', Target: '/files/${transfer:UserName}' }] }),
        }),
      },
      { finding: 'UnresolvedHome', template: withUser({ HomeDirectoryType: PARAMETER }) },
      { finding: 'UnresolvedHome', template: withUser({ HomeDirectoryMappings: PARAMETER }) },
      { finding: 'UnresolvedHome', template: home(PARAMETER) },
    ],
    mutations: [
      { name: 'show the bucket', finding: 'Path', mutate: (t) => t.Resources.User.Properties.HomeDirectoryType = 'PATH' },
      { name: 'give all of the bucket', finding: 'BucketRoot', mutate: (t) => t.Resources.User.Properties.HomeDirectoryMappings[0].Target = sub('/${Bucket}') },
    ],
  },
  {
    control: 'SFTP-USER-KEY-OWNER',
    passing: {
      'keys that others import': keys(undefined, { Rotator: importer('*') }),
      'keys of the template alone': keys([bodyOf('ed25519')]),
      'keys that a role imports at another server': keys([bodyOf('ed25519')], { Second: resource('Transfer::Server'), Rotator: importer(sub('arn:aws:transfer:eu-west-1:111122223333:user/${Second.ServerId}/*')) }),
    },
    failing: [
      { finding: 'DeletesAll', template: keys([]) },
      { finding: 'TwoOwners', template: keys([bodyOf('ed25519')], { Rotator: importer('*') }) },
      { finding: 'TwoOwners', template: keys([bodyOf('ed25519')], { Rotator: importer(sub('arn:aws:transfer:eu-west-1:111122223333:user/${Server.ServerId}/*')) }) },
      { finding: 'UnresolvedOwner', template: keys(PARAMETER) },
    ],
    mutations: [
      { name: 'write keys, too', finding: 'TwoOwners', mutate: (t) => t.Resources.User.Properties.SshPublicKeys = [bodyOf('ed25519')] },
      { name: 'write none', finding: 'DeletesAll', mutate: (t) => t.Resources.User.Properties.SshPublicKeys = [] },
    ],
  },
  {
    control: 'SFTP-USER-KEYS',
    passing: {
      'an Ed25519 key': keys([bodyOf('ed25519')], { User2: other() }),
      'one of each kind': keys([lineOf('ecdsa256'), bodyOf('ecdsa384'), bodyOf('ecdsa521'), bodyOf('rsa4096')]),
    },
    failing: [
      ...['rsa1024', 'rsa2048', 'rsa3064', 'dsa', 'ed25519-cert'].map((name) => ({ finding: 'WeakKey', template: keys([bodyOf('ed25519'), bodyOf(name)]) })),
      { finding: 'WeakKey', template: keys([bodyOf('ed25519').replace('ssh-ed25519', 'ssh-rsa')]) },
      { finding: 'WeakKey', template: keys(['ssh-rsa AAAA']) },
      { finding: 'PrivateKey', template: keys([PRIVATE]) },
      { finding: 'SameKey::User2', template: keys([bodyOf('rsa3072')], { User2: other() }) },
      { finding: 'UnresolvedKey', template: keys([PARAMETER]) },
      { finding: 'UnresolvedKey', template: keys(PARAMETER) },
    ],
    mutations: [
      { name: 'take a weak key', finding: 'WeakKey', mutate: (t) => t.Resources.User.Properties.SshPublicKeys = [bodyOf('rsa2048')] },
      { name: 'take the key of another user', finding: 'SameKey::User2', mutate: (t) => t.Resources.User.Properties.SshPublicKeys = [lineOf('rsa3072')] },
    ],
  },
  {
    control: 'SFTP-USER-NAME',
    passing: { 'another name': withUser({}, { User2: other() }), 'a long one': withUser({ UserName: `a.b-c_${'d'.repeat(94)}` }) },
    failing: [
      ...['Acme', 'a', '_acme', 'acme@example.com'].map((UserName) => ({ finding: 'Malformed', template: withUser({ UserName }) })),
      { finding: 'SameName::User2', template: withUser({}, { User2: other({ UserName: 'ACME' }) }) },
      { finding: 'UnresolvedName', template: withUser({ UserName: PARAMETER }) },
    ],
    mutations: [{ name: 'write it in capitals', finding: 'Malformed', mutate: (t) => t.Resources.User.Properties.UserName = 'ACME' }],
  },
];
