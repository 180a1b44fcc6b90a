import { Proof } from './proof';
import { MUTANT_SEARCHES, problemOf, SLOW_MUTANTS, violationOf } from '../runtime/secrets/harness/mutants';

/** The faults that are found quickly are found by `test/runtime/secrets/mutants.test.ts`. */
export const proof: Proof = {
  claim: 'the search that the proof of rotation makes finds rotations that are known to be wrong, and nothing in one that is not',
  async run(_args, say) {
    const missed: string[] = [];
    for (const [name, mutant] of SLOW_MUTANTS) if (!mutant.found.test(await violationOf(mutant) ?? '')) missed.push(`not found: one that ${name}`);
    for (const search of MUTANT_SEARCHES) {
      const problem = await problemOf(search);
      if (problem !== undefined) missed.push(`${search.strategy}: ${problem}`);
    }
    missed.forEach(say);
    return { holds: missed.length === 0, figures: `${SLOW_MUTANTS.length} faults, ${MUTANT_SEARCHES.length} searches without one, ${missed.length} wrong` };
  },
};
