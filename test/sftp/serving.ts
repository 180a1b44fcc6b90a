import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ED25519 } from './public-keys';
import { sftp, storage } from '../../src';
import { propertiesOf } from '../storage/templates';

type Json = Record<string, any>;

/** A server in a stack. */
export interface Serving {
  readonly stack: Stack;
  readonly server: sftp.SftpServer;
}

/** What a server is made with beside its users. */
interface ServingOptions { readonly outgoing?: boolean; readonly fips?: boolean; readonly incomingOf?: (stack: Stack) => storage.LandingBucket }

/** A server with some users, to which files can be fetched from unless `outgoing` is false. */
export function serving(users?: sftp.SftpUsers, { outgoing = true, fips = false, incomingOf }: ServingOptions = {}): Serving {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1', availabilityZones: ['eu-west-1a', 'eu-west-1b'], publicSubnetIds: ['subnet-1', 'subnet-2'], publicSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
  });
  const server = new sftp.SftpServer(stack, 'Sftp', {
    endpoint: sftp.SftpEndpoint.internetFacing({ vpc }),
    incoming: incomingOf?.(stack) ?? new storage.LandingBucket(stack, 'Incoming'),
    outgoing: outgoing ? new storage.LandingBucket(stack, 'Outgoing') : undefined,
    users,
    fips,
  });
  return { stack, server };
}

/** A key of ours that counts until May 2027. */
export function key(line: string = ED25519[0]): sftp.PartnerKey {
  return sftp.PartnerKey.of(line, { expires: new Date('2027-05-01T00:00:00Z') });
}

/** Options of a partner that are fine. */
export function acme(changed: Partial<sftp.PartnerOptions> = {}): sftp.PartnerOptions {
  return { keys: [key()], networks: ['203.0.113.0/28'], ...changed };
}

/** Properties of the one resource of a type whose logical id starts so. */
export function the(stack: Stack, type: string, prefix: string): Json {
  const found = Object.entries(propertiesOf(stack, type)).filter(([id]) => id.startsWith(prefix));
  expect(found.map(([id]) => id)).toHaveLength(1);
  return found[0][1];
}

/** Variables of the function of the users that has some id. */
export function variablesOf(stack: Stack, id: string): Json {
  return the(stack, 'AWS::Lambda::Function', `SftpUsers${id}Function`).Environment.Variables;
}

/** What the function of that id may do, as `<effect>: <actions>`, without what it says of logs, traces, keys and what did not reach it. */
export function rightsOf(stack: Stack, id: string): string[] {
  const { PolicyDocument } = the(stack, 'AWS::IAM::Policy', `SftpUsers${id}RoleDefaultPolicy`);
  return (PolicyDocument.Statement as Json[]).map(({ Action, Effect }) => `${Effect}: ${[Action].flat().join(', ')}`)
    .filter((right) => !/: (logs|xray|kms|sqs):/.test(right));
}

/** The record of a partner as it is deployed, with references shown as `<...>`. */
export function recordOf(stack: Stack, name: string): Json {
  const { Record } = the(stack, 'Custom::SftpPartner', `SftpUsers${name}Record`);
  const parts: unknown[] = typeof Record === 'string' ? [Record] : Record['Fn::Join'][1];
  return JSON.parse(parts.map((part) => (typeof part === 'string' ? part : `<${Object.values(part as Json).flat().join('.')}>`)).join(''));
}
