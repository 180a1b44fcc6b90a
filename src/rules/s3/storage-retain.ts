import { compliant, Outcome, Rule, violation } from '../rule';

/** Checks `STORAGE-RETAIN`. */
export const storageRetain: Rule = {
  control: 'STORAGE-RETAIN',
  check(bucket) {
    const { deletionPolicy: deletion, updateReplacePolicy: replacement } = bucket;
    const findings: Outcome[] = [];
    if (deletion !== 'Retain' && deletion !== 'RetainExceptOnCreate') {
      findings.push(violation('Deletion', `DeletionPolicy is ${deletion ?? 'nothing'}`));
    }
    // CloudFormation knows RetainExceptOnCreate for DeletionPolicy only.
    if (replacement !== 'Retain') findings.push(violation('Replacement', `UpdateReplacePolicy is ${replacement ?? 'nothing'}`));
    return findings.length > 0 ? findings : compliant(`DeletionPolicy is ${deletion}, UpdateReplacePolicy is ${replacement}`);
  },
};
