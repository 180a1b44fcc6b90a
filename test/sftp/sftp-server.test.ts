import { generateKeyPairSync } from 'node:crypto';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { serverWith } from './server-world';
import { acme, key } from './serving';
import { core, policy, sftp } from '../../src';
import { acknowledgedBelow, identityStatements, propertiesOf } from '../storage/templates';
import { synthFails } from '../synth-fails';

const waiver = core.Waiver.because('the bank of a partner knows no newer algorithms', { owner: 'edi-team', expires: '2027-06-30' });

const server = (stack: Stack) => Object.values(propertiesOf(stack, 'AWS::Transfer::Server'))[0];

describe('by default', () => {
  const { attached, server: made, stack } = serverWith();
  const template = Template.fromStack(stack);

  test('there is SFTP alone, into S3, with the strongest algorithms', () => {
    template.hasResourceProperties('AWS::Transfer::Server', {
      Domain: 'S3',
      Protocols: ['SFTP'],
      SecurityPolicyName: 'TransferSecurityPolicy-2025-03',
      ProtocolDetails: { SetStatOption: 'ENABLE_NO_OP' },
    });
  });

  test('a partner finds its directory before anything was put there', () => {
    template.hasResourceProperties('AWS::Transfer::Server', { S3StorageOptions: { DirectoryListingOptimization: 'ENABLED' } });
  });

  test('nobody is let in', () => {
    const [group] = Object.values(propertiesOf(stack, 'AWS::EC2::SecurityGroup'));
    expect(group.SecurityGroupIngress).toBeUndefined();
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  test('a client is shown who may connect', () => {
    expect(server(stack).PreAuthenticationLoginBanner).toMatch(/^For authorized partners only\. [\x20-\x7e]+$/);
  });

  test('the server, its group and its log outlive the stack', () => {
    for (const type of ['AWS::EC2::SecurityGroup', 'AWS::EC2::EIP']) {
      template.allResources(type, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
    // But not the deployment that failed to make it.
    template.allResources('AWS::Transfer::Server', { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    const [id] = Object.keys(template.findResources('AWS::Logs::LogGroup')).filter((each) => /^SftpLog[0-9A-F]{8}$/.test(each));
    expect(template.toJSON().Resources[id]).toMatchObject({ DeletionPolicy: 'Retain', Properties: { RetentionInDays: 365, KmsKeyId: expect.anything() } });
    expect(server(stack).StructuredLogDestinations).toEqual([{ 'Fn::GetAtt': [id, 'Arn'] }]);
  });

  test('delivery may write to that log group and to no other, before there is a server', () => {
    const [[id, resourcePolicy]] = Object.entries(template.findResources('AWS::Logs::ResourcePolicy'));
    const text = JSON.stringify(resourcePolicy.Properties.PolicyDocument);
    for (const part of ['delivery.logs.amazonaws.com', 'logs:CreateLogStream', 'logs:PutLogEvents', ':log-stream:*', 'aws:SourceAccount', 'aws:SourceArn']) {
      expect(text).toContain(part);
    }
    template.hasResource('AWS::Transfer::Server', { DependsOn: Match.arrayWith([id]) });
  });

  test('users are told where the server is', () => {
    expect(stack.resolve([attached.serverId, attached.serverArn])).toEqual(stack.resolve([made.serverId, made.serverArn]));
    expect(attached.log).toBe(made.log);
    expect(attached.dashboard).toBe(made.dashboard);
    expect(attached.resource).toBe(made.resource);
  });

  test('nothing that a host key is made of stands in the template', () => {
    template.resourceCountIs('AWS::Transfer::HostKey', 0);
    expect(JSON.stringify(template.toJSON())).not.toContain('PRIVATE KEY');
  });
});

test.each<[Partial<sftp.SftpServerProps>, string]>([
  [{ fips: true }, 'TransferSecurityPolicy-FIPS-2025-03'],
  [{ allowOlderAlgorithms: waiver }, 'TransferSecurityPolicy-2024-01'],
  [{ fips: true, allowOlderAlgorithms: waiver }, 'TransferSecurityPolicy-FIPS-2024-05'],
])('chooses the security policy (%#)', (props, SecurityPolicyName) => {
  const { server: made, stack } = serverWith(() => props);
  expect(server(stack).SecurityPolicyName).toBe(SecurityPolicyName);
  expect(acknowledgedBelow(made).some((told) => /SFTP-SECURITY-POLICY.*the bank of a partner.*edi-team.*2027-06-30/.test(told)))
    .toBe(props.allowOlderAlgorithms !== undefined);
});

test('shows a banner of one\'s own', () => {
  expect(server(serverWith(() => ({ banner: 'Example Ltd\r\nFor partners' })).stack).PreAuthenticationLoginBanner).toBe('Example Ltd\r\nFor partners');
});

test('keeps the log for longer if asked to', () => {
  const { stack } = serverWith(() => ({ logRetention: logs.RetentionDays.FIVE_YEARS }));
  Template.fromStack(stack).hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 1827 });
});

describe('host keys', () => {
  const variables = (props: Partial<sftp.SftpServerProps>) => Object.values(propertiesOf(serverWith(() => props).stack, 'AWS::Lambda::Function'))
    .map(({ Environment }) => Environment?.Variables as Record<string, unknown>).find((each) => each?.KEY_TYPES !== undefined)!;

  test('are made by a function, looked after each day, and published', () => {
    const { server: made, stack } = serverWith();
    const template = Template.fromStack(stack);
    expect(variables({})).toMatchObject({
      SERVER_ID: stack.resolve(made.serverId),
      KEY_TYPES: '["ed25519","ecdsa-p256","rsa-4096"]',
      ROTATE_AFTER_DAYS: '365',
      OVERLAP_DAYS: '30',
      PARAMETER_NAME: stack.resolve(made.hostKeyParameter.parameterName),
      EVENT_BUS_NAME: 'default',
      REQUIRE_ACKNOWLEDGEMENT: 'true',
    });
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 day)',
      Targets: [Match.objectLike({ Input: '{"task":"watch"}', DeadLetterConfig: Match.anyValue(), RetryPolicy: { MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 86_400 } })],
    });
    template.hasResourceProperties('Custom::SftpHostKeys', { ServerId: stack.resolve(made.serverId), ServiceTimeout: '900' });
    expect(stack.resolve(made.hostKeyFingerprints)).toEqual(['Ed25519', 'EcdsaP256', 'Rsa4096'].map((each) => (
      { 'Fn::GetAtt': [expect.stringMatching(/^SftpHostKeys/), each] })));
  });

  test('are remembered where no deployment writes, in a parameter that their function makes', () => {
    const { server: made, stack } = serverWith();
    Template.fromStack(stack).resourceCountIs('AWS::SSM::Parameter', 0);
    const serverId = stack.resolve(made.serverId);
    expect(stack.resolve(made.hostKeyParameter.parameterName)).toEqual({ 'Fn::Join': ['', ['/sftp/', serverId, '/host-keys']] });
    expect(identityStatements(stack).filter(({ Action }) => [Action].flat().includes('ssm:PutParameter'))).toEqual([{
      Action: ['ssm:GetParameter', 'ssm:PutParameter'],
      Effect: 'Allow',
      Resource: { 'Fn::Join': ['', expect.arrayContaining([expect.stringMatching(/:parameter\/sftp\/$/), serverId, '/host-keys'])] },
    }]);
  });

  test('are without Ed25519 in FIPS mode', () => {
    expect(variables({ fips: true }).KEY_TYPES).toBe('["ecdsa-p256","rsa-4096"]');
  });

  test('are of the types, and follow each other, as asked for', () => {
    const hostKeys = {
      types: [sftp.HostKeyType.RSA_4096], rotateAfter: Duration.days(90), overlap: Duration.days(14), requireAcknowledgement: false,
    };
    expect(variables({ hostKeys })).toMatchObject({
      REQUIRE_ACKNOWLEDGEMENT: 'false', KEY_TYPES: '["rsa-4096"]', ROTATE_AFTER_DAYS: '90', OVERLAP_DAYS: '14',
    });
  });

  test('are there before a name leads to the server, or a partner logs in', () => {
    const { stack, server: made } = serverWith((each) => ({
      customHostname: 'sftp.example.com',
      hostedZone: route53.PublicHostedZone.fromPublicHostedZoneAttributes(each, 'Zone', { hostedZoneId: 'Z123', zoneName: 'example.com' }),
    }));
    made.addPartner('acme', acme());
    const template = Template.fromStack(stack);
    const [id] = Object.keys(template.findResources('Custom::SftpHostKeys'));
    for (const type of ['AWS::Route53::RecordSet', 'Custom::SftpPartner']) template.hasResource(type, { DependsOn: Match.arrayWith([id]) });
  });

  test('may be read, and operated, by whom one lets', () => {
    const { server: made, stack } = serverWith();
    const before = identityStatements(stack).length;
    const world = serverWith();
    const role = new iam.Role(world.stack, 'Operator', { assumedBy: new iam.AccountRootPrincipal() });
    world.server.grantReadHostKeys(role);
    world.server.grantOperateHostKeys(role);
    expect(identityStatements(world.stack).length).toBe(before + 2);
    expect(made.hostKeyParameter).toBeDefined();
    const told = identityStatements(world.stack).filter(({ Action }) => Action === 'lambda:InvokeFunction');
    expect(JSON.stringify(told)).not.toContain(':*');
  });
});

describe('alerts', () => {
  const { attached, server: made, stack } = serverWith();
  attached.expectChangesBy(new iam.Role(stack, 'Reconciler', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
  const rules = Object.values(propertiesOf(stack, 'AWS::Events::Rule'));

  test.each([
    ['AUTH_FAILURE', 100], ['KEX_FAILURE', 20], ['CONNECTION_REJECTED', 20], ['ERROR', 10],
  ])('%s in the log raises an alarm from %d on', (activity, Threshold) => {
    const template = Template.fromStack(stack);
    const [filter] = Object.values(propertiesOf(stack, 'AWS::Logs::MetricFilter')).filter((each) => each.FilterPattern === `{ $.activity-type = "${activity}" }`);
    const [{ MetricName, MetricNamespace: Namespace }] = filter.MetricTransformations;
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName, Namespace, Threshold, AlarmActions: Match.anyValue() });
  });

  test('operations that failed are told, for this server', () => {
    const rule = rules.find(({ EventPattern }) => EventPattern?.['detail-type']?.includes('SFTP Server File Upload Failed'))!;
    expect(rule.EventPattern).toEqual({
      'source': ['aws.transfer'],
      'detail-type': [
        'SFTP Server File Upload Failed', 'SFTP Server File Download Failed', 'SFTP Server File Delete Failed', 'SFTP Server File Rename Failed',
        'SFTP Server Directory Create Failed', 'SFTP Server Directory Delete Failed',
      ],
      'detail': { 'server-id': [stack.resolve(made.serverId)] },
    });
    expect(rule.Targets[0].DeadLetterConfig).toBeDefined();
  });

  test('changes by anybody but functions of the library are told, and by users and root too', () => {
    const changes = rules.find(({ EventPattern }) => EventPattern?.detail?.eventName)!;
    expect(changes.EventPattern.detail.eventName).toEqual(expect.arrayContaining([
      'UpdateServer', 'StopServer', 'DeleteServer', 'ImportHostKey', 'DeleteHostKey', 'UpdateHostKey', 'ImportSshPublicKey', 'DeleteSshPublicKey', 'UpdateUser',
      'TestIdentityProvider',
    ]));
    expect(changes.EventPattern.detail.userIdentity.sessionContext.sessionIssuer.arn).toEqual([
      { exists: false },
      { 'anything-but': [{ 'Fn::GetAtt': [expect.stringMatching(/^SftpHostKeysRole/), 'Arn'] }, { 'Fn::GetAtt': [expect.stringMatching(/^Reconciler/), 'Arn'] }] },
    ]);
  });
});

describe('failed logins of partners', () => {
  const world = (count: number) => {
    const { attached, stack } = serverWith();
    for (let n = 0; n < count; n++) attached.alarms.partner(new Construct(stack, `P${n}`), `partner-${n}`);
    return stack;
  };

  test('have an alarm for each partner, and a metric for nobody else', () => {
    const { attached, stack } = serverWith();
    const alarm = attached.alarms.partner(new Construct(stack, 'Acme'), 'acme');
    expect(alarm.node.path).toBe('Stack/Acme/Failures');
    const [filter] = Object.values(propertiesOf(stack, 'AWS::Logs::MetricFilter')).filter((each) => each.FilterPattern.includes('$.user'));
    expect(filter.FilterPattern).toBe('{ $.activity-type = "AUTH_FAILURE" && ($.user = "acme") }');
    expect(filter.MetricTransformations[0].Dimensions).toEqual([{ Key: 'Partner', Value: '$.user' }]);
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
      Dimensions: [{ Name: 'Partner', Value: 'acme' }], MetricName: filter.MetricTransformations[0].MetricName, Threshold: 5,
    });
  });

  test('share as few filters as their patterns have room for, since a log group has 100 at most', () => {
    const patterns = Object.values(propertiesOf(world(200), 'AWS::Logs::MetricFilter')).map(({ FilterPattern }) => FilterPattern as string).filter((each) => each.includes('$.user'));
    expect(patterns.length).toBeLessThan(10);
    expect(Math.max(...patterns.map((each) => each.length))).toBeLessThanOrEqual(1024);
    const named = patterns.flatMap((each) => [...each.matchAll(/\$\.user = "([^"]+)"/g)].map(([, name]) => name));
    expect(named).toEqual(Array.from({ length: 200 }, (_, n) => `partner-${n}`));
  });
});

