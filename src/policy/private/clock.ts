/** Today's date in UTC, `YYYY-MM-DD`. The only place where synthesis reads a clock; `asOf` replaces it. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
