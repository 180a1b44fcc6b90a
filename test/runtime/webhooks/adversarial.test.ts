import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ADVERSARIAL } from './adversarial';
import { headerOf, NOW, sampleOf, withHeader } from './senders';
import { verify } from '../../../src/runtime/webhooks/verify';

test('every one of the seventy has a test', () => {
  expect(ADVERSARIAL.map(([number]) => number)).toEqual(Array.from({ length: 70 }, (_, index) => index + 1));
});

test.each(ADVERSARIAL.map(([number, mistake, ...tests]) => ({ number, mistake, tests })))('$number, $mistake, is tested where it is said to be', ({ tests }) => {
  for (const [file, name] of tests) expect(readFileSync(join(__dirname, file), 'utf8')).toContain(name);
});

/** Modules that bind a function to its surroundings, and those of the inbox, are given a clock; what judges a delivery is given a time. */
const VERIFIER = /^(?:verify|detached|jwt|jwt-time|http-message|static-secret|timestamps|keys|algorithms|content|presented|delivery|dedupe|json)\.ts$/;

test('26: nothing that verifies reads a clock', () => {
  const folder = resolve(__dirname, '../../../src/runtime/webhooks');
  const files = readdirSync(folder).filter((file) => VERIFIER.test(file));
  expect(files).toHaveLength(14);
  for (const file of files) expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/Date\.now|new Date\(\)|performance|hrtime/);
});

/** Far above what chance brings. A gross difference shows; one of nanoseconds cannot, which is what `timingSafeEqual` is for. */
const MOST_T = 12;
const ROUNDS = 4000;
/** Other work on the machine brings differences, too, though hardly each time. */
const TRIES = 5;

test('70: where a signature is wrong makes no difference to the time that it takes', () => {
  const { scheme, keys, delivery } = sampleOf('github');
  const text = headerOf(delivery, 'x-hub-signature-256');
  const wrongAt = (at: number) => withHeader(delivery, 'x-hub-signature-256', text.slice(0, at) + (text[at] === '0' ? '1' : '0') + text.slice(at + 1));
  const [first, last] = [wrongAt('sha256='.length), wrongAt(text.length - 1)];
  const time = (one: typeof delivery) => {
    const start = process.hrtime.bigint();
    verify(one, scheme, keys, NOW);
    return Number(process.hrtime.bigint() - start);
  };
  // Either goes first in every other round, since the second of two finds caches warm.
  const round = (index: number) => index % 2 === 0 ? [time(first), time(last)] : [time(last), time(first)].reverse();
  const differs = () => {
    const times = Array.from({ length: ROUNDS }, (_, index) => round(index)).slice(ROUNDS / 4);
    const typical = (index: number) => times.map((pair) => pair[index]).sort((a, b) => a - b).slice(0, Math.floor(times.length * 0.8));
    return Math.abs(welch(typical(0), typical(1))) > MOST_T;
  };
  expect(Array.from({ length: TRIES }, differs)).toContain(false);
});

/** Welch's t of two samples; the slowest are left out, which are those of the garbage collector and of other processes. */
function welch(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [one, other].map((values) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { mean, error: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1) / values.length };
  });
  return (a.mean - b.mean) / Math.sqrt(a.error + b.error);
}
