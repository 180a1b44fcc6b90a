import { Mixin } from 'aws-cdk-lib';
import * as transfer from 'aws-cdk-lib/aws-transfer';
import { IConstruct } from 'constructs';
import { guardAgainstUndoing } from '../../private';

/**
 * Leaves the keys of a user to whoever rotates them. Applies control `SFTP-USER-KEY-OWNER`.
 *
 * Apply it to a user that has its keys already, by other means than the template: CloudFormation deletes those that the template had before. A new
 * user cannot sign in until somebody imports a key.
 *
 * @example
 * declare const user: transfer.CfnUser;
 * user.with(new sftp.mixins.UserKeysElsewhere());
 */
export class UserKeysElsewhere extends Mixin {
  public supports(construct: IConstruct): construct is transfer.CfnUser {
    return transfer.CfnUser.isCfnUser(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.sshPublicKeys = undefined;
    guardAgainstUndoing(construct, {
      control: 'SFTP-USER-KEY-OWNER',
      mixin: 'sftp.mixins.UserKeysElsewhere',
      demand: "'SshPublicKeys' must be left out",
      holds: ({ Properties }) => Properties?.SshPublicKeys === undefined,
    });
  }
}
