import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { BoundIntegration, RouteBinding } from './bindings';
import { serviceIntegration } from './service-integration';
import { ConfigurationError } from '../../private';
import { QueueIntegrationOptions } from '../integration';

/** Sends the body of a request to a queue (Amazon SQS API Reference, SendMessage). */
export function queueIntegration(route: RouteBinding, queue: sqs.IQueue, options: QueueIntegrationOptions): BoundIntegration {
  if (queue.fifo && options.messageGroupId === undefined) {
    throw new ConfigurationError(route.api, `'messageGroupId' of route '${route.name}' must be given for a FIFO queue, got nothing; name what must stay in order, such as '$context.authorizer.subject'`);
  }
  if (!queue.fifo && options.messageGroupId !== undefined) {
    throw new ConfigurationError(route.api, `'messageGroupId' of route '${route.name}' must be left out for a queue that is not FIFO, got '${options.messageGroupId}'; remove it`);
  }
  const role = route.role();
  iam.Grant.addToPrincipal({ grantee: role, actions: ['sqs:SendMessage'], resourceArns: [queue.queueArn] });
  queue.encryptionMasterKey?.grant(role, 'kms:GenerateDataKey', 'kms:Decrypt');

  return serviceIntegration(route, {
    service: 'sqs',
    path: `${queue.env.account}/${queue.queueName}`,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    template: `#set($caller = "$!context.authorizer.principalId$!context.identity.userArn")${[
      'Action=SendMessage',
      'MessageBody=$util.urlEncode($input.body)',
      ...options.messageGroupId === undefined ? [] : [
        `MessageGroupId=$util.urlEncode("${options.messageGroupId}")`,
        'MessageDeduplicationId=$context.requestId',
      ],
      ...attribute(1, 'requestId', '$context.requestId'),
      ...attribute(2, 'route', `$util.urlEncode("${route.httpMethod} $context.resourcePath")`),
      // A context variable without a value is an empty text, and SQS takes no empty attribute.
      ...attribute(3, 'caller', '#if($caller == "")unknown#else$util.urlEncode($caller)#end'),
    ].join('&')}`,
  });
}

/** A message attribute in the query protocol. */
function attribute(index: number, name: string, value: string): string[] {
  const prefix = `MessageAttribute.${index}`;
  return [`${prefix}.Name=${name}`, `${prefix}.Value.DataType=String`, `${prefix}.Value.StringValue=${value}`];
}
