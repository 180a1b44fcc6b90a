// Loads a bundle in this process, which does nothing else, and writes how long it took as JSON: `start.js <bundle>`.
import { createRequire } from 'node:module';
import { stopwatch } from './stopwatch';

const started = stopwatch();
createRequire(__filename)(process.argv[2]);
process.stdout.write(JSON.stringify(started()));
