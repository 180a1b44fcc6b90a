#!/usr/bin/env node
import { run } from './run';
import { systemPorts } from './system-ports';

process.exitCode = run(systemPorts());
