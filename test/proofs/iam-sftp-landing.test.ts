import { App, Duration, Stack, Stage } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { environmentsOf } from './iam/assembly';
import type { Handler } from './iam/handlers';
import { outcomeOf, proveFunction } from './iam/prove';
import { partnerFilesHandlers, sftpLandingHandlers } from './iam/sftp-landing-handlers';
import { PartnerFiles } from '../../examples/partner-hub/sftp-landing';
import { foundation, sftp } from '../../src';

// A process for each function.
jest.setTimeout(120_000);

/** What a landing is made by in a stack, and how its functions are exercised. */
const LANDINGS: ReadonlyArray<readonly [string, (stack: Stack) => Record<string, Handler>]> = [
  ['a landing that tells a queue of its own', (stack) => {
    new sftp.SftpLanding(stack, 'Landing');
    return sftpLandingHandlers('Files/Landing');
  }],
  ['a landing that tells an event bus', (stack) => {
    new sftp.SftpLanding(stack, 'Landing', { target: sftp.UploadTarget.eventBus(new events.EventBus(stack, 'Bus')) });
    return sftpLandingHandlers('Files/Landing');
  }],
  ['the hub\'s files of partners', (stack) => {
    new PartnerFiles(stack, 'Files', { foundation: foundation.Foundation.of(stack), retention: Duration.days(14) });
    return partnerFilesHandlers('Files/Files');
  }],
];

test.each(LANDINGS)('the functions of %s may do what they do, and nothing else', async (_, add) => {
  const app = new App({ analyticsReporting: false });
  const handlers = add(new Stack(new Stage(app, 'Live', { env: { account: '222222222222', region: 'eu-west-1' } }), 'Files'));
  const [environment] = environmentsOf(app.synth());

  const lines: string[] = [];
  const counted = [];
  for (const [path, handler] of Object.entries(handlers)) {
    const lambda = environment.ofType('AWS::Lambda::Function').find((each) => each.path === path)!;
    counted.push(await proveFunction(lambda, handler, environment, (line) => lines.push(line)));
  }
  expect(environment.ofType('AWS::Lambda::Function')).toHaveLength(counted.length);
  expect(lines.filter((line) => line.startsWith('  '))).toEqual([]);
  expect(outcomeOf(counted)).toMatchObject({ holds: true, figures: expect.stringMatching(/^\d\d+ calls, 0 denied, 0 unexercised$/) });
});
