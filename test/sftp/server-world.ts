import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { sftp, storage } from '../../src';
import type { AttachedServer, BoundUsers, UsersContext } from '../../src/sftp/private/bound-users';

/** Users of a server, with what the server told them. */
function heard(users: sftp.SftpUsers): { users: sftp.SftpUsers; server(): AttachedServer } {
  let server: AttachedServer | undefined;
  const bind = users._bind.bind(users);
  users._bind = (context: UsersContext): BoundUsers => {
    const bound = bind(context);
    const attach = bound.attach.bind(bound);
    bound.attach = (attached) => {
      server = attached;
      attach(attached);
    };
    return bound;
  };
  return { users, server: () => server! };
}

/** A network of three zones that is there already. */
export function network(stack: Stack, id = 'Vpc', zones = ['a', 'b', 'c']): ec2.IVpc {
  return stack.node.tryFindChild(id) as ec2.IVpc | undefined ?? ec2.Vpc.fromVpcAttributes(stack, id, {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: zones.map((zone) => `eu-west-1${zone}`),
    publicSubnetIds: zones.map((zone) => `subnet-0123456789abcde${zone}`),
    privateSubnetIds: zones.map((zone) => `subnet-fedcba987654321${zone}`),
  });
}

export interface World {
  readonly stack: Stack;
  readonly server: sftp.SftpServer;
  readonly attached: AttachedServer;
}

/** A server in a stack of its own, whose users are an identity provider's. */
export function serverWith(props: (stack: Stack) => Partial<sftp.SftpServerProps> = () => ({})): World {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Stack');
  const { users, server: attached } = heard(sftp.SftpUsers.identityProvider());
  const server = new sftp.SftpServer(stack, 'Sftp', {
    endpoint: sftp.SftpEndpoint.internetFacing({ vpc: network(stack) }),
    incoming: new storage.LandingBucket(stack, 'Incoming'),
    users,
    ...props(stack),
  });
  return { stack, server, attached: attached() };
}
