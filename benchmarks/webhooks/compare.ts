import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Verification } from './verification';
import { Shipped, startsOf, table } from '../frame/starts';
import { median, ratios } from '../frame/statistics';

const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:github-AbCdEf';
const STORES = { TABLE_NAME: 'inbox', BODY_BUCKET: 'bodies' };

const HANDLERS: readonly Shipped[] = [
  {
    name: 'receive',
    bundle: 'webhooks/receive',
    empty: 'webhooks/empty-receive',
    environment: {
      ...STORES, SCHEME: '{"preset":"github"}', PUBLIC_URL: 'https://hooks.example.com/in', ENDPOINT: 'github', SECRET_ARN: ARN, OVERLAP_SECONDS: '86400', HEADERS: '[]',
    },
  },
  {
    name: 'dispatch',
    bundle: 'webhooks/dispatch',
    empty: 'webhooks/empty-dispatch',
    environment: { ...STORES, TARGET_ARN: 'arn:aws:events:eu-west-1:111122223333:event-bus/orders', TIMEOUT_SECONDS: '60', MAX_ATTEMPTS: '12' },
  },
  {
    name: 'sender',
    bundle: 'webhooks/outbound/sender',
    empty: 'webhooks/empty-sender',
    environment: {
      ENDPOINT_TABLE: 'endpoints', DELIVERY_TABLE: 'deliveries', TIMEOUT_SECONDS: '15', RETENTION_DAYS: '30', DENIED_NETWORKS: '[]', DENIED_DOMAINS: '[]', PORTS: '[443]',
    },
  },
];

/** Compares verifying with a bare HMAC, and handlers with empty ones of the same clients; Markdown. Compiled code is in `directory`. */
export function compareWebhooks(directory: string): string {
  return `${verifications(directory)}\n${startsOf(HANDLERS, directory)}`;
}

function verifications(directory: string): string {
  const found = JSON.parse(execFileSync(process.execPath, [join(directory, 'benchmarks', 'webhooks', 'verification.js')], { encoding: 'utf8' })) as Verification[];
  const rows = found.map(({ sender, bytes, ours, bare }) => [
    sender, `${bytes / 1000} kB`, `${median(ours).toFixed(2)} µs`, `${median(bare).toFixed(2)} µs`, ratios(ours, bare).median.toFixed(2),
  ]);
  return `## Webhooks
Verifying a genuine delivery with the headers that API Gateway adds, against \`createHmac\`, \`digest\` and \`timingSafeEqual\` over the same bytes with
the signature decoded before; in one process, in turns, the median of 601 rounds.

${table(['sender', 'body', 'this library', 'bare HMAC', 'ratio'], rows)}
`;
}
