/**
 * How long a client of AWS waits: the function that is asked who may sign in ends after ten seconds, within which there are reads at the same time,
 * one write and some computing.
 *
 * A call that hangs takes three seconds with its retry.
 */
export const CLIENT_SETTINGS = { maxAttempts: 2, requestHandler: { connectionTimeout: 500, requestTimeout: 1400, throwOnRequestTimeout: true } };
