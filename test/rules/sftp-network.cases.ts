import { ControlCase, Template } from './control-case';
import { attribute, endpoint, PARAMETER, server } from './transfer/templates';

const from = (source: object): object => ({ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, Description: 'acme', ...source });
const ACME = from({ CidrIp: '192.0.2.0/24' });
const group = (ingress: unknown): object => ({ Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'sftp', SecurityGroupIngress: ingress } });
const guarded = (ingress: unknown, beside: Record<string, object> = {}): Template => server({}, { Group: group(ingress), ...beside });
const list = (properties: object): object => ({ Type: 'AWS::EC2::PrefixList', Properties: { AddressFamily: 'IPv4', MaxEntries: 60, Entries: [{ Cidr: '192.0.2.0/24' }], ...properties } });
const byList = (properties: object): Template => guarded([from({ SourcePrefixListId: attribute('List', 'PrefixListId') })], { List: list(properties) });
const many = (count: number): object[] => Array.from({ length: count }, (_, i) => from({ CidrIp: `10.${i}.0.0/16` }));
const addresses = (ids: unknown, more: object = {}): Template => server({ ...endpoint({ AddressAllocationIds: ids }), ...more });
const ports = (SftpPorts: unknown, more: object = {}): Template => server({ EndpointType: 'PUBLIC', EndpointDetails: undefined, ProtocolDetails: { SftpPorts }, ...more });

const ENFORCED = { ProtocolDetails: { ProxyConfig: { SftpMode: 'PROXY_PROTOCOL_V2_ENFORCED' } } };
const HEADER = [{ Key: 'proxy_protocol_v2.enabled', Value: 'true' }];

/** A server behind a load balancer, whose targets a custom resource looks up. */
function behind(properties: object = ENFORCED, { attributes = HEADER as unknown, ingress = [from({ SourceSecurityGroupId: attribute('Edge', 'GroupId') })] as unknown, targets = true } = {}): Template {
  return server(properties, {
    Group: group(ingress),
    Edge: group([ACME]),
    Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'network', SecurityGroups: [attribute('Edge', 'GroupId')] } },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: { LoadBalancerArn: { Ref: 'Balancer' }, Port: 22, Protocol: 'TCP', DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Targets' } }] },
    },
    Targets: {
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      Properties: { Port: 22, Protocol: 'TCP', TargetType: 'ip', TargetGroupAttributes: attributes, Targets: targets ? [{ Id: attribute('Facts', 'PrivateIp0') }] : [] },
    },
    Facts: { Type: 'Custom::Endpoint', Properties: { ServiceToken: 'arn', ServerId: attribute('Server', 'ServerId') } },
  });
}

/** A server behind a load balancer that is changed, and whose group lets somebody else in. */
function balancing(properties: object, ingress: unknown = [ACME]): Template {
  const template = behind();
  Object.assign(template.Resources.Balancer.Properties, properties);
  template.Resources.Edge = group(ingress);
  return template;
}

function weighted(): Template {
  const template = behind();
  template.Resources.Listener.Properties.DefaultActions = [{ Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: { Ref: 'Targets' }, Weight: 1 }] } }];
  return template;
}

