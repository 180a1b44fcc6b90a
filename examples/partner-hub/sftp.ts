import { CfnOutput, Fn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { FilePartner } from './file-partners';
import { PartnerNetwork } from './partner-network';
import { foundation, sftp, storage } from '../../src';

/** Properties of `FileExchange`. */
export interface FileExchangeProps {
  readonly foundation: foundation.IFoundation;
  readonly partners: readonly FilePartner[];
}

/** Partners upload and fetch files at one server, each in a place of its own. */
export class FileExchange extends Construct {
  public readonly server: sftp.SftpServer;

  constructor(scope: Construct, id: string, props: FileExchangeProps) {
    super(scope, id);
    const common = { foundation: props.foundation };

    const { vpc } = new PartnerNetwork(this, 'Network', common);
    this.server = new sftp.SftpServer(this, 'Server', {
      ...common,
      endpoint: sftp.SftpEndpoint.internetFacing({ vpc }),
      incoming: new storage.LandingBucket(this, 'Incoming', common),
      outgoing: new storage.LandingBucket(this, 'Outgoing', common),
    });
    for (const { name, ...partner } of props.partners) this.server.addPartner(name, partner);

    new CfnOutput(this, 'Addresses', { description: 'Where partners connect to', value: Fn.join(', ', this.server.addresses) });
    new CfnOutput(this, 'HostKeys', { description: 'What partners compare at their first connection', value: Fn.join(', ', this.server.hostKeyFingerprints) });
  }
}
