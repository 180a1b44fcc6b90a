import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { WebhookPorts } from './ports';
import type { Delivery } from '../../runtime/webhooks/delivery';
import { nowSeconds } from '../clock';
import { systemPorts } from '../system-ports';

const TIMEOUT_MILLISECONDS = 30_000;

/** The ports of a real process. */
export function systemWebhookPorts(argv?: readonly string[]): WebhookPorts {
  return {
    ...systemPorts(argv),
    env: (name) => process.env[name],
    stdin: () => readFileSync(0),
    nowSeconds,
    newId: () => `msg_${randomUUID().replaceAll('-', '')}`,
    send,
  };
}

async function send({ method, url, headers, body }: Delivery): Promise<number> {
  const response = await fetch(url, {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    body: new Uint8Array(body),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  });
  await response.body?.cancel();
  return response.status;
}
