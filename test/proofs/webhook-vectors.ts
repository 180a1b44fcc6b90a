import { Outcome, Proof } from './proof';
import { verify } from '../../src/runtime/webhooks/verify';
import { shortness } from '../runtime/webhooks/vector-keys';
import { FIXTURE, judgeWith, readVectors, Vector } from '../runtime/webhooks/vectors';

/** Judges every vector, and tells which are not what they are expected to be. */
export function proveVectors(vectors: readonly Vector[], verifier: typeof verify, say: (line: string) => void): Outcome {
  const passed: Record<string, number> = {};
  const failed: string[] = [];
  for (const vector of vectors) {
    const complaint = complaintOf(vector, vectors, verifier, say);
    if (complaint === undefined) passed[vector.scheme] = (passed[vector.scheme] ?? 0) + 1;
    else failed.push(`${vector.id} (${vector.scheme}): ${complaint}`);
  }
  say(Object.entries(passed).map(([scheme, count]) => `${scheme} ${count}`).join(', '));
  failed.forEach((line) => say(`failed: ${line}`));
  return { holds: failed.length === 0, figures: `${vectors.length - failed.length}/${vectors.length}` };
}

export const proof: Proof = {
  claim: 'every request of a file of vectors is judged as the file expects',
  run: async ([file = FIXTURE], say) => proveVectors(readVectors(file), verify, say),
};

/** Why a vector is not as expected, or undefined. What cannot be mapped to a receiver is not as expected either. */
function complaintOf(vector: Vector, vectors: readonly Vector[], verifier: typeof verify, say: (line: string) => void): string | undefined {
  try {
    const { verdict, unused } = judgeWith(verifier, vector);
    if (unused.length > 0) say(`${vector.id}: its preset has no use for the configuration ${unused.join(', ')}`);
    if (verdict.outcome === 'genuine') return vector.expect === 'valid' ? repetition(vector, verdict.dedupeKey, vectors, verifier) : 'is accepted';
    if (vector.expect === 'invalid') {
      if (verdict.reason === 'no-usable-key') say(`${vector.id}: is refused because no receiver can be configured with its keys`);
      return undefined;
    }
    return `is refused as ${verdict.reason}${verdict.reason === 'no-usable-key' ? because(shortness(vector.secrets)) : ''}`;
  } catch (error) {
    return `cannot be judged: ${(error as Error).message}`;
  }
}

function because(reason: string | undefined): string {
  return reason === undefined ? '' : `: ${reason}`;
}

/** Why a vector that repeats another one does not have its dedupe key, or has it though it should not. */
function repetition({ dedupe }: Vector, dedupeKey: string, vectors: readonly Vector[], verifier: typeof verify): string | undefined {
  if (dedupe === undefined) return undefined;
  const original = vectors.find(({ id }) => id === dedupe.sameAs);
  const verdict = original && judgeWith(verifier, original).verdict;
  if (verdict?.outcome !== 'genuine') return `repeats '${dedupe.sameAs}', which is no genuine vector of the file`;
  const isDuplicate = verdict.dedupeKey === dedupeKey;
  return isDuplicate === (dedupe.mustBeDuplicate ?? true) ? undefined : `is ${isDuplicate ? 'a' : 'no'} duplicate of '${dedupe.sameAs}'`;
}
