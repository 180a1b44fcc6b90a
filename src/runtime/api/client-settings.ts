/**
 * How long a client of AWS waits, so that a caller hears of a service that does not answer before API Gateway and the function's five seconds
 * end in an error without a reason.
 *
 * A call that hangs takes two seconds with its retry, and a decision makes two.
 */
export const CLIENT_SETTINGS = { maxAttempts: 2, requestHandler: { connectionTimeout: 500, requestTimeout: 900, throwOnRequestTimeout: true } };
