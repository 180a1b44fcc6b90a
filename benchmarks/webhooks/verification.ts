// Verifies one delivery of a sender over and over beside the bare HMAC of the same bytes, in turns, and writes the ratios as JSON: `verification.js`.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Delivery } from '../../src/runtime/webhooks/delivery';
import { readKeys } from '../../src/runtime/webhooks/key-formats';
import { parseScheme } from '../../src/runtime/webhooks/parse-scheme';
import { PresetName } from '../../src/runtime/webhooks/presets';
import { verify } from '../../src/runtime/webhooks/verify';

/** How long both take, in microseconds, and the ratio of each round. */
export interface Verification {
  readonly sender: string;
  readonly bytes: number;
  readonly ours: readonly number[];
  readonly bare: readonly number[];
}

const NOW = 1767225600;
const SECRET = Buffer.from('a-secret-that-is-long-enough-for-this');
/** Many and short, so that most are over before the system gives the core to somebody else. */
const ROUNDS = 601;
const WARM_UP = 60;

/** What API Gateway adds to a request. */
const AROUND: readonly (readonly [string, string])[] = [
  ['Accept', '*/*'], ['CloudFront-Forwarded-Proto', 'https'], ['CloudFront-Viewer-Country', 'US'], ['Content-Type', 'application/json'],
  ['Host', 'hooks.example.com'], ['User-Agent', 'Sender/1.0'], ['Via', '1.1 abc.cloudfront.net'], ['X-Amzn-Trace-Id', 'Root=1-5e6722a7-cc56abcd46db7ae02d4da47e'],
  ['X-Forwarded-For', '192.0.2.1, 198.51.100.2'], ['X-Forwarded-Port', '443'], ['X-Forwarded-Proto', 'https'],
];

/** A sender: what it signs before the body, and its headers. */
interface Sender {
  readonly key?: string;
  readonly prefix: string;
  readonly headers: (mac: Buffer) => readonly (readonly [string, string])[];
}

const SENDERS: Readonly<Partial<Record<PresetName, Sender>>> = {
  'github': { prefix: '', headers: (mac) => [['X-Hub-Signature-256', `sha256=${mac.toString('hex')}`]] },
  'stripe': { prefix: `${NOW}.`, headers: (mac) => [['Stripe-Signature', `t=${NOW},v1=${mac.toString('hex')}`]] },
  'slack': { prefix: `v0:${NOW}:`, headers: (mac) => [['X-Slack-Request-Timestamp', `${NOW}`], ['X-Slack-Signature', `v0=${mac.toString('hex')}`]] },
  'standard-webhooks': {
    key: `whsec_${SECRET.toString('base64')}`,
    prefix: `evt_1.${NOW}.`,
    headers: (mac) => [['webhook-id', 'evt_1'], ['webhook-timestamp', `${NOW}`], ['webhook-signature', `v1,${mac.toString('base64')}`]],
  },
};

function measure(preset: PresetName, { key = SECRET.toString(), prefix, headers }: Sender, bytes: number): Verification {
  const body = Buffer.alloc(bytes, '{"order":"1"}');
  const expected = createHmac('sha256', SECRET).update(prefix).update(body).digest();
  const scheme = parseScheme({ preset });
  const keys = readKeys(key, scheme.key);
  const delivery: Delivery = { method: 'POST', url: 'https://hooks.example.com/in', headers: [...AROUND, ...headers(expected)], body };
  const bare = () => {
    const mac = createHmac('sha256', SECRET);
    if (prefix !== '') mac.update(prefix);
    return timingSafeEqual(mac.update(body).digest(), expected);
  };
  const ours = () => verify(delivery, scheme, keys, NOW).outcome === 'genuine';

  const times = { ours: [] as number[], bare: [] as number[] };
  const calls = Math.ceil(400_000 / (bytes + 1000));
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const inTurn = [['ours', ours], ['bare', bare]] as const;
    for (const [name, call] of round % 2 === 0 ? inTurn : [...inTurn].reverse()) {
      const took = microseconds(call, calls);
      if (round >= 0) times[name].push(took); // the first rounds are for the compiler
    }
  }
  return { sender: preset, bytes, ...times };
}

function microseconds(call: () => boolean, calls: number): number {
  const start = process.hrtime.bigint();
  for (let index = 0; index < calls; index++) if (!call()) throw new Error('the delivery must be genuine, and was not');
  return Number(process.hrtime.bigint() - start) / calls / 1000;
}

const results = [1000, 20_000].flatMap((bytes) => Object.entries(SENDERS).map(([name, sender]) => measure(name as PresetName, sender, bytes)));
process.stdout.write(JSON.stringify(results));
