#!/usr/bin/env node
import { run } from './run';
import { systemPorts } from './system-ports';
import { runWebhook, systemWebhookPorts } from './webhook';

// A reader that closes the pipe early, such as 'head', is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
if (process.argv[2] === 'webhook') {
  void runWebhook(systemWebhookPorts()).then((code) => { process.exitCode = code; });
} else {
  process.exitCode = run(systemPorts());
}
