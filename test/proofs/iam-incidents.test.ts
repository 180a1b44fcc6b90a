import { App, Duration, Stack, Stage } from 'aws-cdk-lib';
import * as ses from 'aws-cdk-lib/aws-ses';
import { environmentsOf } from './iam/assembly';
import { incidentHandlers } from './iam/incident-handlers';
import { outcomeOf, proveFunction } from './iam/prove';
import { api, audit, foundation, storage } from '../../src';

// A process for each function.
jest.setTimeout(120_000);

test('the functions of an intake may do what they do, and nothing else', async () => {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(new Stage(app, 'Live', { env: { account: '222222222222', region: 'eu-west-1' } }), 'Governance');
  const pages = new storage.IntegrationTopic(stack, 'Pages');
  new audit.IncidentIntake(stack, 'Incidents', {
    api: new api.IntegrationApi(stack, 'Hub', { authorization: api.Authorization.iam() }),
    responders: api.Authorization.iam(),
    regimes: [audit.IncidentRegime.gdpr(), audit.IncidentRegime.nis2()],
    escalation: [
      { topic: foundation.Foundation.of(stack).alertTopic, after: Duration.minutes(0) }, { topic: pages.topic, after: Duration.minutes(15) },
    ],
    mail: {
      recipients: ['incidents@report.example.com'],
      senderDomains: ['example.com'],
      ruleSet: ses.ReceiptRuleSet.fromReceiptRuleSetName(stack, 'Inbound', 'inbound'),
    },
  });
  const [environment] = environmentsOf(app.synth());

  const lines: string[] = [];
  const counted = [];
  for (const [path, handler] of Object.entries(incidentHandlers('Governance/Incidents'))) {
    const lambda = environment.ofType('AWS::Lambda::Function').find((each) => each.path === path)!;
    counted.push(await proveFunction(lambda, handler, environment, (line) => lines.push(line)));
  }
  expect(environment.ofType('AWS::Lambda::Function')).toHaveLength(counted.length);
  expect(lines.filter((line) => line.startsWith('  '))).toEqual([]);
  expect(outcomeOf(counted)).toMatchObject({ holds: true, figures: expect.stringMatching(/^\d\d+ calls, 0 denied, 0 unexercised$/) });
});
