import { Outcome, Proof } from './proof';
import { fuzz } from '../runtime/webhooks/fuzz/fuzz';
import { Subject, subjectWith } from '../runtime/webhooks/fuzz/subject';
import { SAMPLES } from '../runtime/webhooks/senders';

const INPUTS = 1_000_000;
const SEED = 'webhooks';

/** Fuzzes the verifier, or one that somebody changed. Throws where it did not get as deep as it must to tell. */
export function proveVerifier(subject: Subject, inputs: number, seed: string, say: (line: string) => void): Outcome {
  const found = fuzz(subject, inputs, seed);
  const { thrown, acceptedUnsigned, acceptedSigned, reached, spread } = found;
  say(`to engines and parsers: ${Object.entries(spread).sort().map(([name, count]) => `${name} ${count}`).join(', ')}`);
  say(`${reached.size} verdicts of ${SAMPLES.length} senders reached; ${acceptedSigned} accepted whose change left what is signed as it was`);
  thrown.slice(0, 5).forEach((line) => say(`thrown: ${line}`));
  acceptedUnsigned.slice(0, 5).forEach((line) => say(`accepted unsigned: ${line}`));
  const shallow = SAMPLES.map(({ preset }) => preset).filter((preset) => !['genuine', 'forged'].every((verdict) => reached.has(`${preset}: ${verdict}`)));
  const holds = thrown.length + acceptedUnsigned.length === 0;
  if (holds && shallow.length > 0) throw new Error(`no input of ${shallow.join(', ')} got as far as its signature`);
  return {
    holds,
    figures: `${inputs} inputs, ${thrown.length} thrown, ${acceptedUnsigned.length} accepted unsigned`,
  };
}

export const proof: Proof = {
  claim: 'whatever is sent, the verifier throws nothing, and accepts nothing that its sender did not sign',
  async run([inputs = String(INPUTS), seed = SEED], say) {
    if (!/^[1-9]\d{0,9}$/.test(inputs)) throw new Error('the number of inputs must be a whole number');
    return proveVerifier(subjectWith(), Number(inputs), seed, say);
  },
};
