// Loaded before a bundle by NODE_OPTIONS: what names resolve to, one answer for each time that they are asked for, as a resolver of an attacker answers.
const dns = require('node:dns/promises');

const answers = JSON.parse(process.env.TEST_ANSWERS);
let asked = 0;

dns.lookup = async () => answers[Math.min(asked++, answers.length - 1)].map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
