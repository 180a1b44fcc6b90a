import { App, Stack } from 'aws-cdk-lib';
import { api, core, storage, webhooks } from '../../src';
import { propertiesOf } from '../storage/templates';

export const waiver = core.Waiver.because('the sender makes the key, and has no API to change it', { owner: 'platform', expires: '2027-06-30' });
export const byHand = webhooks.WebhookKeys.keptByHand(waiver);

/** An inbox in front of a queue. */
export interface InboxWorld {
  readonly stack: Stack;
  readonly inbox: webhooks.WebhookInbox;
}

export function inboxWorld(props: Partial<webhooks.WebhookInboxProps> = {}): InboxWorld {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const target = webhooks.WebhookTarget.queue(new storage.IntegrationQueue(stack, 'Received').queue);
  return { stack, inbox: new webhooks.WebhookInbox(stack, 'Inbox', { target, ...props }) };
}

/** The API with raw bodies of a stack. */
export function hooksIn(stack: Stack): api.IntegrationApi {
  return stack.node.tryFindChild('Hooks') as api.IntegrationApi | undefined ?? new api.IntegrationApi(stack, 'Hooks', { rawBodies: true });
}

/** A receiver of GitHub's webhooks in such a world. */
export function githubIn({ stack, inbox }: InboxWorld, props: Partial<webhooks.WebhookReceiverProps> = {}, id = 'GitHub'): webhooks.WebhookReceiver {
  return new webhooks.WebhookReceiver(stack, id, {
    api: hooksIn(stack), path: '/github', scheme: webhooks.SignatureScheme.github(), keys: byHand, inbox, ...props,
  });
}

/** The properties of the function with some logical id. */
export function functionIn(stack: Stack, id: RegExp): any {
  const found = Object.entries(propertiesOf(stack, 'AWS::Lambda::Function')).filter(([logicalId]) => id.test(logicalId));
  if (found.length !== 1) throw new Error(`there are ${found.length} functions ${id.source}`);
  return found[0][1];
}

/** What a role of that logical id may do, by resource as JSON. */
export function allowedTo(stack: Stack, id: RegExp): Array<readonly [actions: string, resource: string]> {
  const policies = Object.entries(propertiesOf(stack, 'AWS::IAM::Policy')).filter(([logicalId]) => id.test(logicalId));
  return policies.flatMap(([, { PolicyDocument }]) => (PolicyDocument.Statement as Array<{ Action: string | string[]; Resource: unknown }>)
    .map(({ Action, Resource }) => [[Action].flat().join(' '), JSON.stringify(Resource)] as const));
}

/** Actions of a role of that logical id, but those of logs and traces. */
export function actionsOf(stack: Stack, id: RegExp): string[] {
  return allowedTo(stack, id).flatMap(([actions]) => actions.split(' ')).filter((action) => !/^(logs|xray):/.test(action)).sort();
}

/** Threshold of each alarm, by the end of its construct's path. */
export function alarmsOf(stack: Stack, prefix: string): Record<string, number> {
  return Object.fromEntries(Object.entries(propertiesOf(stack, 'AWS::CloudWatch::Alarm'))
    .filter(([id]) => id.startsWith(prefix)).map(([id, { Threshold }]) => [id.slice(prefix.length).replace(/[0-9A-F]{8}$/, ''), Threshold as number]));
}
