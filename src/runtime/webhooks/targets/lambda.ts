import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { NotPublished, Target } from './target';

/** Accepted for asynchronous invocation (API Reference, "Invoke", StatusCode). */
const ACCEPTED = 202;

/** A function, invoked asynchronously: Lambda queues the event, and retries the function. It has no deduplication: use `idempotent`. */
export function lambdaTarget(client: Pick<LambdaClient, 'send'>, functionArn: string): Target {
  return {
    async publish(event) {
      const { StatusCode } = await client.send(new InvokeCommand({
        FunctionName: functionArn, InvocationType: 'Event', Payload: Buffer.from(JSON.stringify(event)),
      }));
      if (StatusCode !== ACCEPTED) throw new NotPublished('AWS Lambda did not take the event');
    },
  };
}
