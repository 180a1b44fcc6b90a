/** Time since a moment, in milliseconds: by the clock, and of this process on all cores. */
export interface Elapsed {
  readonly wall: number;
  readonly cpu: number;
}

/** Starts now; each call tells how long it has been. */
export function stopwatch(): () => Elapsed {
  const [before, start] = [process.cpuUsage(), process.hrtime.bigint()];
  return () => {
    const wall = Number(process.hrtime.bigint() - start) / 1e6;
    const { user, system } = process.cpuUsage(before);
    return { wall, cpu: (user + system) / 1e3 };
  };
}

/** Runs `action` and tells how long it took. */
export function timed(action: () => void): Elapsed {
  const elapsed = stopwatch();
  action();
  return elapsed();
}
