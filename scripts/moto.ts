import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** Runs something against moto, an emulation of AWS that others wrote, at an address on loopback. */
export async function withMoto(run: (endpoint: string) => Promise<void>): Promise<void> {
  const port = await freePort();
  const moto = spawn('moto_server', ['-p', String(port)], { stdio: 'ignore' });
  try {
    const endpoint = `http://127.0.0.1:${port}`;
    await listening(endpoint);
    await run(endpoint);
  } finally {
    moto.kill();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}

async function listening(endpoint: string): Promise<void> {
  for (let attempt = 0; attempt < 60; attempt++) {
    if (await fetch(endpoint).then(() => true, () => false)) return;
    await setTimeout(500);
  }
  throw new Error('moto_server did not start');
}
