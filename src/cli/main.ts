#!/usr/bin/env node
import { run } from './run';
import { systemPorts } from './system-ports';

// A reader that closes the pipe early, such as 'head', is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
process.exitCode = run(systemPorts());
