/** What a run of a proof showed. */
export interface Outcome {
  /** Whether the claim holds. */
  readonly holds: boolean;
  /** What was counted, for the last line. */
  readonly figures: string;
}

/** A claim of the library, and the command that shows it. A file of this folder exports one as `proof`; the file's name is its name. */
export interface Proof {
  /** One sentence. */
  readonly claim: string;
  /** Exercises the real code and tells `say` what it covered. Throws where it cannot tell whether the claim holds. */
  run(args: readonly string[], say: (line: string) => void): Promise<Outcome>;
}

/** Runs proofs by name, writes `<name>: <figures>` for each at the end, and gives the exit code: 0 where every claim holds. */
export async function runProofs(
  names: readonly string[], load: (name: string) => Proof, args: readonly string[], write: (line: string) => void,
): Promise<number> {
  const figures: string[] = [];
  let code = 0;
  for (const name of names) {
    const proof = load(name);
    write(`${name}: ${proof.claim}`);
    const outcome = await proof.run(args, (line) => write(`  ${line}`));
    if (!outcome.holds) code = 1;
    figures.push(`${name}: ${outcome.figures}`);
  }
  figures.forEach(write);
  return code;
}
