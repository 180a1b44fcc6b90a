import { CfnParameter } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { network, serverWith, World } from './server-world';
import { sftp } from '../../src';
import { propertiesOf } from '../storage/templates';

type Json = Record<string, any>;

const partnerIn = ({ stack }: World, id: string) => new Construct(stack, id);

/** Ingress rules that the only group has. */
const rulesOf = ({ stack }: World): Json[] => Object.values(propertiesOf(stack, 'AWS::EC2::SecurityGroup'))[0].SecurityGroupIngress ?? [];

const internal = (dualStack: boolean) => serverWith((stack) => ({ endpoint: sftp.SftpEndpoint.internal({ vpc: network(stack), dualStack }) }));

test('lets a partner\'s networks in, on the port of SSH, and says whose they are', () => {
  const world = serverWith();
  world.attached.networks.allow(partnerIn(world, 'Acme'), 'acme', ['198.51.100.0/24', '192.0.2.7/32']);
  expect(rulesOf(world)).toEqual([
    { CidrIp: '198.51.100.0/24', Description: 'SFTP from acme', FromPort: 22, IpProtocol: 'tcp', ToPort: 22 },
    { CidrIp: '192.0.2.7/32', Description: 'SFTP from acme', FromPort: 22, IpProtocol: 'tcp', ToPort: 22 },
  ]);
  expect(Object.values(propertiesOf(world.stack, 'AWS::EC2::SecurityGroup'))[0].SecurityGroupEgress).toEqual([
    expect.objectContaining({ CidrIp: '255.255.255.255/32' }),
  ]);
});

test('partners who share a network share its rule', () => {
  const world = serverWith();
  for (const name of ['acme', 'globex', 'acme']) world.attached.networks.allow(world.server, name, ['198.51.100.0/24']);
  expect(rulesOf(world)).toMatchObject([{ CidrIp: '198.51.100.0/24', Description: 'SFTP from acme, globex' }]);
});

test('a description that would be too long for AWS counts the rest', () => {
  const world = serverWith();
  for (let n = 0; n < 60; n++) world.attached.networks.allow(world.server, `partner-${n}`, ['198.51.100.0/24']);
  const [{ Description }] = rulesOf(world);
  expect(Description).toMatch(/^SFTP from partner-0, partner-1, .* and \d+ more$/);
  expect(Description.length).toBeLessThanOrEqual(255);
  const [, told] = /^SFTP from (.*) and (\d+) more$/.exec(Description)!;
  const [, rest] = / and (\d+) more$/.exec(Description)!;
  expect(told.split(', ').length + Number(rest)).toBe(60);
});

test('each port has a rule', () => {
  const world = serverWith(() => ({ ports: [22, 2222] }));
  world.attached.networks.allow(world.server, 'acme', ['198.51.100.0/24']);
  expect(rulesOf(world).map(({ FromPort }) => FromPort as number)).toEqual([22, 2222]);
});

test('IPv6 has rules where it reaches the server', () => {
  const world = internal(true);
  world.attached.networks.allow(world.server, 'acme', ['2001:db8::/48', '198.51.100.0/24']);
  expect(rulesOf(world)).toMatchObject([{ CidrIpv6: '2001:db8::/48' }, { CidrIp: '198.51.100.0/24' }]);
  expect(Object.values(propertiesOf(world.stack, 'AWS::Transfer::Server'))[0].IpAddressType).toBe('DUALSTACK');
});

describe('where no IPv6 reaches the server', () => {
  test('it has no rules', () => {
    const world = internal(false);
    world.attached.networks.allow(world.server, 'acme', ['2001:db8::/48', '198.51.100.0/24']);
    expect(rulesOf(world)).toMatchObject([{ CidrIp: '198.51.100.0/24' }]);
  });

  test('a partner who has nothing else is refused', () => {
    const world = serverWith();
    expect(() => world.attached.networks.allow(partnerIn(world, 'Acme'), 'acme', ['2001:db8::/48', '2001:db8:1::/48'])).toThrow(
      "[Stack/Acme] 'networks' must have one of IPv4, since the server's endpoint takes no IPv6, got 2001:db8::/48, 2001:db8:1::/48; "
      + 'add the IPv4 networks that the partner connects from');
  });
});

describe('the quota of rules', () => {
  const filled = (count: number, props: Partial<sftp.SftpServerProps> = {}, family: 4 | 6 = 4) => {
    const world = serverWith((stack) => ({ endpoint: sftp.SftpEndpoint.internal({ vpc: network(stack), dualStack: true }), ...props }));
    const networks = Array.from({ length: count }, (_, n) => (family === 4 ? `198.51.${n}.0/24` : `2001:db8:${n}::/48`));
    world.attached.networks.allow(world.server, 'acme', networks);
    return world;
  };
  const problem = (family: string, count: number, ports: string) => `the networks of the partners must need at most 60 rules of ${family} in the security `
    + `group, got ${count} for ${ports}; merge neighbouring networks, offer fewer ports, or have AWS raise the quota 'Inbound or outbound rules per security `
    + "group' and say so in 'networkRuleQuota'";

  test('is counted at synthesis, which says how many there are', () => {
    expect(() => Template.fromStack(filled(60).stack)).not.toThrow();
    expect(() => Template.fromStack(filled(61).stack)).toThrow(`[Stack/Sftp] ${problem('IPv4', 61, 'one port')}`);
    expect(() => Template.fromStack(filled(31, { ports: [22, 2222] }).stack)).toThrow(problem('IPv4', 62, '2 ports'));
  });

  test('is one for each family', () => {
    const both = filled(60);
    both.attached.networks.allow(both.server, 'acme', Array.from({ length: 60 }, (_, n) => `2001:db8:${n}::/48`));
    expect(() => Template.fromStack(both.stack)).not.toThrow();
    expect(() => Template.fromStack(filled(61, {}, 6).stack)).toThrow(problem('IPv6', 61, 'one port'));
  });

  test('can be what AWS raised it to', () => {
    expect(() => Template.fromStack(filled(100, { networkRuleQuota: 100 }).stack)).not.toThrow();
  });

  test('counts what others add to the group', () => {
    const world = filled(60);
    (world.server.securityGroup as ec2.SecurityGroup).addIngressRule(ec2.Peer.prefixList('pl-0123'), ec2.Port.tcp(22));
    expect(() => Template.fromStack(world.stack)).toThrow(problem('IPv4', 61, 'one port'));
  });
});

test('takes a network that deployment alone knows', () => {
  const world = serverWith();
  const { valueAsString } = new CfnParameter(world.stack, 'Network');
  world.attached.networks.allow(world.server, 'acme', [valueAsString]);
  expect(rulesOf(world)).toMatchObject([{ CidrIp: { Ref: 'Network' } }]);
});
