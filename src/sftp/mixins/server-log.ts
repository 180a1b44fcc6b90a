import { Mixin } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as transfer from 'aws-cdk-lib/aws-transfer';
import { IConstruct } from 'constructs';
import { guardAgainstUndoing, rendersTo } from '../../private';

/**
 * Has a server write a structured log of who signs in and what they transfer. Applies control `SFTP-LOG`.
 *
 * A server has one destination; whatever it wrote to before has no more of it. Workflows of the server log by `LoggingRole`, which stays as it
 * is. Whoever deploys needs the rights to deliver logs, such as `logs:CreateLogDelivery` and `logs:PutResourcePolicy`.
 *
 * @example
 * declare const server: transfer.CfnServer;
 * server.with(new sftp.mixins.ServerLog(new storage.EncryptedLogGroup(this, 'Transfers').logGroup));
 */
export class ServerLog extends Mixin {
  /** @param logGroup a group that outlives the stack and keeps events for at least a year */
  constructor(private readonly logGroup: logs.ILogGroup) {
    super();
  }

  public supports(construct: IConstruct): construct is transfer.CfnServer {
    return transfer.CfnServer.isCfnServer(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    const destinations = [this.logGroup.logGroupArn];
    construct.structuredLogDestinations = destinations;
    guardAgainstUndoing(construct, {
      control: 'SFTP-LOG',
      mixin: 'sftp.mixins.ServerLog',
      demand: "'StructuredLogDestinations' must name the log group",
      holds: ({ Properties }) => rendersTo(construct, Properties?.StructuredLogDestinations, destinations),
    });
  }
}
