import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { foundation, secrets, storage, webhooks } from '../../src';
import { DUE_INDEX } from '../../src/runtime/webhooks/outbound/due-table';
import { parseSenderSettings } from '../../src/runtime/webhooks/outbound/settings';
import { judgedBy, NAG_PACKS } from '../nag-packs';
import { identityStatements, propertiesOf, Statement } from '../storage/templates';

type Json = Record<string, any>;

function sending(props: webhooks.WebhookSenderProps = {}): { stack: Stack; sender: webhooks.WebhookSender } {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Stack');
  return { stack, sender: new webhooks.WebhookSender(stack, 'Sender', props) };
}

/** Properties of the one resource of a type whose logical id starts so. */
function the(stack: Stack, type: string, prefix: string): Json {
  const found = Object.entries(propertiesOf(stack, type)).filter(([id]) => id.startsWith(prefix));
  expect(found.map(([id]) => id)).toHaveLength(1);
  return found[0][1];
}

const functionOf = (stack: Stack, name: string) => the(stack, 'AWS::Lambda::Function', name);
const variablesOf = (stack: Stack, name: string): Json => functionOf(stack, name).Environment.Variables;

/** What a role's policy says, by service, without what it says of logs and traces. */
function rightsOf(stack: Stack, role: string): Statement[] {
  const { PolicyDocument } = the(stack, 'AWS::IAM::Policy', role);
  return (PolicyDocument.Statement as Statement[]).filter(({ Action }) => !/^(logs|xray|kms):/.test([Action].flat()[0]));
}

const actionsOf = (statements: readonly Statement[]) => statements.map(({ Action, Effect }) => `${Effect}: ${[Action].flat().join(', ')}`);