describe('a name of one\'s own', () => {
  const zone = (stack: Stack) => route53.PublicHostedZone.fromPublicHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z123', zoneName: 'example.com' });

  test('is shown by Transfer Family, and leads to the fixed addresses', () => {
    const { server: made, stack } = serverWith((each) => ({ customHostname: 'sftp.example.com', hostedZone: zone(each) }));
    expect(server(stack).Tags).toEqual([
      { Key: 'transfer:customHostname', Value: 'sftp.example.com' }, { Key: 'transfer:route53HostedZoneId', Value: '/hostedzone/Z123' },
    ]);
    Template.fromStack(stack).hasResourceProperties('AWS::Route53::RecordSet', {
      Name: 'sftp.example.com.', Type: 'A', ResourceRecords: stack.resolve(made.addresses),
    });
  });

  test('is shown without a zone, too', () => {
    const { stack } = serverWith(() => ({ customHostname: 'sftp.example.com' }));
    expect(server(stack).Tags).toEqual([{ Key: 'transfer:customHostname', Value: 'sftp.example.com' }]);
    Template.fromStack(stack).resourceCountIs('AWS::Route53::RecordSet', 0);
  });

  test('needs a zone that it is in', () => {
    expect(() => serverWith((stack) => ({ customHostname: 'sftp.example.org', hostedZone: zone(stack) }))).toThrow(
      "[Stack/Sftp] 'customHostname' must be in the hosted zone 'example.com', got 'sftp.example.org'; name a host of that zone");
    expect(() => serverWith((stack) => ({ customHostname: 'badexample.com', hostedZone: zone(stack) }))).toThrow("must be in the hosted zone 'example.com'");
    expect(() => serverWith((stack) => ({ customHostname: 'example.com', hostedZone: zone(stack) }))).not.toThrow();
  });
});

