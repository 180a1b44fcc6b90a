// Runs a bundled handler as AWS Lambda does: one process, events one after the other, each as a line of JSON on standard input.
const { createInterface } = require('node:readline');

const { handler } = require(process.argv[2]);

// Lambda's JSON log format keeps an object that is logged as it is (AWS Lambda Developer Guide, "Using Lambda advanced logging controls with Node.js").
const { log } = console;
console.log = (...values) => log(...values.map((value) => (typeof value === 'object' ? JSON.stringify({ message: value }) : value)));

const answer = (value) => process.stdout.write(`\u0000${JSON.stringify(value)}\n`);

// As a function of half a minute has it at its start, or of as long as a test says.
const context = { getRemainingTimeInMillis: () => Number(process.env.TEST_REMAINING_MILLISECONDS ?? 30_000) };

(async () => {
  for await (const line of createInterface({ input: process.stdin })) {
    const before = process.cpuUsage();
    const computed = () => process.cpuUsage(before).user + process.cpuUsage(before).system;
    try {
      const result = await handler(JSON.parse(line), context);
      answer({ result, computed: computed() });
    } catch (error) {
      answer({ error: { name: error.name, message: error.message }, computed: computed() });
    }
  }
})();
