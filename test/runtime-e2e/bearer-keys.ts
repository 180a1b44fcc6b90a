import { Answer, RunningBundle, SeenRequest } from './bundle';
import { BearerKey, writeBearerKey } from '../../src/runtime/api/bearer-key';
import { KeyService } from '../runtime/api/key-service';
import { Changes, ENDLESS, KEY, keyEvent } from '../runtime/api/key-world';

/** Serves a table of keys as DynamoDB does, and its MAC key as KMS does (AWS JSON 1.0 and 1.1). */
export function serveKeys(service: KeyService): (request: SeenRequest) => Answer {
  return ({ headers, body }) => {
    const [target, operation] = String(headers['x-amz-target']).split('.');
    const answer = service.answer(operation, JSON.parse(body));
    const sent: Record<string, string> = { 'content-type': `application/x-amz-json-${target.startsWith('DynamoDB') ? '1.0' : '1.1'}` };
    if ('output' in answer) return { status: 200, headers: sent, body: JSON.stringify(answer.output) };
    return { status: 400, headers: sent, body: JSON.stringify({ __type: answer.error, message: answer.message }) };
  };
}

/** Stands in for AWS with one key that has this prefix. */
export function keyCloud(prefix: string): (request: SeenRequest) => Answer {
  const service = new KeyService();
  service.store({ ...KEY, prefix });
  return serveKeys(service);
}

/** `Allow` or `Deny`, or the message of the error that API Gateway gets, for a key. */
export async function present(bundle: RunningBundle, key: BearerKey, changes?: Changes): Promise<string> {
  try {
    const answer = await bundle.invoke(keyEvent(`Bearer ${writeBearerKey(key)}`, changes)) as { policyDocument: { Statement: Array<{ Effect: string }> } };
    return answer.policyDocument.Statement[0].Effect;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Everything that the authorizer does with AWS, in `keyCloud(prefix)`: a key that works, one that is unknown and one that is wrong. */
export async function exerciseBearerKeyAuthorizer(bundle: RunningBundle, prefix: string): Promise<void> {
  const key = { ...KEY, prefix };
  const outcomes = [];
  for (const each of [key, { ...key, credential: 'ffffffffff' }, { ...key, secret: 'f'.repeat(64) }]) outcomes.push(await present(bundle, each, { consumer: ENDLESS }));
  if (outcomes.join() !== 'Allow,Unauthorized,Unauthorized') throw new Error(`the authorizer must let in one key of three, and answered ${outcomes.join()}`);
}
