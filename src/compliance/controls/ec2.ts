import { Control } from '../control';

/** Controls of networks, Amazon VPC. */
export const EC2_CONTROLS: readonly Control[] = [
  {
    id: 'NETWORK-FLOW-LOG',
    title: 'A network logs what was let through it and what was refused',
    rationale: 'Without a flow log nobody can tell afterwards what a function or a server talked to, or who tried to reach it.',
    remedy: 'Add an AWS::EC2::FlowLog with ResourceType VPC, the network as ResourceId, and TrafficType ALL or REJECT.',
    severity: 'medium',
    waivable: true,
    resourceTypes: ['AWS::EC2::VPC'],
    findings: {
      NoFlowLog: 'The network has no flow log.',
      AcceptedOnly: 'The flow log leaves out what was refused.',
      UnresolvedFlowLog: 'The template does not tell what a flow log is of, or what it logs.',
    },
    requirements: [
      { framework: 'AWS FSBP', clause: 'EC2.6' },
      { framework: 'CIS AWS 5.0', clause: '3.7' },
      { framework: 'NIST 800-53r5', clause: 'AU-12' },
    ],
    source: 'AWS Foundational Security Best Practices, EC2.6; AWS Config managed rule vpc-flow-logs-enabled',
    mixin: { impossible: 'where traffic is logged, for how long, and at whose cost, is the owner\'s decision' },
  },
  {
    id: 'NETWORK-INGRESS',
    title: 'No security group lets the whole world in',
    rationale: 'What is open to any address is found within minutes, and tried for every weakness that it has or will have. Integrations are reached by API Gateway or a load balancer, and know who else connects.',
    remedy: 'Name the addresses or the security group that may connect, as CidrIp, CidrIpv6, SourceSecurityGroupId or a prefix list of the template.',
    severity: 'high',
    waivable: true,
    resourceTypes: ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress'],
    findings: {
      World: 'A good part of all addresses may connect.',
      UnresolvedSource: 'The template does not tell who may connect.',
    },
    requirements: [
      { framework: 'AWS FSBP', clause: 'EC2.18' },
      { framework: 'NIST 800-53r5', clause: 'SC-7' },
      { framework: 'PCI DSS 4.0.1', clause: '1.3.1' },
    ],
    source: 'AWS Foundational Security Best Practices, EC2.18; Amazon VPC User Guide, "Control traffic to your AWS resources using security groups"',
    mixin: { impossible: 'who may connect is the owner\'s decision' },
  },
];
