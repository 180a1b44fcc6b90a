import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Verification } from './verification';
import { bundled } from '../frame/bundled';
import { median, ratios } from '../frame/statistics';
import type { Elapsed } from '../frame/stopwatch';
import { spread } from '../frame/tables';

const ROOT = resolve(__dirname, '..', '..');
const ROUNDS = 9;

const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:github-AbCdEf';
const STORES = { TABLE_NAME: 'inbox', BODY_BUCKET: 'bodies' };

/** A handler, and what it needs to start. */
interface Shipped {
  readonly name: string;
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string>>;
}

const HANDLERS: readonly Shipped[] = [
  {
    name: 'receive',
    bundle: 'receive',
    environment: {
      ...STORES, SCHEME: '{"preset":"github"}', PUBLIC_URL: 'https://hooks.example.com/in', ENDPOINT: 'github', SECRET_ARN: ARN, OVERLAP_SECONDS: '86400', HEADERS: '[]',
    },
  },
  {
    name: 'dispatch',
    bundle: 'dispatch',
    environment: { ...STORES, TARGET_ARN: 'arn:aws:events:eu-west-1:111122223333:event-bus/orders', TIMEOUT_SECONDS: '60', MAX_ATTEMPTS: '12' },
  },
  {
    name: 'sender',
    bundle: 'outbound/sender',
    environment: {
      ENDPOINT_TABLE: 'endpoints', DELIVERY_TABLE: 'deliveries', TIMEOUT_SECONDS: '15', RETENTION_DAYS: '30', DENIED_NETWORKS: '[]', DENIED_DOMAINS: '[]', PORTS: '[443]',
    },
  },
];

/** Compares verifying with a bare HMAC, and handlers with empty ones of the same clients; Markdown. Compiled code is in `directory`. */
export function compareWebhooks(directory: string): string {
  return `${verifications(directory)}\n${starts(directory)}`;
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

/** Handlers as they are shipped, against ones that make the same clients and do nothing. */
function starts(directory: string): string {
  const rows = HANDLERS.map(({ name, bundle, environment }) => {
    const [ours, empty] = [join(ROOT, 'assets', 'webhooks', bundle, 'index.js'), bundled(`webhooks/empty-${name}`, directory)];
    const times = { ours: [] as number[], empty: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      const inTurn = [['ours', ours], ['empty', empty]] as const;
      for (const [which, file] of round % 2 === 0 ? inTurn : [...inTurn].reverse()) times[which].push(startOf(directory, file, environment).cpu);
    }
    const [bytes, least] = [statSync(ours).size, statSync(empty).size];
    return [name, `${(bytes / 1024).toFixed(0)} KiB`, (bytes / least).toFixed(2), `${median(times.ours).toFixed(1)} ms`, spread(ratios(times.ours, times.empty))];
  });
  return `Size and CPU time to load of the bundles as they are shipped, against a handler that has the same clients and calls, and does nothing.

${table(['handler', 'size', 'ratio', 'load', 'ratio'], rows)}
`;
}

function startOf(directory: string, bundle: string, environment: Readonly<Record<string, string>>): Elapsed {
  const env = { PATH: process.env.PATH, NODE_NO_WARNINGS: '1', AWS_REGION: 'eu-west-1', ...environment };
  return JSON.parse(execFileSync(process.execPath, [join(directory, 'benchmarks', 'webhooks', 'start.js'), bundle], { encoding: 'utf8', env })) as Elapsed;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map((_, index) => index < 1 ? '---' : '---:'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
