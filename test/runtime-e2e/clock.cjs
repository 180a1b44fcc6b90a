// Loaded before a bundle by NODE_OPTIONS: what time it is, as a file says, so that a test need not wait.
const { readFileSync } = require('node:fs');

Date.now = () => Number(readFileSync(process.env.TEST_CLOCK, 'utf8'));
