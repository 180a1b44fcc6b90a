import { App, Stack, Stage } from 'aws-cdk-lib';
import { environmentsOf } from './iam/assembly';
import { outcomeOf, proveFunction } from './iam/prove';
import { reviewHandlers } from './iam/review-handlers';
import { audit } from '../../src';

// A process of its own.
jest.setTimeout(60_000);

test('the function of a review may do what it does, and nothing else', async () => {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(new Stage(app, 'Live', { env: { account: '222222222222', region: 'eu-west-1' } }), 'Governance');
  new audit.AccessReview(stack, 'Review', { trail: new audit.AuditTrail(stack, 'Trail') });
  const [environment] = environmentsOf(app.synth());

  const handlers = reviewHandlers('Governance/Review');
  const [lambda] = environment.ofType('AWS::Lambda::Function').filter(({ path }) => path.startsWith('Governance/Review/'));
  const lines: string[] = [];
  const counted = await proveFunction(lambda, handlers[lambda.path], environment, (line) => lines.push(line));
  expect(lines.filter((line) => line.startsWith('  '))).toEqual([]);
  expect(outcomeOf([counted])).toMatchObject({ holds: true });
});
