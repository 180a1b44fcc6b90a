import { Proof } from './proof';
import { explore } from '../runtime/secrets/harness/explore';
import { MACHINE } from '../runtime/secrets/harness/machine';
import { SEARCHES, startOf } from '../runtime/secrets/harness/searches';
import { STRATEGIES } from '../runtime/secrets/harness/world';

/** ADR 0012 says what the machine promises, and what this cannot see. */
export const proof: Proof = {
  claim: 'whatever is repeated, dies or runs at once, credentials that consumers hold work until their overlap ends, and rotation gets healthy again',
  async run(_args, say) {
    let states = 0;
    const violations: string[] = [];
    for (const strategy of STRATEGIES) {
      let statesOfStrategy = 0;
      for (const search of SEARCHES.filter((candidate) => candidate.strategy === strategy)) {
        const { atOnce, byHand, concurrency, minutes, rotations } = search.bounds;
        const found = await explore(MACHINE, strategy, startOf(search), search.bounds);
        const beside = `${atOnce ? ` (${atOnce.join(', ')} of two versions)` : ''}${byHand ? ', a value put by hand' : ''}`;
        say(`${strategy}, ${search.from}, ${rotations} rotation(s), ${concurrency} invocation(s) at once${beside}, steps of ${minutes} minutes: `
          + `${found.states} states, healthy again from each of ${found.quietStates} at rest`);
        if (found.violation) violations.push(`${strategy}: ${found.violation}`);
        statesOfStrategy += found.states;
      }
      say(`${strategy}: ${statesOfStrategy} states`);
      states += statesOfStrategy;
    }
    violations.forEach(say);
    return { holds: violations.length === 0, figures: `${states} states, ${violations.length} without a working credential` };
  },
};
