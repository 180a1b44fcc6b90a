import { App, Duration, Stack, Stage } from 'aws-cdk-lib';
import { environmentsOf } from './iam/assembly';
import { Environment } from './iam/environment';
import { outcomeOf, proveFunction } from './iam/prove';
import { ExercisedUsers, sftpPartnerHandlers } from './iam/sftp-partner-handlers';
import { sftp, storage } from '../../src';
import { network } from '../sftp/server-world';
import { acme } from '../sftp/serving';

jest.setTimeout(120_000);

/** A server with one partner. */
function deployed(users: sftp.SftpUsers, { kind }: ExercisedUsers): Environment {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(new Stage(app, 'Live', { env: { account: '222222222222', region: 'eu-west-1' } }), 'Files');
  const server = new sftp.SftpServer(stack, 'Sftp', {
    endpoint: sftp.SftpEndpoint.internetFacing({ vpc: network(stack) }), incoming: new storage.LandingBucket(stack, 'Incoming'), users,
  });
  // What the rotation does after an overlap is exercised within four days.
  server.addPartner('acme.edi', acme(kind === 'passwords' ? { passwordOverlap: Duration.days(1) } : {}));
  return environmentsOf(app.synth())[0];
}

test.each<[string, () => sftp.SftpUsers, ExercisedUsers]>([
  ['of an identity provider that operators add partners to', () => sftp.SftpUsers.identityProvider({
    runtimePartners: sftp.RuntimePartners.within(['198.51.100.0/24']),
  }), { runtime: true }],
  ['of an identity provider with passwords', () => sftp.SftpUsers.identityProvider({ requirePassword: true }), { kind: 'passwords' }],
  ['of a server that manages users itself', () => sftp.SftpUsers.serviceManaged(), { kind: 'managed' }],
])('the functions %s may do what they do, and nothing else', async (_name, users, exercised) => {
  const environment = deployed(users(), exercised);
  const lines: string[] = [];
  const counted = [];
  const handlers = sftpPartnerHandlers('Files/Sftp', 'acme.edi', exercised);
  const functions = environment.ofType('AWS::Lambda::Function').filter(({ path }) => path.startsWith('Files/Sftp/Users/'));
  expect(functions.map(({ path }) => path).sort()).toEqual(Object.keys(handlers).sort());
  for (const lambda of functions) counted.push(await proveFunction(lambda, handlers[lambda.path], environment, (line) => lines.push(line)));
  expect(lines.filter((line) => line.startsWith('  '))).toEqual([]);
  expect(outcomeOf(counted)).toMatchObject({ holds: true });
});
