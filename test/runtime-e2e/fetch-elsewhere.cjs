// Loaded before a bundle by NODE_OPTIONS: requests to the sender's hosts go to a server of the test, over HTTPS as they are.
const { fetch } = globalThis;

globalThis.fetch = (url, options) => {
  const { pathname, search } = new URL(url);
  return fetch(`${process.env.TEST_ORIGIN}${pathname}${search}`, options);
};
