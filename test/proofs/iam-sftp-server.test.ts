import { App, Stack, Stage } from 'aws-cdk-lib';
import { environmentsOf } from './iam/assembly';
import { outcomeOf, proveFunction } from './iam/prove';
import { sftpServerHandlers } from './iam/sftp-server-handlers';
import { sftp, storage } from '../../src';
import { network } from '../sftp/server-world';

// A process for each function, one of which makes keys of RSA 4096.
jest.setTimeout(120_000);

test('the functions of an SFTP server may do what they do, and nothing else', async () => {
  const app = new App({ analyticsReporting: false });
  const stage = new Stage(app, 'Live', { env: { account: '222222222222', region: 'eu-west-1' } });
  const stack = new Stack(stage, 'Files');
  const server = new sftp.SftpServer(stack, 'Sftp', {
    endpoint: sftp.SftpEndpoint.internetFacing({ vpc: network(stack) }),
    incoming: new storage.LandingBucket(stack, 'Incoming'),
  });
  expect(server.endpointId).toBeDefined();
  const [environment] = environmentsOf(app.synth());

  const lines: string[] = [];
  const counted = [];
  for (const [path, handler] of Object.entries(sftpServerHandlers('Files/Sftp', { asksForEndpoint: true }))) {
    const lambda = environment.ofType('AWS::Lambda::Function').find((each) => each.path === path)!;
    counted.push(await proveFunction(lambda, handler, environment, (line) => lines.push(line)));
  }
  expect(lines.filter((line) => line.startsWith('  '))).toEqual([]);
  expect(outcomeOf(counted)).toMatchObject({ holds: true, figures: expect.stringMatching(/^\d\d+ calls, 0 denied, 0 unexercised$/) });
});
