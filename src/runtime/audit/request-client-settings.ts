/**
 * How long a client of AWS waits while somebody waits for an answer: a call with its retries ends within the 29 seconds that API Gateway waits, so
 * that the caller hears of a fault.
 */
export const REQUEST_CLIENT_SETTINGS = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
};
