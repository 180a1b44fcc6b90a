// Runs a bundled handler as AWS Lambda does: one process, events one after the other, each as a line of JSON on standard input.
const { createInterface } = require('node:readline');

const { handler } = require(process.argv[2]);

const answer = (value) => process.stdout.write(`\u0000${JSON.stringify(value)}\n`);

(async () => {
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      answer({ result: await handler(JSON.parse(line)) });
    } catch (error) {
      answer({ error: { name: error.name, message: error.message } });
    }
  }
})();
