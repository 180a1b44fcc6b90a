import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ACCESS_EVENTS } from './access-metrics';
import { HandlerConstruct } from '../../functions/handler-construct';

/** Lets a function tell events of this room on the account's default bus. */
export function allowEvents(handler: HandlerConstruct): void {
  handler.role.addToPrincipalPolicy(new iam.PolicyStatement({
    actions: ['events:PutEvents'],
    resources: [Stack.of(handler).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' })],
    // One call may have events of several sources (Service Authorization Reference, Amazon EventBridge: `ArrayOfString`).
    conditions: { 'ForAllValues:StringEquals': { 'events:source': ACCESS_EVENTS }, 'Null': { 'events:source': 'false' } },
  }));
}
