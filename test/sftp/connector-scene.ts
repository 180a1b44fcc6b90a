import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import { core, sftp } from '../../src';

/** Public keys of hosts, of which nobody has the private half any more. */
export const ECDSA = 'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBGsX0fLhLEJH+Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT+NC4v4af5uO5+tKfA+eFivOM1drMV7Oy7ZAaDe/UfU=';

export const BY_HAND = core.Waiver.because('the partner makes the password and changes it on paper', { owner: 'integrations', expires: '2027-06-30' });

export function rotatingKeyPair(stack: Stack, options: Partial<sftp.ConnectorKeyPairOptions> = {}): sftp.ConnectorCredentials {
  return sftp.ConnectorCredentials.rotatingKeyPair({ userName: 'our-company', bus: new events.EventBus(stack, 'Bus'), ...options });
}

export interface Scene {
  readonly app: App;
  readonly stack: Stack;
  readonly connector: sftp.SftpConnector;
  /** Synthesizes, after which nothing can be added. */
  template(): Template;
}

/** A connector with a key pair that rotates, and what is done with it. */
export function connecting(
  props: Partial<sftp.SftpConnectorProps> = {}, use: (connector: sftp.SftpConnector, stack: Stack) => void = () => undefined,
): Scene {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const connector = new sftp.SftpConnector(stack, 'Acme', {
    egress: sftp.ConnectorEgress.serviceManaged('sftp://sftp.acme.example'),
    trustedHostKeys: [ECDSA],
    credentials: props.credentials ?? rotatingKeyPair(stack),
    ...props,
  });
  use(connector, stack);
  return { app, stack, connector, template: () => Template.fromStack(stack) };
}
