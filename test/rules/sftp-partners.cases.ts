import { ControlCase, Template } from './control-case';
import { arn, BUCKET, Json, KEY_USE, LISTING, OBJECTS, over, PARAMETER, PARTNER, resource, role, SERVER, sub, template, TRUST, user } from './transfer/partner-templates';

const withRole = (statements: readonly Json[], more: Json = {}, beside: Json = {}): Template =>
  template({ Server: SERVER, Bucket: BUCKET, Role: role(statements, [TRUST], more), ...beside });
const rights = (changes: Json, statement: Json = OBJECTS): Template => withRole([over(statement, changes)]);
const trusted = (changes: Json): Template => template({ Server: SERVER, Role: role([OBJECTS], [over(TRUST, changes)]), Bucket: BUCKET });
const source = (value: unknown): Json => ({ Condition: { ...TRUST.Condition, ArnLike: { 'aws:SourceArn': value } } });
const prefixes = (value: unknown): Json => ({ Condition: { StringLike: { 's3:prefix': value } } });

const PLAN = { ProtectedResource: { S3Bucket: { BucketName: { Ref: 'Bucket' } } }, Actions: { Tagging: { Status: 'ENABLED' } }, Role: 'arn:aws:iam::111122223333:role/scan' };
const plan = (changes: Json = {}): Json => resource('GuardDuty::MalwareProtectionPlan', over(PLAN, changes));
const scanned = (changes: Json = {}, beside: Json = {}): Template => template({ ...PARTNER, Plan: plan(changes), ...beside });

const SCANNER = sub('arn:aws:iam::${AWS::AccountId}:role/scan');
const SPARED = { ArnNotEquals: { 'aws:PrincipalArn': [SCANNER] } };
const ALL = [arn('Bucket'), sub('${Bucket.Arn}/*')];
const HELD: Json = {
  Effect: 'Deny',
  Principal: '*',
  Action: ['s3:GetObject', 's3:GetObjectVersion'],
  Resource: ALL,
  Condition: { StringNotEquals: { 's3:ExistingObjectTag/GuardDutyMalwareScanStatus': 'NO_THREATS_FOUND' }, ...SPARED },
};
const TAGS: Json = {
  Effect: 'Deny',
  Principal: '*',
  Action: ['s3:PutObjectTagging', 's3:PutObjectVersionTagging', 's3:DeleteObjectTagging', 's3:DeleteObjectVersionTagging'],
  Resource: ALL,
  Condition: SPARED,
};
const guarded = (statements: unknown): Template => scanned({}, {
  Policy: resource('S3::BucketPolicy', { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Statement: statements } }),
});
const held = (changes: Json): Template => guarded([over(HELD, changes), TAGS]);
const tag = (value: unknown): Json => ({ StringNotEquals: { 's3:ExistingObjectTag/GuardDutyMalwareScanStatus': value } });
const tags = (changes: Json): Template => guarded([HELD, over(TAGS, changes)]);

const SCANNING = [
  {
    Effect: 'Allow',
    Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectTagging', 's3:GetObjectVersionTagging', 's3:PutObjectTagging', 's3:PutObjectVersionTagging'],
    Resource: sub('${Bucket.Arn}/*'),
  },
  { Effect: 'Allow', Action: ['s3:GetBucketNotification', 's3:PutBucketNotification', 's3:ListBucket'], Resource: arn('Bucket') },
];
const GUARDDUTY = { Effect: 'Allow', Principal: { Service: 'malware-protection-plan.guardduty.amazonaws.com' }, Action: 'sts:AssumeRole' };
const byRole = (statements: readonly Json[], trust: Json = GUARDDUTY, more: Json = {}): Template =>
  scanned({ Role: arn('Scanner') }, { Scanner: role(statements, [trust], more) });
const zeta = (Resource: unknown, Action = 's3:GetObject'): Json => ({ Zeta: role([{ Effect: 'Allow', Action, Resource }]) });