test.each<[string, Partial<sftp.SftpServerProps>, string]>([
  ['a banner that is no ASCII', { banner: 'Grüße' }, "'banner' must be 1 to 4096 characters of ASCII, got 'Grüße'; say who may connect, and that it is logged"],
  ['an empty banner', { banner: '' }, "'banner' must be 1 to 4096 characters of ASCII, got ''; say who may connect, and that it is logged"],
  ['a port that no endpoint listens on', { ports: [22, 8022] },
    "'ports' must be different ones of 22, 2222, 2223, 22000, got 22, 8022; an endpoint in a VPC listens on no other"],
  ['a port twice', { ports: [22, 22] }, "'ports' must be different ones of 22, 2222, 2223, 22000, got 22, 22; an endpoint in a VPC listens on no other"],
  ['no port', { ports: [] }, "'ports' must be different ones of 22, 2222, 2223, 22000, got none; an endpoint in a VPC listens on no other"],
  ['a quota that AWS has not', { networkRuleQuota: 1001 }, "'networkRuleQuota' must be a whole number between 1 and 1000, got 1001; choose one in that range"],
  ['a limit of nothing', { maxKexFailures: 0 }, `'maxKexFailures' must be a whole number between 1 and ${Number.MAX_SAFE_INTEGER}, got 0; choose one in that range`],
  ['a host name in capitals', { customHostname: 'SFTP.example.com' },
    "'customHostname' must be a name of DNS in lower case, got 'SFTP.example.com'; write for example 'sftp.example.com'"],
  ['a log for less than a year', { logRetention: logs.RetentionDays.ONE_MONTH },
    "'logRetention' must be at least 365 days, got 30; who connected and what they did is evidence for a year"],
])('refuses %s', (_, props, message) => {
  expect(() => serverWith(() => props)).toThrow(`[Stack/Sftp] ${message}`);
});

