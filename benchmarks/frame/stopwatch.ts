/** Time since a moment, in milliseconds: by the clock, and of this process on all cores. */
export interface Elapsed {
  readonly wall: number;
  readonly cpu: number;
}

/** Runs `action` and tells how long it took. */
export function timed(action: () => void): Elapsed {
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  action();
  const wall = Number(process.hrtime.bigint() - start) / 1e6;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, cpu: (user + system) / 1e3 };
}
