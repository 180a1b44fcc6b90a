import { Answer, RunningBundle, SeenRequest } from './bundle';
import { Cloud } from '../runtime/webhooks/outbound/cloud';

/** Lets a cloud of tests answer over HTTP, as AWS does. */
export function overHttp(cloud: Cloud): (request: Pick<SeenRequest, 'headers' | 'body'>) => Answer {
  return ({ headers, body }) => {
    const [, operation] = String(headers['x-amz-target']).split('.');
    const type = { 'content-type': 'application/x-amz-json-1.0' };
    try {
      return { status: 200, headers: type, body: JSON.stringify(cloud.call(operation, JSON.parse(body) as never)) };
    } catch (error) {
      return { status: 400, headers: type, body: JSON.stringify({ __type: (error as Error).name, message: (error as Error).message }) };
    }
  };
}

/** Hands messages to a bundle of the sender, as SQS does. */
export function deliver(bundle: RunningBundle, ...bodies: readonly string[]): Promise<unknown> {
  return bundle.invoke({ Records: bodies.map((body, index) => ({ messageId: `sqs-${index}`, body })) });
}