describe('by default', () => {
  const { stack, sender } = sending();
  const resolved = (value: unknown): unknown => stack.resolve(value);

  test('deliveries are found by endpoint and message, and by when they are due, without the body', () => {
    expect(the(stack, 'AWS::DynamoDB::Table', 'SenderDeliveries')).toMatchObject({
      KeySchema: [{ AttributeName: 'endpoint', KeyType: 'HASH' }, { AttributeName: 'message', KeyType: 'RANGE' }],
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      GlobalSecondaryIndexes: [{
        IndexName: DUE_INDEX,
        KeySchema: [{ AttributeName: 'dueShard', KeyType: 'HASH' }, { AttributeName: 'dueAt', KeyType: 'RANGE' }],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['phase', 'attempt', 'seriesStart', 'releases'] },
      }],
    });
    expect(the(stack, 'AWS::DynamoDB::Table', 'SenderEndpoints').KeySchema).toEqual([{ AttributeName: 'endpoint', KeyType: 'HASH' }]);
  });

  test('a message stays hidden for six times as long as the function may take, which is less than a claim lasts', () => {
    const { Timeout } = functionOf(stack, 'SenderFunction');
    expect(Timeout).toBe(120);
    expect(the(stack, 'AWS::SQS::Queue', 'SenderQueue31').VisibilityTimeout).toBe(6 * Timeout);
  });

  test('messages come by ten, fail alone, and at most ten batches are sent at once', () => {
    expect(the(stack, 'AWS::Lambda::EventSourceMapping', 'SenderFunctionMessages')).toMatchObject({
      BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 10 },
    });
    expect(functionOf(stack, 'SenderFunction').ReservedConcurrentExecutions).toBe(10);
  });

  test('deliveries that were changed to queued are fed into the queue for a quarter of an hour, then kept', () => {
    const mapping = the(stack, 'AWS::Lambda::EventSourceMapping', 'SenderFeedFunctionQueued');
    expect(mapping).toMatchObject({
      EventSourceArn: resolved(sender.deliveries.table.tableStreamArn),
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRecordAgeInSeconds: 900,
      StartingPosition: 'TRIM_HORIZON',
    });
    expect(JSON.parse(mapping.FilterCriteria.Filters[0].Pattern)).toEqual({ eventName: ['MODIFY'], dynamodb: { NewImage: { phase: { S: ['queued'] } } } });
    expect(JSON.stringify(mapping.DestinationConfig)).toContain('SenderFeedUnfed');
    expect(variablesOf(stack, 'SenderFeedFunction')).toEqual({ QUEUE_URL: resolved(sender.queue.queue.queueUrl) });
  });

  test('the sweeper runs every minute, and what does not reach it is kept', () => {
    const rule = the(stack, 'AWS::Events::Rule', 'SenderSweeperEachMinute');
    expect(rule).toMatchObject({ ScheduleExpression: 'rate(1 minute)', Targets: [{ Arn: resolved(arnOf(stack, 'SenderSweeperFunction')) }] });
    expect(JSON.stringify(rule.Targets[0].DeadLetterConfig)).toContain('SenderUndelivered');
  });

  test('functions are given settings that they start with', () => {
    for (const name of ['SenderFunction', 'SenderSweeperFunction', 'SenderReplayerFunction']) {
      const variables = { ...variablesOf(stack, name), ENDPOINT_TABLE: 'endpoints', DELIVERY_TABLE: 'deliveries' };
      expect(parseSenderSettings(variables)).toMatchObject({ timeoutMilliseconds: 20_000, retentionMilliseconds: 30 * 86_400_000, ports: [443] });
    }
    for (const name of ['SenderRegistrarFunction', 'SenderPublicKeysFunction']) expect(Object.keys(variablesOf(stack, name))).toEqual(['ENDPOINT_TABLE']);
  });

  test('the function that connects to customers alone is in the network, which is the stack\'s', () => {
    const network = webhooks.SenderNetwork.of(stack);
    expect(functionOf(stack, 'SenderFunction').VpcConfig).toEqual({
      SubnetIds: resolved(network.subnetIds), SecurityGroupIds: [resolved(network.securityGroup.securityGroupId)],
    });
    const inside = Object.entries(propertiesOf(stack, 'AWS::Lambda::Function')).filter(([, { VpcConfig }]) => VpcConfig !== undefined);
    expect(inside).toHaveLength(1);
  });

  test.each([
    ['SenderRole', [
      'Allow: ec2:CreateNetworkInterface, ec2:DescribeNetworkInterfaces, ec2:DescribeSubnets, ec2:DeleteNetworkInterface, ec2:AssignPrivateIpAddresses, ec2:UnassignPrivateIpAddresses',
      'Deny: ec2:CreateNetworkInterface, ec2:DescribeNetworkInterfaces, ec2:DescribeSubnets, ec2:DeleteNetworkInterface, ec2:AssignPrivateIpAddresses, ec2:UnassignPrivateIpAddresses',
      'Allow: dynamodb:PutItem, dynamodb:UpdateItem', 'Allow: dynamodb:GetItem, dynamodb:UpdateItem',
      'Allow: sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes',
    ]],
    ['SenderSweeperRole', ['Allow: dynamodb:UpdateItem', 'Allow: dynamodb:Query', 'Allow: sqs:SendMessage']],
    ['SenderReplayerRole', ['Allow: dynamodb:Query, dynamodb:UpdateItem', 'Allow: dynamodb:GetItem, dynamodb:UpdateItem', 'Allow: sqs:SendMessage']],
    ['SenderRegistrarRole', ['Allow: dynamodb:UpdateItem', 'Allow: sqs:SendMessage']],
    ['SenderPublicKeysRole', ['Allow: dynamodb:GetItem', 'Allow: sqs:SendMessage']],
    ['SenderFeedRole', [
      'Allow: dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator', 'Allow: dynamodb:ListStreams', 'Allow: sqs:SendMessage', 'Allow: sqs:SendMessage',
    ]],
  ])('%s may do what its function does', (role, expected) => {
    expect(actionsOf(rightsOf(stack, role)).sort()).toEqual([...expected].sort());
  });

  test('code may not do with network interfaces what Lambda does in its role\'s name', () => {
    const [denied] = rightsOf(stack, 'SenderRole').filter(({ Effect }) => Effect === 'Deny');
    expect(denied).toMatchObject({ Resource: '*', Condition: { ArnLike: { 'lambda:SourceFunctionArn': {} } } });
    expect(JSON.stringify(denied.Condition)).toContain(':function:*');
  });

  test('the sender reads no secret until it has a key', () => {
    expect(JSON.stringify(identityStatements(stack))).not.toContain('secretsmanager');
  });

  test('stored data outlives the stack', () => {
    const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Json };
    const stores = Object.values<Json>(Resources).filter(({ Type }) => /DynamoDB::Table|SQS::Queue$|LogGroup/.test(Type));
    expect(stores.length).toBeGreaterThan(10);
    expect([...new Set(stores.map(({ DeletionPolicy }) => DeletionPolicy))]).toEqual(expect.arrayContaining(['Retain']));
    expect(stores.every(({ DeletionPolicy }) => /^Retain/.test(DeletionPolicy))).toBe(true);
  });

  test.each([
    ['Fault', '{ $.message.outcome = "fault" }'],
    ['Dead', '{ $.message.outcome = "dead" && $.message.reason != "endpoint-disabled" }'],
    ['Disabled', '{ $.message.disabled = "gone" || $.message.disabled = "failing" }'],
    ['Abandoned', '{ $.message.outcome = "swept" && $.message.dead > 0 }'],
    ['AddressRefused', '{ $.message.reason = "address-refused" }'],
    ['Overdue', '{ $.message.outcome = "swept" }'],
    ['FeedFault', '{ $.message.outcome = "fault" }'],
    ['Unattended', '{ $.message.outcome = "swept" }'],
  ])('an alarm tells of %s, and says what to do', (id, pattern) => {
    const alarm = the(stack, 'AWS::CloudWatch::Alarm', `SenderAlarms${id}`);
    const filters = Object.values(propertiesOf(stack, 'AWS::Logs::MetricFilter'));
    expect(filters.find(({ MetricTransformations: [{ MetricName }] }) => MetricName === alarm.MetricName)!.FilterPattern).toBe(pattern);
    expect(alarm.AlarmDescription).toMatch(/^Stack\/Sender: .*\. [A-Z]/);
    expect(alarm.AlarmActions).toEqual([resolved(foundation.Foundation.of(stack).alertTopic.topicArn)]);
  });

  test('alarms tell of functions that fail and of a feed that lags', () => {
    expect(the(stack, 'AWS::CloudWatch::Alarm', 'SenderAlarmsFailure')).toMatchObject({ MetricName: 'Errors', Threshold: 1 });
    expect(the(stack, 'AWS::CloudWatch::Alarm', 'SenderAlarmsSweepFailure')).toMatchObject({ MetricName: 'Errors', Threshold: 1 });
    expect(the(stack, 'AWS::CloudWatch::Alarm', 'SenderAlarmsFeedLag')).toMatchObject({ MetricName: 'IteratorAge', Threshold: 600_000 });
    expect(the(stack, 'AWS::CloudWatch::Alarm', 'SenderAlarmsOverdue')).toMatchObject({ Statistic: 'Maximum', Threshold: 900 });
    expect(the(stack, 'AWS::CloudWatch::Alarm', 'SenderAlarmsUnattended')).toMatchObject({ TreatMissingData: 'breaching', EvaluationPeriods: 3 });
  });

  test('one dashboard shows all that', () => {
    expect(JSON.stringify(the(stack, 'AWS::CloudWatch::Dashboard', 'Sender').DashboardBody)).toContain('Attempts by outcome');
    expect(sender.dashboard.dashboardName).toBeDefined();
  });
});