export const SFTP_NETWORK_CASES: readonly ControlCase[] = [
  {
    control: 'SFTP-ADDRESSES',
    passing: { 'one in each subnet': addresses([attribute('A', 'AllocationId'), attribute('B', 'AllocationId')]) },
    failing: [
      { finding: 'NotOneEach', template: addresses(['eipalloc-1']) },
      { finding: 'TooMany', template: server(endpoint({ SubnetIds: ['a', 'b', 'c', 'd'], AddressAllocationIds: ['1', '2', '3', '4'] })) },
      { finding: 'Twice', template: addresses(['eipalloc-1', 'eipalloc-1']) },
      { finding: 'DualStack', template: addresses(['eipalloc-1', 'eipalloc-2'], { IpAddressType: 'DUALSTACK' }) },
      { finding: 'UnresolvedAddresses', template: addresses(PARAMETER) },
      { finding: 'UnresolvedAddresses', template: addresses(['eipalloc-1', 'eipalloc-2'], { IpAddressType: PARAMETER }) },
      { finding: 'UnresolvedAddresses', template: server(endpoint({ SubnetIds: PARAMETER, AddressAllocationIds: ['eipalloc-1'] })) },
    ],
    mutations: [
      { name: 'take an address away', finding: 'NotOneEach', mutate: (t) => t.Resources.Server.Properties.EndpointDetails.AddressAllocationIds.pop() },
      { name: 'add IPv6', finding: 'DualStack', mutate: (t) => { t.Resources.Server.Properties.IpAddressType = 'DUALSTACK'; } },
    ],
  },
  {
    control: 'SFTP-ENDPOINT',
    passing: { 'in two subnets': server() },
    failing: [
      { finding: 'Public', template: server({ EndpointType: 'PUBLIC', EndpointDetails: undefined }) },
      { finding: 'NotStated', template: server({ EndpointType: undefined }) },
      { finding: 'GivenUp', template: server({ EndpointType: 'VPC_ENDPOINT' }) },
      { finding: 'OneZone', template: server(endpoint({ SubnetIds: ['subnet-1', 'subnet-1'] })) },
      { finding: 'UnresolvedEndpoint', template: server({ EndpointType: PARAMETER }) },
      { finding: 'UnresolvedSubnets', template: server(endpoint({ SubnetIds: PARAMETER })) },
      { finding: 'UnresolvedSubnets', template: server({ EndpointDetails: PARAMETER }) },
    ],
    mutations: [
      { name: 'make it public', finding: 'Public', mutate: (t) => { t.Resources.Server.Properties.EndpointType = 'PUBLIC'; } },
      { name: 'leave one zone', finding: 'OneZone', mutate: (t) => t.Resources.Server.Properties.EndpointDetails.SubnetIds.pop() },
    ],
  },
  {
    control: 'SFTP-PORTS',
    passing: {
      '22 of a public server': ports([{ SftpPort: 22, CommunicationMode: 'SERVER_TALK_FIRST' }]),
      'a port that is written as text': ports([{ SftpPort: '2222' }], { EndpointType: undefined }),
    },
    failing: [
      { finding: 'NotPublic', template: ports([{ SftpPort: 2222 }], { EndpointType: 'VPC' }) },
      { finding: 'NoPort', template: ports([{ SftpPort: 443 }]) },
      { finding: 'NoPort', template: ports([{ SftpPort: 65536 }]) },
      { finding: 'UnresolvedPorts', template: ports(PARAMETER) },
      { finding: 'UnresolvedPorts', template: ports([{ SftpPort: PARAMETER }]) },
      { finding: 'UnresolvedPorts', template: ports([{ SftpPort: 22 }], { EndpointType: PARAMETER }) },
    ],
    mutations: [
      { name: 'move it into a network', finding: 'NotPublic', mutate: (t) => { t.Resources.Server.Properties.EndpointType = 'VPC'; } },
      { name: 'choose another port', finding: 'NoPort', mutate: (t) => { t.Resources.Server.Properties.ProtocolDetails.SftpPorts[0].SftpPort = 80; } },
    ],
  },
  {
    control: 'SFTP-PROXY-PROTOCOL',
    passing: {
      'a balancer that alone may connect': behind(),
      'a balancer that is known by its group alone': behind(ENFORCED, { targets: false }),
      'a balancer that forwards by weights': weighted(),
    },
    failing: [
      { finding: 'NotEnforced', template: behind({}) },
      { finding: 'NotEnforced', template: behind({ ProtocolDetails: { ProxyConfig: { SftpMode: 'NONE' } } }, { ingress: [ACME] }) },
      { finding: 'OpenToOthers', template: behind(ENFORCED, { ingress: [ACME] }) },
      { finding: 'OpenToOthers', template: server(ENFORCED, { Group: group([from({ SourceSecurityGroupId: { Ref: 'Other' } })]), Other: group([ACME]) }) },
      { finding: 'Addresses', template: behind({ ...ENFORCED, ...endpoint({ AddressAllocationIds: ['eipalloc-1', 'eipalloc-2'] }) }) },
      { finding: 'NoHeader', template: behind(ENFORCED, { attributes: [] }) },
      { finding: 'NoHeader', template: behind(ENFORCED, { attributes: [{ Key: 'proxy_protocol_v2.enabled', Value: 'false' }] }) },
      { finding: 'UnresolvedFront', template: behind(ENFORCED, { attributes: PARAMETER }) },
      { finding: 'UnresolvedFront', template: behind(ENFORCED, { attributes: [{ Key: 'proxy_protocol_v2.enabled', Value: PARAMETER }] }) },
      { finding: 'UnresolvedFront', template: server(ENFORCED, { Group: group([]) }) },
      { finding: 'UnresolvedMode', template: behind({ ProtocolDetails: PARAMETER }) },
      { finding: 'UnresolvedSource', template: behind(ENFORCED, { ingress: [from({ SourceSecurityGroupId: 'sg-0a1b2c3d' })] }) },
      { finding: 'UnresolvedSource', template: behind(ENFORCED, { ingress: PARAMETER }) },
      { finding: 'UnresolvedSource', template: behind({ ...ENFORCED, ...endpoint({ AddressAllocationIds: PARAMETER }) }) },
      { finding: 'UnresolvedSource', template: behind({ ...ENFORCED, ...endpoint({ SecurityGroupIds: PARAMETER }) }) },
      {
        finding: 'NoTargets',
        template: server(ENFORCED, {
          Group: group([from({ SourceSecurityGroupId: { Ref: 'Edge' } })]),
          Edge: group([ACME]),
          Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'network', SecurityGroups: [{ Ref: 'Edge' }] } },
        }),
      },
    ],
    mutations: [
      { name: 'do not ask for the header', finding: 'NotEnforced', mutate: (t) => delete t.Resources.Server.Properties.ProtocolDetails },
      { name: 'send no header', finding: 'NoHeader', mutate: (t) => { t.Resources.Targets.Properties.TargetGroupAttributes[0].Value = 'false'; } },
      { name: 'admit a network', finding: 'OpenToOthers', mutate: (t) => t.Resources.Group.Properties.SecurityGroupIngress.push(ACME) },
    ],
  },
  {
    control: 'SFTP-SECURITY-GROUP',
    passing: {
      'networks of partners': guarded([ACME, from({ CidrIpv6: '2001:db8::/32', FromPort: 2222, ToPort: 2222 })]),
      'a rule of its own': guarded(undefined, { Rule: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { ...ACME, GroupId: attribute('Group', 'GroupId') } } }),
      'a security group': guarded([from({ SourceSecurityGroupId: 'sg-0a1b2c3d' })]),
      'the network itself': guarded([from({ CidrIp: attribute('Network', 'CidrBlock') })], { Network: { Type: 'AWS::EC2::VPC' } }),
      'sixty rules of each family': guarded([...many(60), from({ CidrIpv6: '2001:db8::/32' })]),
      'a list with room for sixty': byList({}),
      'a list of IPv6': byList({ AddressFamily: 'IPv6', Entries: [{ Cidr: '2001:db8::/48' }] }),
      'the network itself, of IPv6': guarded([from({ CidrIpv6: attribute('Range', 'Ipv6CidrBlock') })], { Range: { Type: 'AWS::EC2::VPCCidrBlock' } }),
      'a balancer that lets partners in': behind(),
      'nobody yet': guarded([]),
    },
    failing: [
      { finding: 'DefaultGroup', template: server(endpoint({ SecurityGroupIds: undefined })) },
      { finding: 'DefaultGroup', template: server(endpoint({ SecurityGroupIds: [] })) },
      { finding: 'OpenBalancer', template: balancing({ SecurityGroups: undefined }) },
      { finding: 'OpenBalancer', template: balancing({ EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'off' }) },
      { finding: 'World', template: balancing({}, [from({ CidrIp: '0.0.0.0/0' })]) },
      { finding: 'NoDescription', template: balancing({}, [from({ CidrIp: '192.0.2.0/24', Description: '' })]) },
      { finding: 'UnresolvedGroup', template: balancing({ SecurityGroups: ['sg-0a1b2c3d'] }) },
      { finding: 'UnresolvedGroup', template: balancing({ SecurityGroups: PARAMETER }) },
      { finding: 'World', template: guarded([from({ CidrIp: '0.0.0.0/0' })]) },
      { finding: 'World', template: guarded([from({ CidrIpv6: '::/0' })]) },
      { finding: 'World', template: guarded([from({ CidrIp: '192.0.2.0/24', CidrIpv6: '::/0' })]) },
      { finding: 'World', template: byList({ Entries: [{ Cidr: '0.0.0.0/1' }] }) },
      { finding: 'World', template: guarded([], { Rule: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { ...from({ CidrIp: '0.0.0.0/0' }), GroupId: { Ref: 'Group' } } } }) },
      { finding: 'Wide::10.0.0.0/8', template: guarded([from({ CidrIp: '10.0.0.0/8' })]) },
      { finding: 'Wide::2001:d00::/24', template: guarded([from({ CidrIpv6: '2001:d00::/24' })]) },
      { finding: 'Port', template: guarded([{ ...ACME, FromPort: 3389, ToPort: 3389 }]) },
      { finding: 'Port', template: guarded([{ ...ACME, FromPort: 22, ToPort: 2222 }]) },
      { finding: 'Port', template: guarded([{ IpProtocol: '-1', CidrIp: '192.0.2.0/24', Description: 'acme' }]) },
      { finding: 'Port', template: guarded([{ ...ACME, IpProtocol: 'udp' }]) },
      { finding: 'NoDescription', template: guarded([from({ CidrIp: '192.0.2.0/24', Description: undefined })]) },
      { finding: 'TooManyRules', template: guarded(many(61)) },
      { finding: 'TooManyRules', template: guarded([ACME, from({ SourcePrefixListId: { Ref: 'List' } })], { List: list({}) }) },
      { finding: 'TooManyRules', template: guarded([...many(60), from({ SourceSecurityGroupId: 'sg-0a1b2c3d' })]) },
      { finding: 'UnresolvedGroup', template: server(endpoint({ SecurityGroupIds: PARAMETER })) },
      { finding: 'UnresolvedGroup', template: server(endpoint({ SecurityGroupIds: ['sg-0a1b2c3d'] })) },
      { finding: 'UnresolvedRule', template: guarded(PARAMETER) },
      { finding: 'UnresolvedRule', template: guarded([from({ CidrIp: PARAMETER })]) },
      { finding: 'UnresolvedRule', template: guarded([from({})]) },
      { finding: 'UnresolvedRule', template: guarded([{ ...ACME, FromPort: PARAMETER }]) },
      { finding: 'UnresolvedRule', template: guarded([from({ SourcePrefixListId: 'pl-0a1b2c3d' })]) },
      { finding: 'UnresolvedRule', template: byList({ MaxEntries: PARAMETER }) },
      { finding: 'UnresolvedRule', template: byList({ Entries: PARAMETER }) },
      { finding: 'TooManyRules', template: guarded([ACME, from({ SourcePrefixListId: { Ref: 'List' } })], { List: list({ AddressFamily: PARAMETER }) }) },
      { finding: 'UnresolvedRule', template: guarded([ACME], { Rule: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { ...ACME, GroupId: PARAMETER } } }) },
    ],
    mutations: [
      { name: 'let the world in', finding: 'World', mutate: (t) => { t.Resources.Group.Properties.SecurityGroupIngress[0].CidrIp = '0.0.0.0/0'; } },
      { name: 'name no group', finding: 'DefaultGroup', mutate: (t) => delete t.Resources.Server.Properties.EndpointDetails.SecurityGroupIds },
      { name: 'open remote desktop', finding: 'Port', mutate: (t) => Object.assign(t.Resources.Group.Properties.SecurityGroupIngress[0], { FromPort: 3389, ToPort: 3389 }) },
      { name: 'add partners without end', finding: 'TooManyRules', mutate: (t) => t.Resources.Group.Properties.SecurityGroupIngress.push(...many(60)) },
    ],
  },
];
