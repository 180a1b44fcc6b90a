import { App, Fn, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { policy, sftp } from '../../src';
import { judgedBy, NAG_PACKS } from '../nag-packs';
import { network, serverWith } from './server-world';
import { acme } from './serving';
import { acknowledgedBelow, propertiesOf, Statement } from '../storage/templates';
import { synthFails } from '../synth-fails';

const zone = (stack: Stack) => route53.PublicHostedZone.fromPublicHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z123', zoneName: 'example.com' });

const server = (stack: Stack) => Object.values(propertiesOf(stack, 'AWS::Transfer::Server'))[0];

const groups = (stack: Stack) => Object.keys(propertiesOf(stack, 'AWS::EC2::SecurityGroup'));

describe('internet-facing', () => {
  test('has an address for each zone, which is told', () => {
    const { server: made, stack } = serverWith();
    const addresses = Object.keys(propertiesOf(stack, 'AWS::EC2::EIP'));
    expect(addresses).toHaveLength(3);
    expect(server(stack)).toMatchObject({
      EndpointType: 'VPC',
      EndpointDetails: {
        VpcId: 'vpc-0123456789abcdef0',
        SubnetIds: ['subnet-0123456789abcdea', 'subnet-0123456789abcdeb', 'subnet-0123456789abcdec'],
        AddressAllocationIds: addresses.map((id) => ({ 'Fn::GetAtt': [id, 'AllocationId'] })),
        SecurityGroupIds: [{ 'Fn::GetAtt': [groups(stack)[0], 'GroupId'] }],
      },
    });
    expect(stack.resolve(made.addresses)).toEqual(addresses.map((id) => ({ 'Fn::GetAtt': [id, 'PublicIp'] })));
    expect(server(stack).IpAddressType).toBeUndefined();
  });

  test('takes addresses that are there already', () => {
    const addresses = ['a', 'b', 'c'].map((each, index) => ({ allocationId: `eipalloc-${each}`, publicIp: `203.0.113.${index}` }));
    const { server: made, stack } = serverWith((each) => ({ endpoint: sftp.SftpEndpoint.internetFacing({ vpc: network(each), addresses }) }));
    expect(server(stack).EndpointDetails.AddressAllocationIds).toEqual(['eipalloc-a', 'eipalloc-b', 'eipalloc-c']);
    expect(made.addresses).toEqual(['203.0.113.0', '203.0.113.1', '203.0.113.2']);
    Template.fromStack(stack).resourceCountIs('AWS::EC2::EIP', 0);
  });

  test('comes after the gateway of a network that is made with it, and so do its addresses', () => {
    const { stack } = serverWith((each) => ({ endpoint: sftp.SftpEndpoint.internetFacing({ vpc: new ec2.Vpc(each, 'Made', { maxAzs: 2, natGateways: 0 }) }) }));
    const template = Template.fromStack(stack);
    const routes = Object.keys(template.findResources('AWS::EC2::Route'));
    const behind = (type: string) => Object.values(template.findResources(type)).map(({ DependsOn }) => DependsOn);
    expect(behind('AWS::EC2::EIP')).toEqual([expect.arrayContaining(routes), expect.arrayContaining(routes)]);
    expect(behind('AWS::Transfer::Server')).toEqual([expect.arrayContaining(routes)]);
    expect(behind('AWS::EC2::Route').flat()).toEqual(Array(2).fill(Object.keys(template.findResources('AWS::EC2::VPCGatewayAttachment'))[0]));
  });

  test('refuses another number of addresses than of subnets', () => {
    const addresses = [{ allocationId: 'eipalloc-a', publicIp: '203.0.113.1' }];
    expect(() => serverWith((stack) => ({ endpoint: sftp.SftpEndpoint.internetFacing({ vpc: network(stack), addresses }) }))).toThrow(
      "[Stack/Sftp] 'addresses' must be one for each of the 3 subnets, got 1; give as many addresses as subnets, or none to have them made");
  });

  test('is in three zones of a network that has more', () => {
    const { stack } = serverWith((each) => ({ endpoint: sftp.SftpEndpoint.internetFacing({ vpc: network(each, 'Large', ['a', 'b', 'c', 'd']) }) }));
    expect(server(stack).EndpointDetails.SubnetIds).toHaveLength(3);
  });
});

describe('subnets', () => {
  test('of one zone are refused', () => {
    expect(() => serverWith((stack) => ({ endpoint: sftp.SftpEndpoint.internal({ vpc: network(stack, 'Small', ['a']) }) }))).toThrow(
      "[Stack/Sftp] 'subnets' must be in at least 2 availability zones, got 1; choose subnets of two or three zones, so that the server outlives the failure of one");
  });

  test('that are chosen and more than three are refused', () => {
    const endpoint = (stack: Stack) => sftp.SftpEndpoint.internal({
      vpc: network(stack, 'Large', ['a', 'b', 'c', 'd']), subnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
    });
    expect(() => serverWith((stack) => ({ endpoint: endpoint(stack) })))
      .toThrow("[Stack/Sftp] 'subnets' must be at most 3, got 4; choose those of three zones");
  });

  test('whose number is not known are refused', () => {
    const vpc = (stack: Stack) => ec2.Vpc.fromVpcAttributes(stack, 'Imported', {
      vpcId: Fn.importValue('Vpc'), availabilityZones: Fn.getAzs(), privateSubnetIds: Fn.split(',', Fn.importValue('Subnets')),
    });
    expect(() => serverWith((stack) => ({ endpoint: sftp.SftpEndpoint.internal({ vpc: vpc(stack) }) }))).toThrow(/^\[Stack\/Sftp\] 'subnets' must be/);
  });
});

describe('internal', () => {
  const internal = (props: (stack: Stack) => Partial<sftp.SftpServerProps> = () => ({})) => serverWith((stack) => ({
    endpoint: sftp.SftpEndpoint.internal({ vpc: network(stack) }), ...props(stack),
  }));

  test('has private addresses alone', () => {
    const { server: made, stack } = internal();
    expect(server(stack).EndpointDetails).toEqual({
      VpcId: 'vpc-0123456789abcdef0',
      SubnetIds: ['subnet-fedcba987654321a', 'subnet-fedcba987654321b', 'subnet-fedcba987654321c'],
      SecurityGroupIds: [{ 'Fn::GetAtt': [groups(stack)[0], 'GroupId'] }],
    });
    expect(made.addresses).toEqual([]);
    Template.fromStack(stack).resourceCountIs('AWS::EC2::EIP', 0);
  });

  test('a name leads to those addresses, and is not one that Transfer Family would show', () => {
    const { stack } = internal((each) => ({ customHostname: 'sftp.example.com', hostedZone: zone(each) }));
    expect(server(stack).Tags).toBeUndefined();
    const [facts] = Object.keys(propertiesOf(stack, 'Custom::SftpEndpoint'));
    Template.fromStack(stack).hasResourceProperties('AWS::Route53::RecordSet', {
      Name: 'sftp.example.com.', Type: 'A', ResourceRecords: [0, 1, 2].map((index) => ({ 'Fn::GetAtt': [facts, `PrivateIp${index}`] })),
    });
  });
});

describe('what CloudFormation does not tell', () => {
  test('is looked up once, and only when it is asked for', () => {
    Template.fromStack(serverWith().stack).resourceCountIs('Custom::SftpEndpoint', 0);
    const { server: made, stack } = serverWith();
    const told = stack.resolve([made.endpointId, made.endpointDnsName]);
    const [[facts, { ServerId, SubnetIds }]] = Object.entries(propertiesOf(stack, 'Custom::SftpEndpoint'));
    expect(told).toEqual([{ 'Fn::GetAtt': [facts, 'EndpointId'] }, { 'Fn::GetAtt': [facts, 'DnsName'] }]);
    expect(ServerId).toEqual(stack.resolve(made.serverId));
    expect(SubnetIds).toEqual(['subnet-0123456789abcdea', 'subnet-0123456789abcdeb', 'subnet-0123456789abcdec']);
  });

  test('is looked up by a function that may do nothing else', () => {
    const { server: made, stack } = serverWith();
    expect(made.endpointId).toBeDefined();
    const [[, { PolicyDocument }]] = Object.entries(propertiesOf(stack, 'AWS::IAM::Policy')).filter(([id]) => id.startsWith('SftpEndpointRole'));
    expect((PolicyDocument.Statement as Statement[]).filter(({ Action }) => /Describe/.test(JSON.stringify(Action)))).toEqual([
      { Effect: 'Allow', Action: 'transfer:DescribeServer', Resource: stack.resolve(made.serverArn) },
      { Effect: 'Allow', Action: ['ec2:DescribeVpcEndpoints', 'ec2:DescribeNetworkInterfaces'], Resource: '*' },
    ]);
  });
});

describe('behind a load balancer', () => {
  const behind = (options: Partial<sftp.LoadBalancerOptions> = {}, props: (stack: Stack) => Partial<sftp.SftpServerProps> = () => ({})) =>
    serverWith((stack) => ({ endpoint: sftp.SftpEndpoint.behindLoadBalancer({ vpc: network(stack), ...options }), ...props(stack) }));

  test('connections must say whose they are', () => {
    const { stack } = behind();
    expect(server(stack).ProtocolDetails).toEqual({ SetStatOption: 'ENABLE_NO_OP', ProxyConfig: { SftpMode: 'PROXY_PROTOCOL_V2_ENFORCED' } });
    const [group] = Object.values(propertiesOf(stack, 'AWS::ElasticLoadBalancingV2::TargetGroup'));
    expect(group.TargetGroupAttributes).toEqual(expect.arrayContaining([
      { Key: 'proxy_protocol_v2.enabled', Value: 'true' },
      { Key: 'preserve_client_ip.enabled', Value: 'false' },
      { Key: 'deregistration_delay.connection_termination.enabled', Value: 'true' },
    ]));
  });

  test('without one they need not', () => {
    expect(server(serverWith().stack).ProtocolDetails).toEqual({ SetStatOption: 'ENABLE_NO_OP' });
  });

  test('the server takes connections from the load balancer alone', () => {
    const world = behind();
    world.attached.networks.allow(world.server, 'acme', ['198.51.100.0/24']);
    const { stack } = world;
    const [gate, own] = groups(stack);
    const rules = propertiesOf(stack, 'AWS::EC2::SecurityGroup');
    expect(rules[own].SecurityGroupIngress).toBeUndefined();
    expect(rules[gate].SecurityGroupIngress).toMatchObject([{ CidrIp: '198.51.100.0/24' }]);
    const id = (group: string) => ({ 'Fn::GetAtt': [group, 'GroupId'] });
    expect(Object.values(propertiesOf(stack, 'AWS::EC2::SecurityGroupIngress'))).toEqual([
      { Description: 'SFTP from the load balancer', FromPort: 22, ToPort: 22, IpProtocol: 'tcp', GroupId: id(own), SourceSecurityGroupId: id(gate) },
    ]);
    expect(Object.values(propertiesOf(stack, 'AWS::EC2::SecurityGroupEgress'))).toMatchObject([{ GroupId: id(gate), DestinationSecurityGroupId: id(own), ToPort: 22 }]);
    expect(server(stack).EndpointDetails.SecurityGroupIds).toEqual([id(own)]);
    expect(Object.values(propertiesOf(stack, 'AWS::ElasticLoadBalancingV2::LoadBalancer'))[0].SecurityGroups).toEqual([id(gate)]);
    expect(world.server.addresses).toEqual([]);
  });

  test('the load balancer leads to the private addresses, on each port, and checks that they answer', () => {
    const { stack } = behind({}, () => ({ ports: [22, 2222] }));
    const template = Template.fromStack(stack);
    const [facts] = Object.keys(propertiesOf(stack, 'Custom::SftpEndpoint'));
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      TargetType: 'ip',
      Protocol: 'TCP',
      Port: 22,
      HealthCheckProtocol: 'TCP',
      HealthCheckPort: '22',
      Targets: [0, 1, 2].map((index) => ({ Id: { 'Fn::GetAtt': [facts, `PrivateIp${index}`] }, Port: 22 })),
    });
    for (const Port of [22, 2222]) {
      // As long as the server lets a session be idle.
      const ListenerAttributes = [{ Key: 'tcp.idle_timeout.seconds', Value: '1800' }];
      template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { Port, Protocol: 'TCP', ListenerAttributes });
    }
  });

  test('it stays when its stack goes, which could not delete what is protected', () => {
    const { stack } = behind();
    Template.fromStack(stack).hasResource('AWS::ElasticLoadBalancingV2::LoadBalancer', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('it is internal, unless it is to face the internet', () => {
    const balancer = (options: Partial<sftp.LoadBalancerOptions>) => Object.values(propertiesOf(behind(options).stack, 'AWS::ElasticLoadBalancingV2::LoadBalancer'))[0];
    expect(balancer({})).toMatchObject({ Scheme: 'internal', Type: 'network', IpAddressType: 'ipv4', Subnets: ['subnet-fedcba987654321a', 'subnet-fedcba987654321b', 'subnet-fedcba987654321c'] });
    expect(balancer({ internetFacing: true, dualStack: true })).toMatchObject({
      Scheme: 'internet-facing',
      IpAddressType: 'dualstack',
      Subnets: ['subnet-0123456789abcdea', 'subnet-0123456789abcdeb', 'subnet-0123456789abcdec'],
      EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'on',
      LoadBalancerAttributes: expect.arrayContaining([{ Key: 'deletion_protection.enabled', Value: 'true' }]),
    });
    expect(balancer({ loadBalancerSubnets: { subnetType: ec2.SubnetType.PUBLIC } }).Subnets).toContain('subnet-0123456789abcdea');
  });

  test.each([[false, ['A']], [true, ['A', 'AAAA']]])('a name leads to it (IPv6: %s)', (dualStack, types) => {
    const { stack } = behind({ dualStack }, (each) => ({ customHostname: 'sftp.example.com', hostedZone: zone(each) }));
    const records = Object.values(propertiesOf(stack, 'AWS::Route53::RecordSet'));
    expect(records.map(({ Type }) => Type as string)).toEqual(types);
    expect(records.every(({ AliasTarget }) => AliasTarget !== undefined)).toBe(true);
    expect(server(stack).Tags).toBeUndefined();
  });

  test('says why it keeps no log and has no certificate', () => {
    const told = acknowledgedBelow(behind().server);
    expect(told).toContainEqual(expect.stringMatching(/ELBLoggingEnabled.*TLS listeners alone/));
    expect(told).toContainEqual(expect.stringMatching(/ELBv2ACMCertificateRequired.*SSH/));
  });
});

describe.each<[string, (stack: Stack) => sftp.SftpEndpoint]>([
  ['internet-facing', (stack) => sftp.SftpEndpoint.internetFacing({ vpc: network(stack) })],
  ['internal', (stack) => sftp.SftpEndpoint.internal({ vpc: network(stack) })],
  ['behind a load balancer', (stack) => sftp.SftpEndpoint.behindLoadBalancer({ vpc: network(stack), internetFacing: true, dualStack: true })],
])('a server that is %s', (_, endpoint) => {
  test.each(NAG_PACKS)('passes %s', (_pack, make) => {
    const world = serverWith((stack) => ({ endpoint: endpoint(stack) }));
    world.server.addPartner('acme', acme());
    expect(judgedBy(make(), world.stack.node.root as App)).toMatchObject({ conclusion: 'success', violations: [] });
  });

  test('passes the rules of the library', () => {
    const world = serverWith((stack) => ({ endpoint: endpoint(stack), incoming: new sftp.SftpLanding(stack, 'Landing').incoming }));
    world.server.addPartner('acme', acme());
    const app = world.stack.node.root as App;
    policy.IntegrationPolicy.enforce(app, { asOf: '2026-11-25' });
    expect(synthFails(app)).toBe(false);
  });

  test('has a template that is the same each time', () => {
    const template = () => JSON.stringify(Template.fromStack(serverWith((stack) => ({ endpoint: endpoint(stack) })).stack).toJSON());
    expect(template()).toBe(template());
  });
});

test('the dependencies of what functions look up hold before they are asked', () => {
  const { server: made, stack } = serverWith();
  expect(made.endpointId).toBeDefined();
  Template.fromStack(stack).hasResource('Custom::SftpEndpoint', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('SftpEndpointRoleDefaultPolicy')]) });
  Template.fromStack(stack).hasResource('Custom::SftpHostKeys', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('SftpHostKeysRoleDefaultPolicy')]) });
});
