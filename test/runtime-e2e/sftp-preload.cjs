// Loaded before a bundle by NODE_OPTIONS: the time is what a file says, if there is one, pauses are told and not made, and answers to CloudFormation go to the test.
const { readFileSync } = require('node:fs');
const timers = require('node:timers/promises');

const { fetch } = globalThis;

if (process.env.TEST_CLOCK) Date.now = () => Number(readFileSync(process.env.TEST_CLOCK, 'utf8'));

timers.setTimeout = async (milliseconds) => console.log({ waited: milliseconds });

globalThis.fetch = (url, options) => fetch(`${process.env.AWS_ENDPOINT_URL}${new URL(url).pathname}`, options);
