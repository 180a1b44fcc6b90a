/**
 * How long a client of AWS waits, so that a sender hears 503 before API Gateway and the function end in a timeout.
 *
 * A call that hangs takes four seconds with its retry. A receiver makes four: two for keys, one for a large body, one for the record.
 */
export const CLIENT_SETTINGS = { maxAttempts: 2, requestHandler: { connectionTimeout: 500, requestTimeout: 1900, throwOnRequestTimeout: true } };
