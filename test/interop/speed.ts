const ROUNDS = 15;
const ROUND_NANOSECONDS = 4_000_000n;

/**
 * The time of `ours` as a share of that of `theirs`: the median of rounds in which one runs right after the other, so that both meet the same
 * machine.
 */
export async function shareOf(ours: () => unknown, theirs: () => Promise<void>): Promise<number> {
  const ratios: number[] = [];
  await timesIn(async () => { ours(); });
  await timesIn(theirs);
  for (let round = 0; round < ROUNDS; round++) {
    // Both wait for a promise, which costs nothing beside a signature.
    const one = await timesIn(async () => { ours(); });
    const other = await timesIn(theirs);
    ratios.push(one / other);
  }
  return ratios.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
}

/** Nanoseconds for one call. */
async function timesIn(call: () => Promise<void>): Promise<number> {
  const start = process.hrtime.bigint();
  let calls = 0;
  let now = start;
  while (now - start < ROUND_NANOSECONDS) {
    await call();
    calls++;
    now = process.hrtime.bigint();
  }
  return Number(now - start) / calls;
}