const notifying = (properties: Json, beside: Json = {}): Template =>
  template({ ...PARTNER, Bucket: resource('S3::Bucket', { ...BUCKET.Properties, ...properties }), ...beside });
const custom = (configuration: unknown): Json => ({
  Notifications: { Type: 'Custom::S3BucketNotifications', Properties: { BucketName: { Ref: 'Bucket' }, NotificationConfiguration: configuration } },
});

/** Controls of the roles of partners and of the buckets that they write to. */
export const SFTP_PARTNER_CASES: readonly ControlCase[] = [
  {
    control: 'SFTP-CLEAN-BUCKET',
    passing: {
      'a bucket that tells EventBridge alone': notifying({ NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } }),
      'a bucket as the CDK has it tell EventBridge': notifying({}, custom({ EventBridgeConfiguration: {} })),
    },
    failing: [
      { finding: 'HandsOn::QueueConfigurations', template: notifying({ NotificationConfiguration: { QueueConfigurations: [{ Event: 's3:ObjectCreated:*' }] } }) },
      { finding: 'HandsOn::LambdaConfigurations', template: notifying({ NotificationConfiguration: { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*' }] } }) },
      { finding: 'HandsOn::LambdaFunctionConfigurations', template: notifying({}, custom({ LambdaFunctionConfigurations: [{ Events: ['s3:ObjectCreated:*'] }] })) },
      { finding: 'HandsOn::Replication', template: notifying({ ReplicationConfiguration: { Rules: [] } }) },
      { finding: 'UnresolvedNotification', template: notifying({ NotificationConfiguration: PARAMETER }) },
      { finding: 'UnresolvedNotification', template: notifying({ NotificationConfiguration: { TopicConfigurations: PARAMETER } }) },
      { finding: 'UnresolvedNotification', template: notifying({ ReplicationConfiguration: PARAMETER }) },
    ],
    mutations: [{
      name: 'hand on what arrives',
      finding: 'HandsOn::TopicConfigurations',
      mutate: (t) => t.Resources.Bucket.Properties.NotificationConfiguration.TopicConfigurations = [{ Event: 's3:ObjectCreated:*', Topic: 'orders' }],
    }],
  },
  {
    control: 'SFTP-MALWARE-SCAN',
    passing: {
      'a plan for all of it': byRole(SCANNING),
      'a role of another template': scanned(),
      'a role whose rights are elsewhere': byRole([], GUARDDUTY, { ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/scan'] }),
      'a role that may all of S3': byRole([{ Effect: 'Allow', Action: 's3:*', Resource: '*' }]),
      'a bucket by name': template({
        Role: role([{ ...OBJECTS, Resource: 'arn:aws:s3:::files/acme/*' }]),
        Server: SERVER,
        Bucket: resource('S3::Bucket', { BucketName: 'files' }),
        Plan: plan({ ProtectedResource: { S3Bucket: { BucketName: 'files' } } }),
      }),
    },
    failing: [
      { finding: 'NoPlan', template: template(PARTNER) },
      { finding: 'NoPlan', template: scanned({ ProtectedResource: { S3Bucket: { BucketName: 'elsewhere' } } }) },
      { finding: 'NotTagged', template: scanned({ Actions: undefined }) },
      { finding: 'NotTagged', template: scanned({ Actions: { Tagging: { Status: 'DISABLED' } } }) },
      { finding: 'SomePrefixes', template: scanned({ ProtectedResource: { S3Bucket: { BucketName: { Ref: 'Bucket' }, ObjectPrefixes: ['partners/acme/'] } } }) },
      { finding: 'ScannerDenied', template: byRole(SCANNING, TRUST) },
      { finding: 'ScannerDenied', template: byRole([]) },
      { finding: 'ScannerDenied', template: byRole(SCANNING.slice(1)) },
      { finding: 'ScannerDenied', template: byRole([{ ...SCANNING[0], Resource: 'arn:aws:s3:::elsewhere/*' }, SCANNING[1]]) },
      { finding: 'UnresolvedPlan', template: scanned({ ProtectedResource: { S3Bucket: { BucketName: PARAMETER } } }) },
      { finding: 'UnresolvedPlan', template: scanned({ Actions: PARAMETER }) },
    ],
    mutations: [
      { name: 'take the plan away', finding: 'NoPlan', mutate: (t) => delete t.Resources.Plan },
      { name: 'let the scanner not tag', finding: 'ScannerDenied', mutate: (t) => t.Resources.Scanner.Properties.Policies[0].PolicyDocument.Statement.shift() },
      { name: 'leave no tag', finding: 'NotTagged', mutate: (t) => t.Resources.Plan.Properties.Actions.Tagging.Status = 'DISABLED' },
    ],
  },
  {
    control: 'SFTP-ROLE-SCOPE',
    passing: {
      'a folder': template(PARTNER),
      'a folder, in a policy of its own': withRole([], { Policies: undefined }, { Policy: resource('IAM::Policy', { Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: [OBJECTS, LISTING, KEY_USE] } }) }),
      'a listing by name': withRole([{ ...LISTING, Condition: { StringEquals: { 's3:prefix': ['partners/acme/', 'partners/acme/in/'] } } }]),
      'one file': rights({ Resource: 'arn:aws:s3:::files/partners/acme/orders.csv' }),
      'folders beside each other': withRole([OBJECTS, LISTING], {}, zeta(sub('${Bucket.Arn}/partners/zeta/*'))),
      'folders of the same name in two buckets': withRole([OBJECTS], {}, { ...zeta(sub('${Outgoing.Arn}/partners/*')), Outgoing: BUCKET }),
      'one folder of two roles': withRole([OBJECTS], {}, zeta(sub('${Bucket.Arn}/partners/acme/*'), 's3:PutObject')),
      'folders alone': rights({ Resource: 'arn:aws:s3:::files/partners/acme/*/', Action: 's3:GetObject' }),
    },
    failing: [
      ...['s3:*', '*', 'kms:*'].map((Action) => ({ finding: `Action::${Action}`, template: rights({ Action }) })),
      ...['s3:PutObjectAcl', 's3:DeleteObjectVersion', 's3:PutObjectTagging', 's3:PutBucketPolicy', 's3:BypassGovernanceRetention']
        .map((Action) => ({ finding: `Action::${Action}`, template: rights({ Action: ['s3:GetObject', Action] }) })),
      { finding: 'Action::s3:PutObjectAcl', template: rights({ Action: 's3:Put*' }) },
      { finding: 'Action::NotAction', template: rights({ Action: undefined, NotAction: 'iam:*' }) },
      { finding: 'WholeBucket', template: rights({ Resource: sub('${Bucket.Arn}/*') }) },
      ...['arn:aws:s3:::files/*', 'arn:aws:s3:::*/*', '*', 'arn:aws:s3:::files*'].map((Resource) => ({ finding: 'WholeBucket', template: rights({ Resource }) })),
      { finding: 'WholeBucket', template: rights({ Resource: undefined, NotResource: 'arn:aws:s3:::other/*' }) },
      { finding: 'WholeBucket', template: rights({ Condition: undefined }, LISTING) },
      { finding: 'WholeBucket', template: rights(prefixes(['partners/acme/*', '*']), LISTING) },
      { finding: 'WholeBucket', template: rights(prefixes(''), LISTING) },
      { finding: 'WholeBucket', template: rights({ Condition: { StringLikeIfExists: { 's3:prefix': 'partners/acme/*' } } }, LISTING) },
      ...['partners/acme*', 'partners/acme', 'partners/ac?e/*'].map((value) => ({ finding: 'Siblings', template: rights(prefixes(value), LISTING) })),
      { finding: 'Siblings', template: rights({ Condition: { StringEquals: { 's3:prefix': 'partners/acme' } } }, LISTING) },
      { finding: 'Siblings', template: rights({ Resource: sub('${Bucket.Arn}/partners/acme*') }) },
      { finding: 'OthersFolder::Zeta', template: withRole([over(OBJECTS, { Resource: sub('${Bucket.Arn}/partners/*') })], {}, zeta(sub('${Bucket.Arn}/partners/zeta/*'))) },
      { finding: 'OthersFolder::Zeta', template: withRole([over(LISTING, prefixes('partners/*'))], {}, zeta(sub('arn:aws:s3:::${Bucket}/partners/zeta/in/*'))) },
      { finding: 'AnyKey', template: rights({ Resource: '*' }, KEY_USE) },
      { finding: 'AnyKey', template: rights({ Resource: 'arn:aws:kms:eu-west-1:111122223333:key/*' }, KEY_USE) },
      { finding: 'AnyKey', template: rights({ Resource: undefined, NotResource: 'arn:aws:kms:eu-west-1:111122223333:key/a' }, KEY_USE) },
      { finding: 'Managed::AmazonS3FullAccess', template: withRole([OBJECTS], { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3FullAccess'] }) },
      { finding: 'UnresolvedScope', template: withRole([OBJECTS], { ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/files'] }) },
      { finding: 'UnresolvedScope', template: rights({ Resource: PARAMETER }) },
      { finding: 'UnresolvedScope', template: rights({ Resource: sub('${Bucket.Arn}/${Parameter}/*') }) },
      { finding: 'UnresolvedScope', template: rights(prefixes(sub('${Parameter}/*')), LISTING) },
      { finding: 'UnresolvedScope', template: rights({ Resource: PARAMETER }, KEY_USE) },
      { finding: 'UnresolvedScope', template: withRole([], { Policies: PARAMETER }, {}) },
      { finding: 'UnresolvedScope', template: rights({ Action: PARAMETER }) },
      { finding: 'UnresolvedScope', template: template({ Server: SERVER, Role: resource('IAM::Role', { AssumeRolePolicyDocument: PARAMETER }) }) },
    ],
    mutations: [
      { name: 'forget the slash', finding: 'Siblings', mutate: (t) => t.Resources.Role.Properties.Policies[0].PolicyDocument.Statement[0].Resource = sub('${Bucket.Arn}/partners/acme*') },
      { name: 'list everything', finding: 'WholeBucket', mutate: (t) => delete t.Resources.Role.Properties.Policies[0].PolicyDocument.Statement[1].Condition },
    ],
  },
  {
    control: 'SFTP-ROLE-TRUST',
    passing: {
      'users of one server': template({ ...PARTNER, User: user() }),
      'users of a server by name': trusted(source('arn:aws:transfer:eu-west-1:111122223333:user/s-0123456789abcdef0/*')),
      'an account of deployment': trusted({ Condition: { ...TRUST.Condition, StringEquals: { 'aws:SourceAccount': PARAMETER } } }),
      'one user': trusted(source('arn:aws:transfer:eu-west-1:111122223333:user/s-0123456789abcdef0/acme')),
    },
    failing: [
      { finding: 'AnyAccount', template: trusted({ Condition: { ArnLike: TRUST.Condition.ArnLike } }) },
      { finding: 'AnySource', template: trusted({ Condition: { StringEquals: TRUST.Condition.StringEquals } }) },
      { finding: 'AnySource', template: trusted({ Condition: undefined }) },
      ...['user/*', 'user/s-*/acme', 'server/s-0123456789abcdef0', '*'].map((what) => ({ finding: 'AnySource', template: trusted(source(`arn:aws:transfer:eu-west-1:111122223333:${what}`)) })),
      { finding: 'AnySource', template: trusted(source(['arn:aws:transfer:eu-west-1:111122223333:user/s-0123456789abcdef0/*', '*'])) },
      { finding: 'UnresolvedTrust', template: trusted(source(PARAMETER)) },
      { finding: 'UnresolvedTrust', template: trusted(source(sub('arn:aws:transfer:eu-west-1:111122223333:user/${Parameter}/*'))) },
      { finding: 'UnresolvedTrust', template: template({ Server: SERVER, Role: resource('IAM::Role', { AssumeRolePolicyDocument: PARAMETER }) }) },
      { finding: 'UnresolvedTrust', template: trusted({ Condition: PARAMETER }) },
      { finding: 'UnresolvedTrust', template: template({ ...PARTNER, User: user({ Role: 'arn:aws:iam::111122223333:role/elsewhere' }) }) },
    ],
    mutations: [
      { name: 'leave the source out', finding: 'AnySource', mutate: (t) => delete t.Resources.Role.Properties.AssumeRolePolicyDocument.Statement[0].Condition.ArnLike },
      { name: 'leave the account out', finding: 'AnyAccount', mutate: (t) => delete t.Resources.Role.Properties.AssumeRolePolicyDocument.Statement[0].Condition.StringEquals },
    ],
  },
  {
    control: 'SFTP-SCAN-TAG',
    passing: {
      'readers held back, and tags kept': guarded([HELD, TAGS]),
      'folders spared': held({ Resource: undefined, NotResource: sub('${Bucket.Arn}/*/') }),
      'nobody spared': guarded([over(HELD, { Condition: tag('NO_THREATS_FOUND') }), TAGS]),
    },
    failing: [
      { finding: 'ReadsUnscanned', template: scanned() },
      { finding: 'ReadsUnscanned', template: guarded([TAGS]) },
      { finding: 'ReadsUnscanned', template: held({ Action: 's3:GetObject' }) },
      { finding: 'ReadsUnscanned', template: held({ Principal: { AWS: 'arn:aws:iam::111122223333:root' } }) },
      { finding: 'ReadsUnscanned', template: held({ Resource: sub('${Bucket.Arn}/partners/acme/*') }) },
      { finding: 'ReadsUnscanned', template: held({ Resource: undefined, NotResource: sub('${Bucket.Arn}/*') }) },
      { finding: 'ReadsUnscanned', template: held({ Resource: undefined, NotResource: sub('${Bucket.Arn}/in/*') }) },
      { finding: 'ReadsUnscanned', template: held({ Condition: tag(['NO_THREATS_FOUND', 'UNSUPPORTED']) }) },
      { finding: 'ReadsUnscanned', template: held({ Condition: { ...HELD.Condition, ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } } }) },
      { finding: 'ReadsUnscanned', template: held({ Condition: { ...HELD.Condition, Bool: { 'aws:SecureTransport': 'false' } } }) },
      { finding: 'ReadsUnscanned', template: held({ Condition: { ...HELD.Condition, ArnNotEquals: { 'aws:PrincipalArn': [SCANNER, arn('Role')] } } }) },
      { finding: 'ForgedTag', template: tags({ Condition: { ArnNotEquals: { 'aws:PrincipalArn': arn('Role') } } }) },
      { finding: 'ForgedTag', template: guarded([HELD]) },
      { finding: 'ForgedTag', template: tags({ Action: 's3:PutObjectTagging' }) },
      { finding: 'ForgedTag', template: tags({ Condition: { ArnNotLike: { 'aws:PrincipalArn': '*' } } }) },
      { finding: 'ForgedTag', template: tags({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } }) },
      { finding: 'UnresolvedPolicy', template: guarded(PARAMETER) },
      { finding: 'UnresolvedPolicy', template: scanned({ ProtectedResource: { S3Bucket: { BucketName: PARAMETER } } }) },
      { finding: 'UnresolvedPolicy', template: guarded([HELD, over(TAGS, { Condition: PARAMETER })]) },
    ],
    mutations: [
      { name: 'let readers in', finding: 'ReadsUnscanned', mutate: (t) => t.Resources.Policy.Properties.PolicyDocument.Statement.shift() },
      { name: 'let all write tags', finding: 'ForgedTag', mutate: (t) => t.Resources.Policy.Properties.PolicyDocument.Statement.pop() },
    ],
  },
];
