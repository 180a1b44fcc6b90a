import { Environment } from './environment';
import { Handler } from './handlers';
import { judge, Verdict } from './judge';
import { observe } from './observe';
import { resourcePoliciesOf } from './resource-policies';
import { identityOf } from './role';
import { Outcome } from '../proof';

/** What the functions of an example did and have, counted. */
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
): Promise<Totals> {
  const functions = environments.flatMap((environment) => environment.ofType('AWS::Lambda::Function').map((lambda) => ({ environment, lambda })));
  const idle = Object.keys(handlers).filter((path) => !functions.some(({ lambda }) => lambda.path === path));
  if (idle.length > 0) throw new Error(`there is no function ${idle.join(', ')} any more; remove it from the handlers of its example, in test/proofs/iam`);

  const verdicts: Verdict[] = [];
  for (const { environment, lambda } of functions) {
    const handler = handlers[lambda.path];
    if (!handler) throw new Error(`nothing exercises ${environment.name}/${lambda.path}; add it to the handlers of its example, in test/proofs/iam`);
    const calls = await observe(lambda, handler, environment);
    const verdict = await judge(identityOf(lambda, environment), calls, resourcePoliciesOf(environment));
    verdicts.push(verdict);

    say(`${environment.name}/${lambda.path}: ${verdict.calls} calls, ${verdict.denied.length} denied, ${verdict.unexercised.length} unexercised; `
      + `${verdict.siblings} calls beside a resource, ${verdict.reachable.length} allowed`);
    for (const call of verdict.denied) say(`  denied: ${call}`);
    for (const grant of verdict.unexercised) say(`  unexercised: ${grant}`);
    for (const call of verdict.reachable) say(`  allowed beside its resource: ${call}`);
  }
  const sum = (count: (verdict: Verdict) => number) => verdicts.reduce((total, verdict) => total + count(verdict), 0);
  return {
    calls: sum((each) => each.calls),
    denied: sum((each) => each.denied.length),
    unexercised: sum((each) => each.unexercised.length),
    reachable: sum((each) => each.reachable.length),
  };
}
