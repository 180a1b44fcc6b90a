/** How long a client of AWS waits: an attempt makes some eight calls beside the one to the endpoint, and the function ends after two minutes. */
export const CLIENT_SETTINGS = { maxAttempts: 3, requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true } };
