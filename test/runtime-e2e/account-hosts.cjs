// Loaded before a bundle by NODE_OPTIONS: S3 Control puts an account's id before the host that it calls, so that the host needs a name; all are loopback.
const dns = require('node:dns');

process.env.AWS_ENDPOINT_URL_S3_CONTROL = process.env.AWS_ENDPOINT_URL.replace('127.0.0.1', 'localhost');

dns.lookup = (_host, options, answer) => options.all ? answer(null, [{ address: '127.0.0.1', family: 4 }]) : answer(null, '127.0.0.1', 4);
