import { Environment, Resource } from './environment';
import { Handler } from './handlers';
import { judge } from './judge';
import { observe } from './observe';
import { resourcePoliciesOf } from './resource-policies';
import { identityOf } from './role';
import { Outcome } from '../proof';

/** What a function did and has, counted. */
export interface Totals {
  readonly calls: number;
  readonly denied: number;
  readonly unexercised: number;
  readonly reachable: number;
}

/** What was counted, for the last line of the proof. */
export function outcomeOf(counted: readonly Totals[]): Outcome {
  const sum = (name: keyof Totals) => counted.reduce((total, each) => total + each[name], 0);
  return {
    holds: counted.every(({ calls }) => calls > 0) && sum('denied') + sum('unexercised') + sum('reachable') === 0,
    figures: `${sum('calls')} calls, ${sum('denied')} denied, ${sum('unexercised')} unexercised`,
  };
}

/** Judges every function of some environments, each exercised by its handler. */
export async function prove(
  environments: readonly Environment[], handlers: Readonly<Record<string, Handler>>, say: (line: string) => void,
): Promise<Totals[]> {
  const functions = environments.flatMap((environment) => environment.ofType('AWS::Lambda::Function').map((lambda) => ({ environment, lambda })));
  const idle = Object.keys(handlers).filter((path) => !functions.some(({ lambda }) => lambda.path === path));
  if (idle.length > 0) throw new Error(`there is no function ${idle.join(', ')} any more; remove it from the handlers of its example, in test/proofs/iam`);
  const unknown = functions.filter(({ lambda }) => !(lambda.path in handlers)).map(({ environment, lambda }) => `${environment.name}/${lambda.path}`);
  if (unknown.length > 0) throw new Error(`nothing exercises ${unknown.join(', ')}; add it to the handlers of its example, in test/proofs/iam`);

  const counted: Totals[] = [];
  for (const { environment, lambda } of functions) counted.push(await proveFunction(lambda, handlers[lambda.path], environment, say));
  return counted;
}

/** Judges one function. */
export async function proveFunction(lambda: Resource, handler: Handler, environment: Environment, say: (line: string) => void): Promise<Totals> {
  const calls = await observe(lambda, handler, environment);
  const verdict = await judge(identityOf(lambda, environment), calls, resourcePoliciesOf(environment));
  const { denied, unexercised, reachable, siblings } = verdict;

  say(`${environment.name}/${lambda.path}: ${verdict.calls} calls, ${denied.length} denied, ${unexercised.length} unexercised; `
    + `${siblings} calls beside a resource, ${reachable.length} allowed`);
  for (const call of denied) say(`  denied: ${call}`);
  for (const grant of unexercised) say(`  unexercised: ${grant}`);
  for (const call of reachable) say(`  allowed beside its resource: ${call}`);
  return { calls: verdict.calls, denied: denied.length, unexercised: unexercised.length, reachable: reachable.length };
}
