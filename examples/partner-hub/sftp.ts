import { CfnOutput, Duration, Fn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { FilePartner } from './file-partners';
import { PartnerNetwork } from './partner-network';
import { PartnerFiles } from './sftp-landing';
import { foundation, sftp, storage } from '../../src';

/** Properties of `FileExchange`. */
export interface FileExchangeProps {
  readonly foundation: foundation.IFoundation;
  readonly partners: readonly FilePartner[];
  /** How long a file is kept. */
  readonly fileRetention: Duration;
}

/** Partners upload and fetch files at one server, each in a place of its own; what they upload is scanned before anybody reads it. */
export class FileExchange extends Construct {
  public readonly server: sftp.SftpServer;

  constructor(scope: Construct, id: string, props: FileExchangeProps) {
    super(scope, id);
    const common = { foundation: props.foundation };

    const { vpc } = new PartnerNetwork(this, 'Network', common);
    const files = new PartnerFiles(this, 'Files', { ...common, retention: props.fileRetention });
    this.server = new sftp.SftpServer(this, 'Server', {
      ...common,
      endpoint: sftp.SftpEndpoint.internetFacing({ vpc }),
      incoming: files.landing.incoming,
      outgoing: new storage.LandingBucket(this, 'Outgoing', { ...common, retention: props.fileRetention }),
    });
    for (const { name, ...partner } of props.partners) this.server.addPartner(name, partner);

    new CfnOutput(this, 'Addresses', { description: 'Where partners connect to', value: Fn.join(', ', this.server.addresses) });
    new CfnOutput(this, 'HostKeys', { description: 'What partners compare at their first connection', value: Fn.join(', ', this.server.hostKeyFingerprints) });
  }
}
