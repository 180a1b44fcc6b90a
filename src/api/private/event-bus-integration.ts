import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { BoundIntegration, RouteBinding } from './bindings';
import { jsonString, serviceIntegration } from './service-integration';
import { requireMatch } from '../../private';
import { EventBusIntegrationOptions } from '../integration';

/**
 * Puts the body of a request on an event bus (Amazon EventBridge API Reference, PutEvents).
 *
 * EventBridge answers 200 also for an event that it did not take, and only says so in `FailedEntryCount`.
 */
export function eventBusIntegration(route: RouteBinding, bus: events.IEventBus, options: EventBusIntegrationOptions): BoundIntegration {
  requireMatch(route.api, 'source', options.source, /^(?!aws\.)[\w./-]{1,256}$/, "a source that does not start with 'aws.'", "write for example 'orders.api'");
  requireMatch(route.api, 'detailType', options.detailType, /^[\w ./-]{1,128}$/, 'a name of at most 128 letters, digits, spaces and ./-_', "write for example 'OrderPlaced'");
  iam.Grant.addToPrincipal({ grantee: route.role(), actions: ['events:PutEvents'], resourceArns: [bus.eventBusArn] });
  return serviceIntegration(route, {
    service: 'events',
    action: 'PutEvents',
    headers: { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': 'AWSEvents.PutEvents' },
    template: `{"Entries":[{"EventBusName":"${bus.eventBusArn}","Source":"${options.source}","DetailType":"${options.detailType}","Detail":${jsonString('$input.body')}}]}`,
    answer: "#if($input.path('$.FailedEntryCount') != 0)#set($context.responseOverride.status = 503)#end",
  });
}
