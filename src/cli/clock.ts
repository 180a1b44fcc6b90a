/** Today's date in UTC, `YYYY-MM-DD`. The only place where the command line reads a clock; `--as-of` replaces it. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
