import { Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as transfer from 'aws-cdk-lib/aws-transfer';
import { Construct } from 'constructs';
import { AttachedServer, UsersContext } from './bound-users';
import { PartnerUsers } from './partner-users';
import { Reconciler } from './reconciler';
import { homeMappings } from '../../formats/partner-directories';
import type { PartnerRecord } from '../../formats/partner-record';
import { writeSessionPolicy } from '../../formats/session-policy';
import { ServiceManagedOptions } from '../users-options';

/** Users whom the server manages itself. */
export class ServiceManagedUsers extends PartnerUsers {
  public readonly identityProviderType = 'SERVICE_MANAGED';
  public readonly details = undefined;
  public readonly passwordRequired = false;

  private readonly enforce: boolean;

  constructor(context: UsersContext, options: ServiceManagedOptions) {
    super(context, options, dynamodb.StreamViewType.KEYS_ONLY);
    this.enforce = options.enforce ?? true;
  }

  /** Without keys: CloudFormation deletes those that are gone before it imports new ones, and would delete what the reconciler imported. */
  public user(partner: Construct, record: PartnerRecord, role: iam.Role): Construct {
    const { partition, region } = Stack.of(partner);
    return new transfer.CfnUser(partner, 'User', {
      serverId: this.server.serverId,
      userName: record.name,
      role: role.roleArn,
      homeDirectoryType: 'LOGICAL',
      homeDirectoryMappings: homeMappings(record).map(({ Entry, Target }) => ({ entry: Entry, target: Target })),
      policy: writeSessionPolicy(record.directories, { partition, region }),
    });
  }

  protected runtimeEnvironment(): Readonly<Record<string, string>> {
    return {};
  }

  protected serve(server: AttachedServer): void {
    const { foundation, scope } = this.context;
    const { partners, undelivered, enforce } = this;
    new Reconciler(this, 'Reconciler', { foundation, server, partners, undelivered, enforce, name: scope.node.path });
  }
}