test.each<[string, Partial<sftp.SftpServerProps>, string]>([
  ['no type', { hostKeys: { types: [] } }, "'types' must name a type of host key, got none; leave it out for all of them"],
  ['Ed25519 in FIPS mode', { fips: true, hostKeys: { types: [sftp.HostKeyType.ED25519] } },
    "'types' must be without ED25519 in FIPS mode, got ED25519; name ECDSA_P256 or RSA_4096"],
  ['keys of a week', { hostKeys: { rotateAfter: Duration.days(7) } },
    "'rotateAfter' must be between 30 and 3650 days, got 7; choose a whole number of days in that range"],
  ['an overlap of a day', { hostKeys: { overlap: Duration.days(1) } }, "'overlap' must be between 7 and 90 days, got 1; choose a whole number of days in that range"],
])('refuses host keys of %s', (_, props, message) => {
  expect(() => serverWith(() => props)).toThrow(`[Stack/Sftp/HostKeys] ${message}`);
});

test('refuses a zone without a name', () => {
  expect(() => serverWith((stack) => ({ hostedZone: route53.HostedZone.fromHostedZoneId(stack, 'Zone', 'Z123') })))
    .toThrow("[Stack/Sftp] 'customHostname' must be given with 'hostedZone', got nothing; say which name leads to the server");
});

