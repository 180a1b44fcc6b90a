import { App } from 'aws-cdk-lib';
import { environmentsOf } from './iam/assembly';
import { HANDLERS } from './iam/handlers';
import { prove } from './iam/prove';
import { Proof } from './proof';
import { addHub } from '../../examples/partner-hub/hub';

/** ADR 0009 says what counts as a call and what this cannot see. */
export const proof: Proof = {
  claim: 'the role of each function of the example allows every call that the function makes, and grants nothing that no call needs',
  run(_args, say) {
    const app = new App({ analyticsReporting: false });
    addHub(app);
    return prove(environmentsOf(app.synth()), HANDLERS, say);
  },
};
