import { App, Stack } from 'aws-cdk-lib';
import { api, core, policy, secrets, storage, webhooks } from '../../src';
import { synthFails } from '../synth-fails';

/** Whether a receiver with its scheme fails the policy. */
function failsWith(schemeIn: (stack: Stack) => webhooks.SignatureScheme, hasKeys = true): boolean {
  const app = new App({ analyticsReporting: false });
  policy.IntegrationPolicy.enforce(app, { asOf: '2026-11-25' });
  const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const received = new storage.IntegrationQueue(stack, 'Received');
  const signing = new secrets.RotatingSecret(stack, 'Signing', { strategy: secrets.RotationStrategy.webhookSecret() });
  new webhooks.WebhookReceiver(stack, 'Receiver', {
    api: new api.IntegrationApi(stack, 'Api', { rawBodies: true }),
    path: '/hook',
    inbox: new webhooks.WebhookInbox(stack, 'Inbox', { target: webhooks.WebhookTarget.queue(received.queue) }),
    scheme: schemeIn(stack),
    keys: hasKeys ? webhooks.WebhookKeys.rotating(signing) : undefined,
  });
  return synthFails(app);
}

const waiver = (expires: string) => core.Waiver.because('the sender can do no better than this', { owner: 'edi-team', expires });

test('the policy takes a password as long as its waiver holds', () => {
  expect(failsWith(() => webhooks.SignatureScheme.okta(waiver('2027-06-30')))).toBe(false);
  expect(failsWith(() => webhooks.SignatureScheme.okta(waiver('2026-11-24')))).toBe(true);
});

test('the policy reads a scheme that has a topic of the template in it', () => {
  const ofTopic = (stack: Stack) => {
    const { topic } = new storage.IntegrationTopic(stack, 'Topic');
    return webhooks.SignatureScheme.awsSns({ topicArns: [topic.topicArn] });
  };
  expect(failsWith(ofTopic, false)).toBe(false);
});
