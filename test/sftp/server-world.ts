import { App, Environment, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { sftp, storage } from '../../src';
import type { AttachedServer, BoundUsers, UsersContext } from '../../src/sftp/private/bound-users';

/** Users that make nothing, and remember what the server told them. */
export class NoUsers extends sftp.SftpUsers {
  public context?: UsersContext;
  public server?: AttachedServer;

  public _bind(context: UsersContext): BoundUsers {
    this.context = context;
    return {
      identityProviderType: 'SERVICE_MANAGED',
      attach: (server) => { this.server = server; },
      addPartner: (name, options) => { throw new Error(`${name} from ${options.networks.join(', ')}`); },
    };
  }
}

/** A network of three zones that is there already. */
export function network(stack: Stack, id = 'Vpc', zones = ['a', 'b', 'c']): ec2.IVpc {
  return stack.node.tryFindChild(id) as ec2.IVpc | undefined ?? ec2.Vpc.fromVpcAttributes(stack, id, {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: zones.map((zone) => `eu-west-1${zone}`),
    publicSubnetIds: zones.map((zone) => `subnet-public-${zone}`),
    privateSubnetIds: zones.map((zone) => `subnet-private-${zone}`),
  });
}

export interface World {
  readonly stack: Stack;
  readonly users: NoUsers;
  readonly server: sftp.SftpServer;
  readonly attached: AttachedServer;
}

/** A server in a stack of its own, with no users. */
export function serverWith(
  props: (stack: Stack) => Partial<sftp.SftpServerProps> = () => ({}), { app = new App({ analyticsReporting: false }), env }: { app?: App; env?: Environment } = {},
): World {
  const stack = new Stack(app, 'Stack', { env });
  const users = new NoUsers();
  const server = new sftp.SftpServer(stack, 'Sftp', {
    endpoint: sftp.SftpEndpoint.internetFacing({ vpc: network(stack) }),
    incoming: new storage.LandingBucket(stack, 'Incoming'),
    users,
    ...props(stack),
  });
  return { stack, users, server, attached: users.server! };
}
