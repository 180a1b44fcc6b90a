import { App } from 'aws-cdk-lib';
import { environmentsOf } from './iam/assembly';
import { EXAMPLES, ProvedExample } from './iam/examples';
import { outcomeOf, prove, Totals } from './iam/prove';
import { Proof } from './proof';

/** ADR 0009 says what counts as a call and what this cannot see. */
export const proof: Proof = proofOf(EXAMPLES);

/** The claim for some examples. */
export function proofOf(examples: readonly ProvedExample[]): Proof {
  return {
    claim: 'the role of each function of the examples allows every call that the function makes, and grants nothing that no call needs',
    async run(_args, say) {
      const counted: Totals[] = [];
      for (const { addTo, handlers, name } of examples) {
        const app = new App({ analyticsReporting: false });
        addTo(app);
        counted.push(...await prove(environmentsOf(app.synth()), handlers, (line) => say(`${name}: ${line}`)));
      }
      return outcomeOf(counted);
    },
  };
}
