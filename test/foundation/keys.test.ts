import { App, CfnParameter, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3n from 'aws-cdk-lib/aws-s3-notifications';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { DataDomain, Foundation, ServiceKeyGrants } from '../../src/foundation';

type Statement = Record<string, any>;

const env = { account: '111111111111', region: 'eu-west-1' };
const root = { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111111111111:root']] } };
const arnOf = (service: string, resource: string) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:${service}:eu-west-1:111111111111:${resource}`]],
});
const anyBucket = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::*']] };

function stackIn(app = new App(), id = 'Stack', place: { account?: string; region?: string } = env): Stack {
  return new Stack(app, id, { env: place });
}

/** Statements of the key policy of a domain's key, without the one for administration. */
function usesOf(stack: Stack, domain: DataDomain): Statement[] {
  const id = stack.getLogicalId(Foundation.of(stack).key(domain).node.defaultChild as kms.CfnKey);
  const [administration, ...uses] = Template.fromStack(stack).toJSON().Resources[id].Properties.KeyPolicy.Statement as Statement[];
  expect(administration.Sid).toBe('AccountAdministers');
  return uses;
}

function roleIn(scope: Stack, id = 'Role'): iam.Role {
  return new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
}

/** References of a template that lead back to where they started. */
function hasCycle(template: { Resources: Record<string, unknown> }): boolean {
  const edges = new Map(Object.entries(template.Resources).map(([id, resource]) => {
    const text = JSON.stringify(resource);
    return [id, Object.keys(template.Resources).filter((other) => text.includes(`"Ref":"${other}"`) || text.includes(`"Fn::GetAtt":["${other}"`))];
  }));
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): boolean => {
    if (path.includes(id)) return true;
    if (done.has(id)) return false;
    const found = edges.get(id)!.some((next) => visit(next, [...path, id]));
    done.add(id);
    return found;
  };
  return [...edges.keys()].some((id) => visit(id, []));
}

describe('a key', () => {
  test('rotates yearly, waits before deletion, outlives the stack and has an alias', () => {
    const stack = stackIn();
    Foundation.of(stack).key(DataDomain.DATA);

    const template = Template.fromStack(stack);
    template.hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { EnableKeyRotation: true, RotationPeriodInDays: 365, PendingWindowInDays: 30, Description: 'Encrypts files, tables and databases of Stack/Foundation' },
    });
    template.hasResourceProperties('AWS::KMS::Alias', { AliasName: Match.stringLikeRegexp('^alias/Stack-Foundation-DataKey-') });
  });

  test('is administered by the account, which cannot use it', () => {
    const stack = stackIn();
    Foundation.of(stack).key(DataDomain.DATA);

    const key = Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key'))[0];
    expect(key.Properties.KeyPolicy.Statement).toEqual([{
      Sid: 'AccountAdministers',
      Effect: 'Allow',
      Principal: root,
      Resource: '*',
      Action: [
        'kms:CancelKeyDeletion', 'kms:CreateAlias', 'kms:DeleteAlias', 'kms:Describe*', 'kms:Disable*', 'kms:Enable*', 'kms:Get*', 'kms:List*',
        'kms:PutKeyPolicy', 'kms:RevokeGrant', 'kms:RotateKeyOnDemand', 'kms:ScheduleKeyDeletion', 'kms:TagResource', 'kms:UntagResource', 'kms:Update*',
      ],
    }]);
  });
});

describe('a grantee', () => {
  test('of the same stack is named in the key policy and gets an identity policy', () => {
    const stack = stackIn();
    Foundation.of(stack).key(DataDomain.DATA).grantDecrypt(roleIn(stack)).assertSuccess();

    expect(usesOf(stack, DataDomain.DATA)).toEqual([
      { Effect: 'Allow', Action: 'kms:Decrypt', Principal: { AWS: { 'Fn::GetAtt': ['Role1ABCC5F0', 'Arn'] } }, Resource: '*' },
    ]);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('DataKey'), 'Arn'] } }] },
    });
  });

  test('that shares its actions with another shares a statement, so that the policy stays small', () => {
    const stack = stackIn();
    const key = Foundation.of(stack).key(DataDomain.DATA);
    ['A', 'B', 'C'].forEach((id) => key.grantDecrypt(roleIn(stack, id)));

    expect(usesOf(stack, DataDomain.DATA))
      .toEqual([expect.objectContaining({ Principal: { AWS: [expect.anything(), expect.anything(), expect.anything()] } })]);
  });

  test.each([['with a known account', env], ['without one', {}]])('of another stack, %s, comes in by one statement, through the services of the domain', (_, place) => {
    const app = new App();
    const shared = stackIn(app, 'Shared', place);
    const key = Foundation.of(shared).key(DataDomain.DATA);
    for (const id of ['Users', 'MoreUsers']) {
      const role = roleIn(stackIn(app, id, place));
      key.grantDecrypt(role);
      key.grantEncrypt(role);
    }

    const uses = usesOf(shared, DataDomain.DATA);
    expect(uses).toHaveLength(1);
    expect(uses[0].Action).toEqual(['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*']);
    if (place === env) {
      expect(uses[0].Principal).toEqual(root);
      expect(uses[0].Condition).toEqual({
        StringEquals: { 'kms:CallerAccount': '111111111111', 'kms:ViaService': ['dynamodb.eu-west-1.amazonaws.com', 's3.eu-west-1.amazonaws.com'] },
      });
    }
    app.synth();
    expect(shared.dependencies).toEqual([]);
  });

  test.each([
    [DataDomain.AUDIT, ['logs.eu-west-1.amazonaws.com', 's3.eu-west-1.amazonaws.com']],
    [DataDomain.SECRETS, 'secretsmanager.eu-west-1.amazonaws.com'],
    [DataDomain.MESSAGING, ['sns.eu-west-1.amazonaws.com', 'sqs.eu-west-1.amazonaws.com']],
  ])('of another stack reaches the key of %s through %j', (domain, services) => {
    const app = new App();
    const shared = stackIn(app, 'Shared');
    Foundation.of(shared).key(domain).grantDecrypt(roleIn(stackIn(app, 'Users')));

    expect(usesOf(shared, domain)[0].Condition.StringEquals['kms:ViaService']).toEqual(services);
  });

  test('of a nested stack is not named either', () => {
    const stack = stackIn();
    Foundation.of(stack).key(DataDomain.DATA).grantDecrypt(roleIn(new NestedStack(stack, 'Nested')));

    expect(usesOf(stack, DataDomain.DATA)).toEqual([expect.objectContaining({ Principal: root })]);
  });

  test('of another account is named, and gets the keys of this account and Region', () => {
    const app = new App();
    const shared = stackIn(app, 'Shared');
    const partner = stackIn(app, 'Partner', { account: '222222222222', region: 'eu-west-1' });
    const role = new iam.Role(partner, 'Role', { roleName: 'reader', assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    Foundation.of(shared).key(DataDomain.DATA).grantDecrypt(role);

    expect(usesOf(shared, DataDomain.DATA)).toEqual([expect.objectContaining({
      Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::222222222222:role/reader']] } },
    })]);
    Template.fromStack(partner).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: arnOf('kms', 'key/*') }] },
    });
  });

  test('that is an imported role is named', () => {
    const stack = stackIn();
    Foundation.of(stack).key(DataDomain.DATA).grantDecrypt(iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/reader'));

    expect(usesOf(stack, DataDomain.DATA)).toEqual([expect.objectContaining({ Principal: { AWS: 'arn:aws:iam::111111111111:role/reader' } })]);
  });

  test.each([
    ['the account root', () => new iam.AccountRootPrincipal()],
    ['the account by its id', () => new iam.ArnPrincipal('111111111111')],
    ['a group', (stack: Stack) => new iam.Group(stack, 'Group')],
  ])('that is %s comes in through services only', (_, grantee) => {
    const stack = stackIn();
    Foundation.of(stack).key(DataDomain.DATA).grantDecrypt(grantee(stack));

    expect(usesOf(stack, DataDomain.DATA)).toEqual([expect.objectContaining({
      Principal: root,
      Condition: { StringEquals: { 'kms:CallerAccount': '111111111111', 'kms:ViaService': ['dynamodb.eu-west-1.amazonaws.com', 's3.eu-west-1.amazonaws.com'] } },
    })]);
  });

  test('may make grants for AWS resources only', () => {
    const stack = stackIn();
    Foundation.of(stack).key(DataDomain.DATA).grant(roleIn(stack), 'kms:CreateGrant', 'kms:DescribeKey');

    expect(usesOf(stack, DataDomain.DATA)).toEqual([
      expect.objectContaining({ Action: 'kms:DescribeKey' }),
      expect.objectContaining({ Action: 'kms:CreateGrant', Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } }),
    ]);
  });

  test('that administers needs no statement in the key policy', () => {
    const stack = stackIn();
    const key = Foundation.of(stack).key(DataDomain.DATA) as kms.Key;
    key.grantAdmin(roleIn(stack, 'One'));
    key.grants.admin(roleIn(stack, 'Two'));

    expect(usesOf(stack, DataDomain.DATA)).toEqual([]);
    const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    expect(policies).toHaveLength(2);
    for (const policy of policies) expect(policy.Properties.PolicyDocument.Statement[0].Action).not.toContain('kms:Create*');
  });

  test('that is a service without a source is narrowed to the account', () => {
    const stack = stackIn();
    Foundation.of(stack).key(DataDomain.MESSAGING).grantDecrypt(new iam.ServicePrincipal('events.amazonaws.com'));

    expect(usesOf(stack, DataDomain.MESSAGING)).toEqual([{
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Principal: { Service: 'events.amazonaws.com' },
      Resource: '*',
      Condition: { ArnLike: { 'aws:SourceArn': arnOf('events', 'rule/*') }, StringEquals: { 'aws:SourceAccount': '111111111111' } },
    }]);
  });

  test('that is a service with a source of its own is left as it is', () => {
    const stack = stackIn();
    const conditions = { StringEquals: { 'aws:SourceAccount': '111111111111' } };
    Foundation.of(stack).key(DataDomain.MESSAGING).grantDecrypt(new iam.ServicePrincipal('events.amazonaws.com', { conditions }));
    Foundation.of(stack).key(DataDomain.MESSAGING).grantDecrypt(new iam.ServicePrincipal('backup.amazonaws.com', { conditions }));

    expect(usesOf(stack, DataDomain.MESSAGING)).toEqual([
      { Effect: 'Allow', Action: 'kms:Decrypt', Principal: { Service: ['backup.amazonaws.com', 'events.amazonaws.com'] }, Resource: '*', Condition: conditions },
    ]);
  });

  test('that is a service of which no source is known is refused without one', () => {
    const stack = stackIn();

    expect(() => Foundation.of(stack).key(DataDomain.DATA).grantDecrypt(new iam.ServicePrincipal('backup.amazonaws.com')))
      .toThrow("[Stack/Foundation/DataKey] 'grantee' must say for whom backup.amazonaws.com acts, got no condition; "
        + "add aws:SourceAccount or aws:SourceArn to the principal's conditions");
  });
});

describe('what the constructs of the CDK add to a key', () => {
  /** The usual deliveries, all under the keys of one foundation. */
  function wire(shared: Stack, users: Stack): void {
    const foundation = Foundation.of(shared);
    const role = roleIn(users);
    const bucket = new s3.Bucket(users, 'Bucket', { encryption: s3.BucketEncryption.KMS, encryptionKey: foundation.key(DataDomain.DATA) });
    const queue = new sqs.Queue(users, 'Queue', { encryptionMasterKey: foundation.key(DataDomain.MESSAGING) });
    const topic = new sns.Topic(users, 'Topic', { masterKey: foundation.key(DataDomain.MESSAGING) });
    const secret = new secretsmanager.Secret(users, 'Secret', { encryptionKey: foundation.key(DataDomain.SECRETS) });
    const table = new dynamodb.Table(users, 'Table', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      encryptionKey: foundation.key(DataDomain.DATA),
    });
    new logs.LogGroup(users, 'Log', { encryptionKey: foundation.key(DataDomain.AUDIT) });
    ServiceKeyGrants.of(foundation.key(DataDomain.AUDIT)).logs();
    ServiceKeyGrants.of(foundation.key(DataDomain.DATA)).dynamodb();

    bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new s3n.SqsDestination(queue));
    bucket.addEventNotification(s3.EventType.OBJECT_REMOVED, new s3n.SnsDestination(topic));
    topic.addSubscription(new subscriptions.SqsSubscription(queue));
    new events.Rule(users, 'Rule', { eventPattern: { source: ['aws.s3'] }, targets: [new targets.SqsQueue(queue)] });
    bucket.grantReadWrite(role);
    queue.grantSendMessages(role);
    topic.grantPublish(role);
    secret.grantRead(role);
    table.grantReadWriteData(role);
  }

  test.each([
    ['in one stack', true, {}],
    ['in two stacks', false, {}],
    ['in one stack, with the CDK flag for subscriptions', true, { '@aws-cdk/aws-sns-subscriptions:restrictSqsDescryption': true }],
    ['in two stacks, with the CDK flag for subscriptions', false, { '@aws-cdk/aws-sns-subscriptions:restrictSqsDescryption': true }],
    ['in one stack, with the CDK flag for rules', true, { '@aws-cdk/aws-events:eventsTargetQueueSameAccount': true }],
  ])('synthesizes without a cycle, %s, and lets no service act for strangers', (_, one, context) => {
    const app = new App({ context });
    const shared = stackIn(app, 'Shared');
    const users = one ? shared : stackIn(app, 'Users');
    wire(shared, users);
    app.synth();

    expect(hasCycle(Template.fromStack(shared).toJSON() as any)).toBe(false);
    expect(hasCycle(Template.fromStack(users).toJSON() as any)).toBe(false);
    for (const domain of Object.values(DataDomain)) {
      for (const use of usesOf(shared, domain)) {
        const conditions = JSON.stringify(use.Condition ?? {});
        if (use.Principal.Service && use.Action !== 'kms:DescribeKey') expect(conditions).toMatch(/aws:SourceA|kms:EncryptionContext/);
        if (JSON.stringify(use.Principal) === JSON.stringify(root)) expect(conditions).toMatch(/kms:CallerAccount.*kms:ViaService/);
      }
    }
    const services = usesOf(shared, DataDomain.MESSAGING).flatMap((use) => use.Principal.Service ?? []);
    expect([...new Set(services)].sort()).toEqual(['events.amazonaws.com', 's3.amazonaws.com', 'sns.amazonaws.com']);
  });

  test('names no topic, since the topic refers to the key', () => {
    const stack = stackIn(new App({ context: { '@aws-cdk/aws-sns-subscriptions:restrictSqsDescryption': true } }));
    wire(stack, stack);

    expect(usesOf(stack, DataDomain.MESSAGING)).toContainEqual(expect.objectContaining({
      Principal: { Service: 'sns.amazonaws.com' },
      Condition: { ArnLike: { 'aws:SourceArn': arnOf('sns', '*') } },
    }));
  });

  test('keeps other conditions where it replaces a source', () => {
    const stack = stackIn();
    const queue = new sqs.Queue(stack, 'Queue');
    Foundation.of(stack).key(DataDomain.MESSAGING).addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('events.amazonaws.com')],
      actions: ['kms:Decrypt'],
      resources: ['*'],
      conditions: { ArnEquals: { 'aws:SourceArn': queue.queueArn }, Bool: { 'aws:SecureTransport': 'true' } },
    }));

    expect(usesOf(stack, DataDomain.MESSAGING)[0].Condition).toEqual({
      ArnLike: { 'aws:SourceArn': arnOf('events', 'rule/*') },
      Bool: { 'aws:SecureTransport': 'true' },
      StringEquals: { 'aws:SourceAccount': '111111111111' },
    });
  });

  test('leaves denials and unknown services as they are', () => {
    const stack = stackIn();
    const key = Foundation.of(stack).key(DataDomain.DATA);
    key.addToResourcePolicy(new iam.PolicyStatement({ effect: iam.Effect.DENY, principals: [new iam.AnyPrincipal()], actions: ['kms:Decrypt'], resources: ['*'] }));
    key.addToResourcePolicy(new iam.PolicyStatement({ principals: [new iam.ServicePrincipal('backup.amazonaws.com')], actions: ['kms:DescribeKey'], resources: ['*'] }));

    expect(usesOf(stack, DataDomain.DATA)).toEqual([
      { Effect: 'Deny', Action: 'kms:Decrypt', Principal: { AWS: '*' }, Resource: '*' },
      { Effect: 'Allow', Action: 'kms:DescribeKey', Principal: { Service: 'backup.amazonaws.com' }, Resource: '*' },
    ]);
  });
});

describe('ServiceKeyGrants', () => {
  const delivery = ['kms:Decrypt', 'kms:GenerateDataKey*'];
  const storage = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];
  const service = (name: string, Action: string | string[], Condition?: object) => (
    { Action, Principal: { Service: name }, ...(Condition && { Condition }) }
  );
  const account = (Action: string | string[], via: string, more: Record<string, object> = {}) => ({
    Action,
    Principal: root,
    Condition: { StringEquals: { 'kms:CallerAccount': '111111111111', 'kms:ViaService': `${via}.eu-west-1.amazonaws.com` }, ...more },
  });
  const through = (via: string) => [
    account(storage, via), account('kms:DescribeKey', via), account('kms:CreateGrant', via, { Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
  ];
  const ours = (source: object | string) => ({ ArnLike: { 'aws:SourceArn': source }, StringEquals: { 'aws:SourceAccount': '111111111111' } });
  const trails = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudtrail:*:111111111111:trail/*']] };
  const trail = 'arn:aws:cloudtrail:eu-west-1:111111111111:trail/main';

  const cases: Array<[string, (grants: ServiceKeyGrants) => boolean, object[]]> = [
    ['cloudtrail', (grants) => grants.cloudtrail(trail), [
      service('cloudtrail.amazonaws.com', 'kms:GenerateDataKey*', { ArnLike: { 'aws:SourceArn': trail, 'kms:EncryptionContext:aws:cloudtrail:arn': trails } }),
      service('cloudtrail.amazonaws.com', ['kms:Decrypt', 'kms:DescribeKey'], { ArnLike: { 'aws:SourceArn': trail } }),
    ]],
    ['config', (grants) => grants.config(), [
      service('config.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey'], { StringEquals: { 'aws:SourceAccount': '111111111111' } }),
    ]],
    ['logs', (grants) => grants.logs(), [
      service('logs.eu-west-1.amazonaws.com', storage, { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': arnOf('logs', 'log-group:*') } }),
      service('logs.eu-west-1.amazonaws.com', 'kms:DescribeKey', { StringEquals: { 'aws:SourceAccount': '111111111111' } }),
    ]],
    ['cloudwatch', (grants) => grants.cloudwatch(), [service('cloudwatch.amazonaws.com', delivery, ours(arnOf('cloudwatch', 'alarm:*')))]],
    ['eventsToTopic', (grants) => grants.eventsToTopic(), [service('events.amazonaws.com', delivery)]],
    ['eventsToQueue', (grants) => grants.eventsToQueue(), [service('events.amazonaws.com', delivery, ours(arnOf('events', 'rule/*')))]],
    ['eventBus', (grants) => grants.eventBus(), [
      service('events.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey'], {
        ArnLike: { 'aws:SourceArn': arnOf('events', 'event-bus/*'), 'kms:EncryptionContext:aws:events:event-bus:arn': arnOf('events', 'event-bus/*') },
        StringEquals: { 'aws:SourceAccount': '111111111111' },
      }),
      service('events.amazonaws.com', 'kms:DescribeKey', ours(arnOf('events', 'event-bus/*'))),
    ]],
    ['sns', (grants) => grants.sns(), [service('sns.amazonaws.com', delivery, { ArnLike: { 'aws:SourceArn': arnOf('sns', '*') } })]],
    ['s3', (grants) => grants.s3(), [service('s3.amazonaws.com', delivery, ours(anyBucket))]],
    ['secretsmanager', (grants) => grants.secretsmanager(), [
      account(storage, 'secretsmanager', { ArnLike: { 'kms:EncryptionContext:SecretARN': arnOf('secretsmanager', 'secret:*') } }),
      account('kms:DescribeKey', 'secretsmanager'),
    ]],
    ['dynamodb', (grants) => grants.dynamodb(), through('dynamodb')],
    ['rds', (grants) => grants.rds(), through('rds')],
    ['ebs', (grants) => grants.ebs(), through('ec2')],
    ['efs', (grants) => grants.efs(), through('elasticfilesystem')],
    ['lambda', (grants) => grants.lambda(), [
      account(storage, 'lambda', { ArnLike: { 'kms:EncryptionContext:aws:lambda:FunctionArn': arnOf('lambda', 'function:*') } }),
      account('kms:DescribeKey', 'lambda'),
      account('kms:CreateGrant', 'lambda', { Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
    ]],
  ];

  test.each(cases)('%s adds exactly its statements, once', (_, grant, expected) => {
    const stack = stackIn();
    const key = new kms.Key(stack, 'Key', { policy: new iam.PolicyDocument() });
    expect(grant(ServiceKeyGrants.of(key))).toBe(true);
    expect(grant(ServiceKeyGrants.of(key))).toBe(true);

    const [resource] = Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key'));
    expect(resource.Properties.KeyPolicy.Statement).toEqual(expected.map((statement) => ({ Effect: 'Allow', Resource: '*', ...statement })));
  });

  test.each(cases.filter(([name]) => name !== 'eventsToTopic'))('%s says for whom, and asks no encryption context of kms:DescribeKey', (_, grant, __) => {
    const stack = stackIn();
    grant(ServiceKeyGrants.of(Foundation.of(stack).key(DataDomain.DATA)));

    for (const use of usesOf(stack, DataDomain.DATA)) {
      expect(JSON.stringify(use.Condition)).toMatch(/aws:Source(Account|Arn)|kms:(CallerAccount|EncryptionContext)/);
      if ([use.Action].flat().includes('kms:DescribeKey')) expect(JSON.stringify(use.Condition)).not.toContain('EncryptionContext');
    }
  });

  test.each([
    ['a literal topic of another account', () => 'arn:aws:sns:eu-west-1:222222222222:theirs', 'arn:aws:sns:eu-west-1:222222222222:theirs'],
    ['an ARN of pseudo parameters', (stack: Stack) => `arn:aws:sns:${stack.region}:${stack.account}:ours`, 'arn:aws:sns:eu-west-1:111111111111:ours'],
    ['an import', () => Fn.importValue('TopicArn'), { 'Fn::ImportValue': 'TopicArn' }],
  ])('names %s', (_, arn, expected) => {
    const stack = stackIn();
    ServiceKeyGrants.of(Foundation.of(stack).key(DataDomain.MESSAGING)).sns(arn(stack));

    expect(usesOf(stack, DataDomain.MESSAGING)[0].Condition).toEqual({ ArnLike: { 'aws:SourceArn': expected } });
  });

  test.each([
    ['a resource', (stack: Stack) => new sns.Topic(stack, 'Topic').topicArn],
    ['a parameter', (stack: Stack) => new CfnParameter(stack, 'Topic').valueAsString],
    ['a resource in a function', (stack: Stack) => Fn.join(':', ['arn', new sns.Topic(stack, 'Topic').topicName])],
    ['a resource in a substitution', () => Fn.sub('arn:${Topic}')],
  ])('names the topics of the account for a reference to %s', (_, arn) => {
    const stack = stackIn();
    ServiceKeyGrants.of(Foundation.of(stack).key(DataDomain.MESSAGING)).sns(arn(stack));

    expect(usesOf(stack, DataDomain.MESSAGING)[0].Condition).toEqual({ ArnLike: { 'aws:SourceArn': arnOf('sns', '*') } });
  });

  test('takes the account of a source from its ARN', () => {
    const stack = stackIn();
    ServiceKeyGrants.of(Foundation.of(stack).key(DataDomain.MESSAGING)).eventsToQueue('arn:aws:events:eu-west-1:222222222222:rule/theirs');

    expect(usesOf(stack, DataDomain.MESSAGING)[0].Condition.StringEquals).toEqual({ 'aws:SourceAccount': '222222222222' });
  });

  test('warns once what the owner of an imported key must add', () => {
    const stack = stackIn();
    const key = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:333333333333:key/1234abcd-12ab-34cd-56ef-1234567890ab');

    expect(ServiceKeyGrants.of(key).cloudwatch()).toBe(false);
    expect(ServiceKeyGrants.of(key).cloudwatch()).toBe(false);
    const warnings = Annotations.fromStack(stack).findWarning('*', Match.anyValue());
    expect(warnings).toHaveLength(1);
    expect(warnings[0].entry.data).toContain('the policy of this imported key cannot be changed here; its owner must add {"Action":["kms:Decrypt","kms:GenerateDataKey*"]');
    expect(warnings[0].entry.data).toContain('"aws:SourceAccount":"333333333333"');
    expect(warnings[0].entry.data).toContain(ServiceKeyGrants.MISSING_STATEMENT);
  });
});