test.each<[string, boolean]>([['2027-06-30', false], ['2026-11-24', true]])('the policy takes older algorithms as long as their waiver holds (%s)', (expires, fails) => {
  const { stack } = serverWith(() => ({ allowOlderAlgorithms: core.Waiver.because('the bank of a partner knows no newer algorithms', { owner: 'edi-team', expires }) }));
  const app = stack.node.root as App;
  policy.IntegrationPolicy.enforce(app, { asOf: '2026-11-25' });
  expect(synthFails(app)).toBe(fails);
});

test('fifty partners cost what one server costs', () => {
  const { server: made, stack } = serverWith();
  const keys = generateKeys(50);
  keys.forEach((line, n) => made.addPartner(`partner-${n}`, acme({ keys: [key(line)], networks: [`198.51.100.${n}/32`] })));
  const template = Template.fromStack(stack);
  for (const [type, count] of Object.entries({
    'AWS::Transfer::Server': 1, 'AWS::EC2::SecurityGroup': 1, 'AWS::EC2::EIP': 3, 'AWS::Logs::ResourcePolicy': 1, 'Custom::SftpHostKeys': 1,
  })) template.resourceCountIs(type, count);
  const one = serverWith();
  one.server.addPartner('partner-0', acme());
  const functions = (each: Stack) => Object.keys(propertiesOf(each, 'AWS::Lambda::Function')).length;
  expect(functions(stack)).toBe(functions(one.stack));
  expect(Object.values(propertiesOf(stack, 'AWS::EC2::SecurityGroup'))[0].SecurityGroupIngress).toHaveLength(50);
  expect(Object.keys(template.toJSON().Resources).length).toBeLessThan(500);
});

/** Ed25519 keys of which the point is on the curve, each another one. */
function generateKeys(count: number): string[] {
  return Array.from({ length: count }, () => {
    const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
    const blob = Buffer.concat([sshString(Buffer.from('ssh-ed25519')), sshString(Buffer.from(x!, 'base64url'))]);
    return `ssh-ed25519 ${blob.toString('base64')}`;
  });
}

/** RFC 4251, 5. */
function sshString(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
