import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Question } from './third-party-contract';
import { Environment } from '../shared/environment';
import { membersIn } from '../shared/json-text';

/** ARN, with or without version or alias (AWS Lambda API Reference, "Invoke"). */
const FUNCTION_ARN = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]{1,64}(:[\w$-]{1,128})?$/;

/** Kinds of error by their usual endings; anything else may be a value. */
const ERROR_NAME = /^[A-Z][A-Za-z.]{0,60}(Error|Exception|Timedout|Unknown)$/;

/** Reads `ADAPTER_ARN`; throws, saying what is wrong. */
export function parseAdapterArn(environment: Environment): string {
  const { ADAPTER_ARN: arn = '' } = environment;
  if (!FUNCTION_ARN.test(arn)) throw new Error('ADAPTER_ARN must be the ARN of a function');
  return arn;
}

/** Asks a function and waits for its answer. What it failed with is told by name alone, and its log is not asked for. */
export function askFunction(client: Pick<LambdaClient, 'send'>, functionArn: string): (question: Question) => Promise<string> {
  return async (question) => {
    const { FunctionError, Payload = '' } = await client.send(new InvokeCommand({
      FunctionName: functionArn, InvocationType: 'RequestResponse', LogType: 'None', Payload: JSON.stringify(question),
    }));
    const answer = Buffer.from(Payload).toString();
    if (FunctionError === undefined) return answer;
    throw Object.assign(new Error('the function failed'), { name: errorNameIn(answer) });
  };
}

function errorNameIn(answer: string): string {
  const { errorType } = membersIn(answer);
  return typeof errorType === 'string' && ERROR_NAME.test(errorType) ? errorType : 'ThirdPartyError';
}
