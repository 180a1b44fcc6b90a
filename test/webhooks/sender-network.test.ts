import { App, Fn, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { webhooks } from '../../src';
import { publicAddresses } from '../../src/runtime/webhooks/outbound/address-policy';
import { judgedBy, NAG_PACKS } from '../nag-packs';
import { propertiesOf } from '../storage/templates';

type Json = Record<string, any>;

function network(props?: webhooks.SenderNetworkProps): { stack: Stack; sending: webhooks.SenderNetwork } {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Stack');
  return { stack, sending: new webhooks.SenderNetwork(stack, 'Network', props) };
}

describe('by default', () => {
  const { stack, sending } = network();
  const template = Template.fromStack(stack);
  const resolved = (value: unknown): unknown => stack.resolve(value);
  const entries = Object.values(propertiesOf(stack, 'AWS::EC2::NetworkAclEntry'));

  test('functions have subnets in two zones, whose one way out is the NAT gateway of the zone', () => {
    expect(sending.subnetIds).toHaveLength(2);
    const nats = Object.keys(propertiesOf(stack, 'AWS::EC2::NatGateway'));
    const inner = Object.entries(propertiesOf(stack, 'AWS::EC2::Route')).filter(([id]) => id.startsWith('NetworkInner'));
    expect(inner.map(([, { DestinationCidrBlock, NatGatewayId }]) => [DestinationCidrBlock, NatGatewayId.Ref])).toEqual(nats.map((id) => ['0.0.0.0/0', id]));
    template.resourceCountIs('AWS::EC2::Route', 4);
    template.resourceCountIs('AWS::EC2::VPCPeeringConnection', 0);
  });

  test('webhooks come from fixed addresses, which are told', () => {
    const [first, second] = Object.keys(propertiesOf(stack, 'AWS::EC2::EIP'));
    expect(resolved(sending.addresses)).toEqual([{ 'Fn::GetAtt': [first, 'PublicIp'] }, { 'Fn::GetAtt': [second, 'PublicIp'] }]);
  });

  test('nothing gets a public address by itself', () => {
    const subnets = Object.values(propertiesOf(stack, 'AWS::EC2::Subnet'));
    expect(subnets).toHaveLength(4);
    expect(subnets.every(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch === false)).toBe(true);
    expect(new Set(subnets.map(({ CidrBlock }) => CidrBlock)).size).toBe(4);
  });

  test('HTTPS alone goes out, and nothing comes in', () => {
    const [group] = Object.values(propertiesOf(stack, 'AWS::EC2::SecurityGroup'));
    expect(group.SecurityGroupIngress).toBeUndefined();
    expect(group.SecurityGroupEgress).toEqual([{ CidrIp: '0.0.0.0/0', Description: expect.any(String), FromPort: 443, IpProtocol: 'tcp', ToPort: 443 }]);
    expect(resolved(sending.securityGroup.securityGroupId)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^NetworkSecurityGroup/), 'GroupId'] });
  });

  test.each([[true, { From: 443, To: 443 }], [false, { From: 1024, To: 65_535 }]])(
    'the network ACL denies internal addresses first, and lets only TCP of the public internet pass (egress: %s)', (egress, PortRange) => {
      const rules = entries.filter(({ Egress, Protocol }) => Egress === egress && Protocol !== 1);
      rules.sort((one, other) => one.RuleNumber - other.RuleNumber);
      expect(rules.map(({ CidrBlock, RuleAction }) => `${RuleAction} ${CidrBlock}`)).toEqual([
        'deny 10.0.0.0/8', 'deny 172.16.0.0/12', 'deny 192.168.0.0/16', 'deny 100.64.0.0/10', 'deny 169.254.0.0/16', 'deny 198.18.0.0/15',
        'deny 240.0.0.0/4', 'allow 0.0.0.0/0',
      ]);
      expect(rules.slice(0, -1).every(({ Protocol }) => Protocol === -1)).toBe(true);
      expect(rules.at(-1)).toMatchObject({ Protocol: 6, PortRange });
    });

  test('the network ACL lets a router, or the NAT gateway, say that a packet is too large, and no other ICMP', () => {
    const rules = entries.filter(({ Protocol }) => Protocol === 1);
    const rule = { CidrBlock: '0.0.0.0/0', Icmp: { Type: 3, Code: 4 }, RuleAction: 'allow', RuleNumber: 90 };
    expect(rules).toMatchObject([{ ...rule, Egress: true }, { ...rule, Egress: false }]);
    expect(entries.filter(({ RuleAction }) => RuleAction === 'deny').every(({ RuleNumber }) => RuleNumber > 90)).toBe(true);
  });

  test('what the network ACL denies, the code of the sender refuses as well', () => {
    const mayConnect = publicAddresses();
    const denied = entries.filter(({ RuleAction }) => RuleAction === 'deny').map(({ CidrBlock }) => String(CidrBlock).split('/')[0]);
    expect(denied.filter(mayConnect)).toEqual([]);
  });

  test('each subnet of functions is behind that ACL', () => {
    const associated = Object.values(propertiesOf(stack, 'AWS::EC2::SubnetNetworkAclAssociation')).map(({ SubnetId }) => SubnetId as unknown);
    expect(associated).toEqual(resolved(sending.subnetIds));
  });

  test('tables of the account are reached without the NAT gateway, by principals of the account', () => {
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Gateway',
      RouteTableIds: [Match.anyValue(), Match.anyValue()],
      PolicyDocument: {
        Statement: [Match.objectLike({ Condition: { StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' }, 'aws:ResourceAccount': { Ref: 'AWS::AccountId' } } } })],
      },
    });
  });

  test('every connection is recorded, in a role that other accounts cannot have used', () => {
    template.hasResourceProperties('AWS::EC2::FlowLog', { ResourceType: 'VPC', TrafficType: 'ALL', LogDestinationType: 'cloud-watch-logs' });
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [Match.objectLike({
          Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } }, ArnLike: { 'aws:SourceArn': Match.anyValue() } },
        })],
      },
    });
  });

  test('no function comes with it', () => {
    template.resourceCountIs('AWS::Lambda::Function', 0);
  });
});

