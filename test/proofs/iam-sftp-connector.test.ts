import { App, Duration, Stack, Stage } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { environmentsOf } from './iam/assembly';
import { outcomeOf, proveFunction } from './iam/prove';
import { sftpConnectorHandlers } from './iam/sftp-connector-handlers';
import { sftp, storage } from '../../src';
import { BY_HAND, ECDSA, rotatingKeyPair } from '../sftp/connector-scene';

// A process for each function.
jest.setTimeout(120_000);

const schedule = events.Schedule.rate(Duration.hours(1));

/** Where retrieved files go. */
type Inbox = (stack: Stack, outbox: storage.LandingBucket) => storage.LandingBucket;

test.each<readonly [string, boolean, Inbox]>([
  ['with a key pair that rotates, beside what it sends', true, (_, outbox) => outbox],
  ['with a credential that is kept by hand, into another bucket', false, (stack) => new storage.LandingBucket(stack, 'Inbox')],
  ['into a landing that scans', true, (stack) => new sftp.SftpLanding(stack, 'Landing').incoming],
])('the functions of a connector that retrieves and removes, %s, may do what they do, and nothing else', async (_, rotates, inboxOf) => {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(new Stage(app, 'Live', { env: { account: '222222222222', region: 'eu-west-1' } }), 'Files');
  const connector = new sftp.SftpConnector(stack, 'Acme', {
    egress: sftp.ConnectorEgress.serviceManaged('sftp://sftp.acme.example'),
    trustedHostKeys: [ECDSA],
    credentials: rotates ? rotatingKeyPair(stack) : sftp.ConnectorCredentials.keptByHand(BY_HAND),
  });
  const outbox = new storage.LandingBucket(stack, 'Outbox');
  connector.addSend('Invoices', { outbox, prefix: 'invoices/acme', schedule });
  connector.addRetrieve('Orders', { inbox: inboxOf(stack, outbox), prefix: 'partners/acme', remoteDirectory: '/out', removeRetrieved: true, schedule });
  const [environment] = environmentsOf(app.synth());

  const handlers = sftpConnectorHandlers('Files/Acme', { rotates });
  const functions = environment.ofType('AWS::Lambda::Function').filter(({ path }) => path.startsWith('Files/Acme/'));
  expect(functions.map(({ path }) => path).sort()).toEqual(Object.keys(handlers).sort());
  const lines: string[] = [];
  const counted = [];
  for (const lambda of functions) counted.push(await proveFunction(lambda, handlers[lambda.path], environment, (line) => lines.push(line)));
  expect(lines.filter((line) => line.startsWith('  '))).toEqual([]);
  expect(outcomeOf(counted)).toMatchObject({ holds: true });
});
