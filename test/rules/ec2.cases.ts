import { ControlCase, Template } from './control-case';

const PARAMETER = { Ref: 'Parameter' };
const VPC = { Ref: 'Network' };

const template = (resources: Record<string, object>): Template => ({ Parameters: { Parameter: { Type: 'String' } }, Resources: resources });
const network = (...logs: object[]): Template => template({
  Network: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  ...Object.fromEntries(logs.map((log, index) => [`Log${index}`, { Type: 'AWS::EC2::FlowLog', Properties: { ResourceType: 'VPC', ...log } }])),
});
const group = (SecurityGroupIngress: unknown, more: Record<string, object> = {}): Template => template({
  Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'server', SecurityGroupIngress } }, ...more,
});
const from = (source: object): object => ({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...source });
const ingress = (source: object): Template => template({ Ingress: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: from(source) } });
const listed = (entries: unknown): Template => group([from({ SourcePrefixListId: { 'Fn::GetAtt': ['List', 'PrefixListId'] } })], {
  List: { Type: 'AWS::EC2::PrefixList', Properties: { Entries: entries } },
});

export const EC2_CASES: readonly ControlCase[] = [
  {
    control: 'NETWORK-FLOW-LOG',
    passing: {
      'all traffic': network({ ResourceId: VPC, TrafficType: 'ALL' }),
      'what was refused': network({ ResourceId: { 'Fn::GetAtt': ['Network', 'VpcId'] }, TrafficType: 'REJECT' }),
      'one of two': network({ ResourceId: VPC, TrafficType: 'ACCEPT' }, { ResourceId: VPC, TrafficType: 'ALL' }),
    },
    failing: [
      { finding: 'NoFlowLog', template: network() },
      { finding: 'NoFlowLog', template: network({ ResourceId: 'vpc-0a1b2c3d', TrafficType: 'ALL' }) },
      { finding: 'AcceptedOnly', template: network({ ResourceId: VPC, TrafficType: 'ACCEPT' }) },
      { finding: 'UnresolvedFlowLog', template: network({ ResourceId: VPC, TrafficType: PARAMETER }) },
      { finding: 'UnresolvedFlowLog', template: network({ ResourceId: PARAMETER, TrafficType: 'ALL' }) },
    ],
    mutations: [
      { name: 'drop the flow log', finding: 'NoFlowLog', mutate: (t) => delete t.Resources.Log0 },
      { name: 'log what was accepted', finding: 'AcceptedOnly', mutate: (t) => { t.Resources.Log0.Properties.TrafficType = 'ACCEPT'; } },
    ],
  },
  {
    control: 'NETWORK-INGRESS',
    passing: {
      'a network': group([from({ CidrIp: '10.0.0.0/8' }), from({ CidrIpv6: '2001:db8::/32' })]),
      'the network of the template': group([from({ CidrIp: { 'Fn::GetAtt': ['Network', 'CidrBlock'] } })], { Network: { Type: 'AWS::EC2::VPC' } }),
      'an address of the template': group([from({ CidrIp: { 'Fn::Join': ['', [{ Ref: 'Server' }, '/32']] } })], { Server: { Type: 'AWS::EC2::EIP' } }),
      'a security group': group([from({ SourceSecurityGroupId: PARAMETER })]),
      'a rule of its own': ingress({ CidrIp: '192.0.2.7/32' }),
      'a prefix list of the template': listed([{ Cidr: '192.0.2.0/24' }]),
    },
    failing: [
      { finding: 'World', template: group([from({ CidrIp: '0.0.0.0/0' })]) },
      { finding: 'World', template: group([from({ CidrIp: '10.0.0.0/8' }), { IpProtocol: '-1', CidrIpv6: '::/0' }]) },
      { finding: 'World', template: group([from({ CidrIp: '128.0.0.0/1' })]) },
      { finding: 'World', template: ingress({ CidrIpv6: '2000::/3' }) },
      { finding: 'World', template: listed([{ Cidr: '192.0.2.0/24' }, { Cidr: '0.0.0.0/0' }]) },
      { finding: 'World', template: group([from({ CidrIp: { 'Fn::Join': ['', [{ Ref: 'Server' }, '/0']] } })], { Server: { Type: 'AWS::EC2::EIP' } }) },
      { finding: 'UnresolvedSource', template: group([from({ CidrIp: { 'Fn::GetAtt': ['Asked', 'Range'] } })], { Asked: { Type: 'Custom::Ranges' } }) },
      { finding: 'UnresolvedSource', template: group([from({ CidrIp: '{{resolve:ssm:/partners/range}}' })]) },
      { finding: 'UnresolvedSource', template: listed([{ Cidr: '{{resolve:ssm:/partners/range}}' }]) },
      { finding: 'UnresolvedSource', template: group(PARAMETER) },
      { finding: 'UnresolvedSource', template: group([PARAMETER]) },
      { finding: 'UnresolvedSource', template: group([from({ CidrIp: PARAMETER })]) },
      { finding: 'UnresolvedSource', template: ingress({ SourcePrefixListId: 'pl-0a1b2c3d' }) },
      { finding: 'UnresolvedSource', template: listed(PARAMETER) },
    ],
    mutations: [
      { name: 'let the world in', finding: 'World', mutate: (t) => { t.Resources.Group.Properties.SecurityGroupIngress[0].CidrIp = '0.0.0.0/0'; } },
      { name: 'let the rest of the world in', finding: 'World', mutate: (t) => { t.Resources.Group.Properties.SecurityGroupIngress[1].CidrIpv6 = '::/0'; } },
    ],
  },
];
