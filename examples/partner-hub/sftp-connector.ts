import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { foundation, sftp, storage } from '../../src';

/** The SFTP server of a partner. */
export interface InvoicedPartner {
  readonly url: string;
  /** Our user there. */
  readonly userName: string;
  /** Keys by which the server proves that it is the partner's, as the partner told us on another way. */
  readonly hostKeys: string[];
}

/** Properties of `Invoices`. */
export interface InvoicesProps {
  readonly foundation: foundation.IFoundation;
  readonly partner: InvoicedPartner;
}

/** Invoices that a partner wants on its own SFTP server: whatever is put into the outbox is there within a quarter of an hour, once. */
export class Invoices extends Construct {
  constructor(scope: Construct, id: string, { foundation: shared, partner }: InvoicesProps) {
    super(scope, id);

    const outbox = new storage.LandingBucket(this, 'Outbox', { foundation: shared, retention: Duration.days(90) });
    // Whoever deals with the partner hears here of a key that the partner has to install.
    const keys = new events.EventBus(this, 'Keys', { description: 'Public keys that a partner has to install' });
    const connector = new sftp.SftpConnector(this, 'Connector', {
      foundation: shared,
      egress: sftp.ConnectorEgress.serviceManaged(partner.url),
      trustedHostKeys: partner.hostKeys,
      credentials: sftp.ConnectorCredentials.rotatingKeyPair({ userName: partner.userName, bus: keys }),
    });
    connector.addSend('Invoices', {
      outbox, prefix: 'invoices/acme', remoteDirectory: '/invoices', schedule: events.Schedule.rate(Duration.minutes(15)),
    });
  }
}
