/** How a signed time is written. */
export enum SignedTimeUnit {
  /** Seconds since the Unix epoch, plain digits. */
  SECONDS = 's',
  /** Milliseconds since the Unix epoch, plain digits. */
  MILLISECONDS = 'ms',
  /** A date and time (RFC 3339, 5.6). */
  ISO8601 = 'iso8601',
}
