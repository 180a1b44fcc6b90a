/** How long a client of AWS waits: 4 seconds with its second attempt, while a caller waits for the answer. */
export const CLIENT_SETTINGS = { maxAttempts: 2, requestHandler: { connectionTimeout: 500, requestTimeout: 1500, throwOnRequestTimeout: true } };