describe('a signing key', () => {
  test('rotates every 90 days, overlaps for 30, and is read by the functions that sign and that tell public keys alone', () => {
    const { stack, sender } = sending();
    const key = sender.addSigningKey('Acme');
    expect(variablesOf(stack, 'SenderAcmeFunction')).toMatchObject({ OVERLAP_SECONDS: String(Duration.days(30).toSeconds()) });
    expect(the(stack, 'AWS::SecretsManager::RotationSchedule', 'SenderAcme').RotationRules.ScheduleExpression).toBe('rate(90 days)');
    for (const role of ['SenderRole', 'SenderPublicKeysRole']) {
      const reads = rightsOf(stack, role).filter(({ Action }) => String(Action).startsWith('secretsmanager:'));
      expect(reads).toMatchObject([{ Action: 'secretsmanager:GetSecretValue', Resource: stack.resolve(key.secret.secretArn) }]);
    }
    const readers = Object.entries(propertiesOf(stack, 'AWS::IAM::Policy')).filter(([, policy]) => JSON.stringify(policy).includes('GetSecretValue'));
    expect(readers.map(([id]) => id.replace(/RoleDefaultPolicy.*/, '')).sort()).toEqual(['SenderAcme', 'SenderPublicKeys', 'Sender'].sort());
  });

  test('takes times of its own', () => {
    const { stack, sender } = sending();
    sender.addSigningKey('Acme', { rotateEvery: Duration.days(30) });
    sender.addSigningKey('Globex', { rotateEvery: Duration.days(30), overlap: Duration.days(3) });
    expect(variablesOf(stack, 'SenderAcmeFunction').OVERLAP_SECONDS).toBe(String(Duration.days(10).toSeconds()));
    expect(variablesOf(stack, 'SenderGlobexFunction').OVERLAP_SECONDS).toBe(String(Duration.days(3).toSeconds()));
  });

  test('is a secret that both sides have, or a key pair of which the customer has the public half', () => {
    const codeOf = (stack: Stack) => JSON.stringify(functionOf(stack, 'SenderAcmeFunction').Code);
    const both = sending();
    both.sender.addSigningKey('Acme');
    const pair = sending();
    const key = pair.sender.addSigningKey('Acme', { asymmetric: true });
    expect(codeOf(pair.stack)).not.toBe(codeOf(both.stack));
    expect(rightsOf(pair.stack, 'SenderRole')).toContainEqual({
      Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: pair.stack.resolve(key.secret.secretArn),
    });
  });

  test('may be of another stack, since a stack has room for some fifteen beside a sender', () => {
    const app = new App();
    const shared = new Stack(app, 'Shared');
    const common = { foundation: new foundation.Foundation(shared, 'Common') };
    const stack = new Stack(app, 'Stack');
    const sender = new webhooks.WebhookSender(stack, 'Sender', common);
    for (let index = 0; index < 15; index++) sender.addSigningKey(`Customer${index}`);
    const keys = new Stack(app, 'Keys');
    sender.useSigningKey(new secrets.RotatingSecret(keys, 'Acme', { ...common, strategy: secrets.RotationStrategy.webhookSigningKey() }));

    expect(Object.keys(Template.fromStack(stack).toJSON().Resources as Json).length).toBeLessThanOrEqual(500);
    for (const role of ['SenderRole', 'SenderPublicKeysRole']) {
      const reads = rightsOf(stack, role).filter(({ Action }) => String(Action).startsWith('secretsmanager:'));
      expect(reads).toHaveLength(16);
      expect(JSON.stringify(reads.at(-1)!.Resource)).toMatch(/Fn::ImportValue.*Keys:.*Acme/);
    }
  });

  test('is one of some three hundred at most, by the managed policies that a role takes', () => {
    const stack = new Stack(new App({ context: { '@aws-cdk/core:stackResourceLimit': 0 } }), 'Stack');
    const sender = new webhooks.WebhookSender(stack, 'Sender');
    const key = sender.addSigningKey('Acme');
    for (let index = 0; index < 300; index++) {
      const secret = secretsmanager.Secret.fromSecretCompleteArn(stack, `Key${index}`, `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${'Keys'.repeat(10)}${index}-AbCdEf`);
      sender.useSigningKey({ secret, encryptionKey: key.encryptionKey } as secrets.RotatingSecret);
    }
    const managed = Object.keys(propertiesOf(stack, 'AWS::IAM::ManagedPolicy')).filter((id) => id.startsWith('SenderRole'));
    expect(managed.length).toBeLessThanOrEqual(10);
  });

  test('refuses times that do not fit together', () => {
    expect(() => sending().sender.addSigningKey('Acme', { overlap: Duration.days(60) })).toThrow("[Stack/Sender/Acme] 'overlap' must be from 300 seconds");
    const { stack, sender } = sending();
    const days = new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber;
    expect(() => sender.addSigningKey('Acme', { rotateEvery: Duration.days(days) })).toThrow("[Stack/Sender/Acme] 'rotateEvery' must be between 1 and 90 days");
  });
});