describe('zones', () => {
  test.each([1, 3])('may be %d, each with an address of its own', (zones) => {
    const { stack, sending } = network({ zones });
    expect([sending.addresses.length, sending.subnetIds.length]).toEqual([zones, zones]);
    Template.fromStack(stack).resourceCountIs('AWS::EC2::NatGateway', zones);
  });

  test.each([0, 4])('must not be %d', (zones) => {
    expect(() => network({ zones })).toThrow(`[Stack/Network] 'zones' must be a whole number between 1 and 3, got ${zones}; choose one in that range`);
  });
});

describe('zones by name', () => {
  test('are those that the subnets are in', () => {
    const { stack, sending } = network({ availabilityZones: ['eu-west-1b', 'eu-west-1c', 'eu-west-1d'] });
    const zoneOf = (prefix: string) => Object.entries(propertiesOf(stack, 'AWS::EC2::Subnet'))
      .filter(([id]) => id.startsWith(prefix)).map(([, { AvailabilityZone }]) => String(AvailabilityZone));
    expect([zoneOf('NetworkInner'), zoneOf('NetworkOuter')]).toEqual(Array(2).fill(['eu-west-1b', 'eu-west-1c', 'eu-west-1d']));
    expect(sending.addresses).toHaveLength(3);
  });

  test.each<[webhooks.SenderNetworkProps, string]>([
    [{ availabilityZones: [] }, "'zones' must be a whole number between 1 and 3, got 0"],
    [{ availabilityZones: Fn.getAzs() }, "'availabilityZones' must be known at synthesis, got a list that deployment alone knows; name the zones, or take them"],
    [{ availabilityZones: ['a', 'a'] }, "'availabilityZones' must be 2 different zones, got 'a, a'; name each once, or leave 'zones' away"],
    [{ zones: 1, availabilityZones: ['a', 'b'] }, "'availabilityZones' must be 1 different zones, got 'a, b'; name each once, or leave 'zones' away"],
  ])('%j are refused', (props, message) => {
    expect(() => network(props)).toThrow(`[Stack/Network] ${message}`);
  });
});

describe('the network of a stack', () => {
  test('is the one that is there, or else a new one', () => {
    const { stack, sending } = network();
    expect(webhooks.SenderNetwork.of(new Construct(stack, 'Below'))).toBe(sending);
    const empty = new Stack(new App(), 'Stack');
    const made = webhooks.SenderNetwork.of(empty);
    expect([made.node.path, webhooks.SenderNetwork.of(empty)]).toEqual(['Stack/SenderNetwork', made]);
  });

  test('is not made where something else has its id', () => {
    const stack = new Stack(new App(), 'Stack');
    new Construct(stack, 'SenderNetwork');
    expect(() => webhooks.SenderNetwork.of(stack))
      .toThrow("[Stack] 'SenderNetwork' must be a SenderNetwork, got another construct of that id; rename that, or pass a network");
  });
});

describe('a network of one\'s own', () => {
  const stack = new Stack(new App(), 'Stack');
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });

  test('gives its private subnets with egress, and a group that lets HTTPS out', () => {
    const sending = webhooks.SenderNetwork.fromSenderNetworkAttributes(stack, 'Own', { vpc });
    expect(sending.subnetIds).toEqual(vpc.privateSubnets.map(({ subnetId }) => subnetId));
    const groups = Object.entries<Json>(propertiesOf(stack, 'AWS::EC2::SecurityGroup')).filter(([id]) => id.startsWith('Own'));
    expect(groups.map(([, { SecurityGroupEgress }]) => SecurityGroupEgress[0].ToPort as unknown)).toEqual([443]);
  });

  test('gives the subnets that are named', () => {
    const sending = webhooks.SenderNetwork.fromSenderNetworkAttributes(stack, 'Named', { vpc, subnets: { subnets: [vpc.privateSubnets[1]] } });
    expect(sending.subnetIds).toEqual([vpc.privateSubnets[1].subnetId]);
  });
});

describe('subnets of one\'s own', () => {
  const stack = new Stack(new App(), 'Stack');
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });

  test('must not be none, since the function would then be in no network', () => {
    expect(() => webhooks.SenderNetwork.fromSenderNetworkAttributes(stack, 'None', { vpc, subnets: { subnets: [] } }))
      .toThrow("[Stack/None] 'subnets' must be private ones with a way out, got none; choose subnets with a route to a NAT gateway");
  });

  test('must not be public, where functions reach nobody', () => {
    expect(() => webhooks.SenderNetwork.fromSenderNetworkAttributes(stack, 'Public', { vpc, subnets: { subnetType: ec2.SubnetType.PUBLIC } }))
      .toThrow("[Stack/Public] 'subnets' must be private ones with a way out, got public ones; choose subnets with a route to a NAT gateway");
  });
});

// The pack for serverless applications has no rule for networks, and so reports nothing.
test.each(NAG_PACKS.filter(([name]) => name !== 'ServerlessChecks'))('%s has nothing against it', (_, make) => {
  const { conclusion, violations, reasons } = judgedBy(make(), network().stack.node.root as App);
  expect([conclusion, violations]).toEqual(['success', []]);
  expect(reasons.every((reason) => reason.length > 40)).toBe(true);
});
