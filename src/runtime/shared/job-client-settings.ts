/**
 * How long a client of AWS waits, so that a run ends in an error, not in the timeout of the function, which would log no reason.
 *
 * One call that hangs takes 15 seconds with its retries.
 */
export const JOB_CLIENT_SETTINGS = { maxAttempts: 3, requestHandler: { connectionTimeout: 1000, requestTimeout: 4000, throwOnRequestTimeout: true } };