describe('a grant', () => {
  function granted(grant: (sender: webhooks.WebhookSender, role: iam.IRole) => iam.Grant) {
    const { stack, sender } = sending();
    grant(sender, new iam.Role(stack, 'Grantee', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
    return { stack, sender, statements: the(stack, 'AWS::IAM::Policy', 'Grantee').PolicyDocument.Statement as Statement[] };
  }

  test('to send is for the queue and its key', () => {
    const { stack, sender, statements } = granted((to, role) => to.grantSend(role));
    const key = stack.resolve(sender.queue.encryptionKey.keyArn) as object;
    expect(statements).toEqual([
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: stack.resolve(sender.queue.queue.queueArn) },
      { Effect: 'Allow', Action: 'kms:GenerateDataKey', Resource: key },
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: key },
    ]);
  });

  test('to replay is for the replayer alone', () => {
    const { stack, sender, statements } = granted((to, role) => to.grantReplay(role));
    expect(statements).toEqual([{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: stack.resolve(sender.replayFunction.functionArn) }]);
  });

  test('to manage endpoints is for the registrar alone', () => {
    const { stack, sender, statements } = granted((to, role) => to.grantManageEndpoints(role));
    expect(statements).toEqual([{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: stack.resolve(sender.registerFunction.functionArn) }]);
  });
});

