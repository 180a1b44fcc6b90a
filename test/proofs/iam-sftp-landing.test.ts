import { App, Stack, Stage } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { environmentsOf } from './iam/assembly';
import { outcomeOf, proveFunction } from './iam/prove';
import { sftpLandingHandlers } from './iam/sftp-landing-handlers';
import { sftp } from '../../src';

// A process for each function.
jest.setTimeout(120_000);

test.each([
  ['a queue of its own', () => undefined],
  ['an event bus', (stack: Stack) => sftp.UploadTarget.eventBus(new events.EventBus(stack, 'Bus'))],
])('the functions of a landing that tells %s may do what they do, and nothing else', async (_, target) => {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(new Stage(app, 'Live', { env: { account: '222222222222', region: 'eu-west-1' } }), 'Files');
  const landing = new sftp.SftpLanding(stack, 'Landing', { target: target(stack) });
  expect(landing.node.children.length).toBeGreaterThan(0);
  const [environment] = environmentsOf(app.synth());

  const lines: string[] = [];
  const counted = [];
  for (const [path, handler] of Object.entries(sftpLandingHandlers('Files/Landing'))) {
    const lambda = environment.ofType('AWS::Lambda::Function').find((each) => each.path === path)!;
    counted.push(await proveFunction(lambda, handler, environment, (line) => lines.push(line)));
  }
  expect(lines.filter((line) => line.startsWith('  '))).toEqual([]);
  expect(outcomeOf(counted)).toMatchObject({ holds: true, figures: expect.stringMatching(/^\d\d+ calls, 0 denied, 0 unexercised$/) });
});
