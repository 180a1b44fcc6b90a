import { Known } from './asked';
import { codeOf } from './assembly';
import { Call } from './call';
import { Environment, Resource } from './environment';
import { Handler } from './handlers';
import { madeByLambda } from './made-by-lambda';
import { madeFor } from './made-with-keys';
import { callsOf } from './requests';
import { RunningBundle } from '../../runtime-e2e/bundle';

/** Every call that a function makes while its handler is exercised, or that is made in its role's name. */
export async function observe(lambda: Resource, handler: Handler, environment: Environment): Promise<Call[]> {
  const { account, region } = lambda.stack.place;
  const variables = (lambda.property('Environment.Variables') ?? {}) as Record<string, string>;
  const around = await handler.prepare?.();
  const bundle = await RunningBundle.start(codeOf(lambda), { ...variables, ...around?.variables, AWS_REGION: region }, handler.cloud(variables));
  try {
    await handler.exercise(bundle, environment, variables);
  } finally {
    await bundle.stop();
    await around?.stop();
  }
  const known: Known = {
    tagsOf: (arn) => handler.tagsOf?.(arn, variables) ?? {},
    roleNamed(name) {
      const role = environment.ofType('AWS::IAM::Role').find((each) => environment.namesOf(each).name === name);
      return role && { arn: environment.namesOf(role).arn, boundary: role.property('PermissionsBoundary') as string | undefined };
    },
    partitionKeyOf: (arn) => environment.ofType('AWS::DynamoDB::Table').find((table) => environment.namesOf(table).arn === arn)?.property('KeySchema.0.AttributeName'),
  };
  const calls = [...bundle.seen.flatMap((request) => callsOf(request, account, known)), ...madeByLambda(lambda, environment)];
  return calls.flatMap((call) => [call, ...madeFor(call, environment)]);
}