test('a grant to read public keys is for the function that tells them alone', () => {
  const { stack, sender } = sending();
  sender.grantReadPublicKeys(new iam.Role(stack, 'Grantee', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
  expect(the(stack, 'AWS::IAM::Policy', 'Grantee').PolicyDocument.Statement).toEqual([
    { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: stack.resolve(sender.publicKeysFunction.functionArn) },
  ]);
});

describe('a property', () => {
  test('changes what the functions are told', () => {
    const { stack } = sending({
      timeout: Duration.seconds(30),
      retention: Duration.days(7),
      deniedDomains: ['corp.example.com'],
      deniedNetworks: ['198.51.100.0/24', '2001:db8::/32'],
      maxConcurrency: 50,
    });
    expect(parseSenderSettings({ ...variablesOf(stack, 'SenderFunction'), ENDPOINT_TABLE: 'endpoints', DELIVERY_TABLE: 'deliveries' })).toEqual({
      endpointTable: 'endpoints',
      deliveryTable: 'deliveries',
      timeoutMilliseconds: 30_000,
      retentionMilliseconds: 7 * 86_400_000,
      deniedNetworks: ['198.51.100.0/24', '2001:db8::/32'],
      deniedDomains: ['corp.example.com'],
      ports: [443],
    });
    const { DENIED_DOMAINS, DENIED_NETWORKS } = variablesOf(stack, 'SenderRegistrarFunction');
    expect([DENIED_DOMAINS, DENIED_NETWORKS]).toEqual(['["corp.example.com"]', '["198.51.100.0/24","2001:db8::/32"]']);
    expect(functionOf(stack, 'SenderFunction').ReservedConcurrentExecutions).toBe(50);
    expect(the(stack, 'AWS::Lambda::EventSourceMapping', 'SenderFunctionMessages').ScalingConfig).toEqual({ MaximumConcurrency: 50 });
  });

  test('may be known to deployment alone', () => {
    const stack = new Stack(new App(), 'Stack');
    const text = (id: string) => new CfnParameter(stack, id).valueAsString;
    const number = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
    new webhooks.WebhookSender(stack, 'Sender', {
      timeout: Duration.seconds(number('Seconds')),
      retention: Duration.days(number('Days')),
      maxConcurrency: number('Concurrency'),
      deniedDomains: [text('Domain')],
      deniedNetworks: [text('Network')],
    });
    expect(variablesOf(stack, 'SenderFunction')).toMatchObject({ TIMEOUT_SECONDS: { Ref: 'Seconds' }, RETENTION_DAYS: { Ref: 'Days' } });
    expect(JSON.stringify(variablesOf(stack, 'SenderFunction').DENIED_DOMAINS)).toContain('Domain');
  });

  test.each<[webhooks.WebhookSenderProps, string]>([
    [{ timeout: Duration.seconds(31) }, "[Stack/Sender] 'timeout' must be between 1 and 30 seconds, got 31; choose a whole number of seconds in that range"],
    [{ retention: Duration.days(0) }, "[Stack/Sender] 'retention' must be between 1 and 3650 days, got 0; choose a whole number of days in that range"],
    [{ maxConcurrency: 1 }, "[Stack/Sender] 'maxConcurrency' must be a whole number between 2 and 1000, got 1; choose one in that range"],
    [{ deniedDomains: ['https://example.com'] },
      "[Stack/Sender] 'deniedDomains' must be domains in lower case, got 'https://example.com'; write corp.example.com, without scheme and path"],
    ...['10.0.0.0', '10.0.0.0/33', '10.0.0.0/08', 'ten/8', '::/129', 'a.b/8'].map((network): [webhooks.WebhookSenderProps, string] => [{ deniedNetworks: [network] },
      `[Stack/Sender] 'deniedNetworks' must be networks in CIDR notation, got '${network}'; write 198.51.100.0/24 or 2001:db8::/32`]),
  ])('%j is refused', (props, message) => {
    expect(() => sending(props)).toThrow(message);
  });

  test('which names more networks and domains than the environment of a function holds is refused', () => {
    const deniedNetworks = Array.from({ length: 150 }, (_, index) => `198.51.100.${100 + index % 100}/32`);
    expect(() => sending({ deniedNetworks: deniedNetworks.slice(0, 149), deniedDomains: ['e.com'] })).not.toThrow();
    expect(() => sending({ deniedNetworks, deniedDomains: ['e.com'] })).toThrow("[Stack/Sender] 'deniedNetworks' and 'deniedDomains' must have 3000 characters at "
      + 'most in all, got 3008; write larger networks, and domains above those of a kind');
  });

  test.each(['10.0.0.0/8', '10.0.0.1/8', '10.0.0.0/08', '010.0.0.0/8', '2001:DB8::/32', '::ffff:1.2.3.0/120', 'fe80::1%1/64', ':/8'])(
    'of %s says the same as the functions when they start', (network) => {
      const startsWith = () => parseSenderSettings({ ENDPOINT_TABLE: 'endpoints', DELIVERY_TABLE: 'deliveries', DENIED_NETWORKS: JSON.stringify([network]) });
      const says = (act: () => unknown) => { try { act(); return 'taken'; } catch { return 'refused'; } };
      expect(says(() => sending({ deniedNetworks: [network] }))).toBe(says(startsWith));
    });

  test('may be a foundation and a network of another stack', () => {
    const app = new App();
    const shared = new Stack(app, 'Shared');
    const stack = new Stack(app, 'Stack');
    const common = new foundation.Foundation(shared, 'Common');
    new webhooks.WebhookSender(stack, 'Sender', { foundation: common, network: new webhooks.SenderNetwork(shared, 'Network') }).addSigningKey('Acme');
    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 0);
    Template.fromStack(stack).resourceCountIs('AWS::EC2::VPC', 0);
    expect(JSON.stringify(functionOf(stack, 'SenderFunction').VpcConfig)).toContain('Fn::ImportValue');
  });
});

test.each(NAG_PACKS)('%s has nothing against it', (_, make) => {
  const { stack, sender } = sending();
  sender.addSigningKey('Acme');
  const { conclusion, violations, reasons } = judgedBy(make(), stack.node.root as App);
  expect([conclusion, violations]).toEqual(['success', []]);
  expect(reasons.every((reason) => reason.length > 40)).toBe(true);
});

test('messages of applications have the queue\'s own protection', () => {
  expect(sending().sender.queue).toBeInstanceOf(storage.IntegrationQueue);
  Template.fromStack(sending().stack).hasResourceProperties('AWS::SQS::Queue', { QueueName: Match.anyValue(), KmsMasterKeyId: Match.anyValue() });
});

function arnOf(stack: Stack, prefix: string): unknown {
  const [id] = Object.keys(propertiesOf(stack, 'AWS::Lambda::Function')).filter((each) => each.startsWith(prefix));
  return { 'Fn::GetAtt': [id, 'Arn'] };
}
