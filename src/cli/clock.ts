/** Today's date in UTC, `YYYY-MM-DD`. Nothing else but this file reads a clock in the command line; `--as-of` replaces it. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Seconds since the Unix epoch; `--at` replaces it. */
export function nowSeconds(): number {
  return Date.now() / 1000;
}
