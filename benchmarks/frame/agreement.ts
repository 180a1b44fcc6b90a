import { Sample } from './campaign';

/** Refuses a comparison of contenders that do not make the same: every reading that must agree, at every size. */
export function requireAgreement(samples: readonly Sample[], contender: string, baseline: string): void {
  const [own, other] = [contender, baseline].map((name) => readingsOf(samples, name));
  if (other.size === 0) throw new Error(`there must be readings of ${baseline} to agree with, got none`);
  const differences = [...new Set([...own.keys(), ...other.keys()])].sort()
    .filter((key) => own.get(key) !== other.get(key))
    .map((key) => `${key}: ${own.get(key) ?? 0} and ${other.get(key) ?? 0}`);
  if (differences.length > 0) throw new Error(`${contender} and ${baseline} must synthesize the same resources, got\n${differences.join('\n')}`);
}

function readingsOf(samples: readonly Sample[], contender: string): ReadonlyMap<string, number> {
  return new Map(samples.filter((sample) => sample.contender === contender).flatMap(({ apis, readings }) => readings
    .filter(({ mustAgree }) => mustAgree)
    .map(({ name, value }) => [`${name} of ${apis} APIs`, value])));
}
