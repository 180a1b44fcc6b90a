import { mutated } from './mutate';
import { isSigned } from './oracle';
import { TRIALS } from './parsers';
import { Random } from './random';
import { Subject } from './subject';
import { Delivery } from '../../../../src/runtime/webhooks/delivery';
import { REASONS } from '../../../../src/runtime/webhooks/verdict';
import { NOW, Sample, SAMPLES } from '../senders';

/** What a run found. */
export interface Findings {
  readonly inputs: number;
  readonly thrown: readonly string[];
  readonly acceptedUnsigned: readonly string[];
  /** Deliveries that were accepted because what is signed was left as it was. */
  readonly acceptedSigned: number;
  /** Verdicts that were reached, of each preset. */
  readonly reached: ReadonlySet<string>;
  /** How many inputs went to each engine and parser. */
  readonly spread: Readonly<Record<string, number>>;
}

/** Engines that a single sender or two use get more inputs of each; senders whose signatures take a hundred times as long to check, fewer. */
const SHARES: Readonly<Record<string, number>> = { rfc9421: 20, plaid: 10, qstash: 10, discord: 2, sendgrid: 2, paypal: 2 };

const WHEEL: readonly Sample[] = SAMPLES.flatMap((sample) => Array<Sample>(SHARES[sample.preset] ?? 5).fill(sample));

const PARSERS = Object.entries(TRIALS);

/** Findings that are described; the others are counted. */
const MOST_DESCRIBED = 20;

/** One accumulating run. */
interface Run {
  readonly subject: Subject;
  readonly random: Random;
  /** For each preset what was changed, and changed again: deliveries that brought a verdict which no other one had. */
  readonly corpus: Map<Sample, Delivery[]>;
  readonly thrown: string[];
  readonly acceptedUnsigned: string[];
  readonly reached: Set<string>;
  readonly spread: Record<string, number>;
  acceptedSigned: number;
}

/** Judges that many inputs, three quarters of them deliveries and the others text for one of the parsers. The same seed makes the same inputs. */
export function fuzz(subject: Subject, inputs: number, seed: string): Findings {
  const run: Run = {
    subject, random: new Random(seed), corpus: new Map(), thrown: [], acceptedUnsigned: [], reached: new Set(), spread: {}, acceptedSigned: 0,
  };
  for (let input = 0; input < inputs; input++) {
    if (run.random.below(4) === 0) tryParser(run, input);
    else tryDelivery(run, input);
  }
  return { ...run, inputs };
}

function tryParser({ subject, random, thrown, spread }: Run, input: number): void {
  const [name, trial] = random.pick(PARSERS);
  spread[name] = (spread[name] ?? 0) + 1;
  try {
    trial(subject, random);
  } catch (error) {
    note(thrown, `input ${input}: ${name}: ${String(error)}`);
  }
}

function tryDelivery(run: Run, input: number): void {
  const { subject, random, spread } = run;
  const sample = random.pick(WHEEL);
  const { type } = sample.scheme;
  spread[type] = (spread[type] ?? 0) + 1;
  const known = run.corpus.get(sample) ?? [];
  const delivery = mutated(random, known.length > 0 && random.below(3) === 0 ? random.pick(known) : sample.delivery);
  try {
    const { scheme, keys } = sample;
    const verdict = subject.verify(delivery, scheme, keys, NOW);
    const certificate = subject.certificateOf(scheme);
    if (certificate) subject.certificateUrl(delivery, certificate);
    subject.answerHandshake(scheme, delivery, verdict, keys);
    const reason = verdict.outcome === 'genuine' ? verdict.outcome : verdict.reason;
    if (verdict.outcome === 'genuine') judgeAcceptance(run, sample, delivery, verdict.dedupeKey, input);
    else if (!REASONS.includes(verdict.reason)) throw new Error('the reason is none of the list');
    if (!run.reached.has(`${sample.preset}: ${reason}`)) {
      run.reached.add(`${sample.preset}: ${reason}`);
      run.corpus.set(sample, [...known, delivery]);
    }
  } catch (error) {
    note(run.thrown, `input ${input}: ${sample.preset}: ${String(error)}`);
  }
}

function judgeAcceptance(run: Run, sample: Sample, delivery: Delivery, dedupeKey: string, input: number): void {
  if (!/^(?:id|sha256):/.test(dedupeKey)) throw new Error('the dedupe key is none');
  if (isSigned(sample, delivery)) run.acceptedSigned++;
  else note(run.acceptedUnsigned, `input ${input}: ${sample.preset}: ${describe(sample.delivery, delivery)}`);
}

/** What is not as it was signed; all of it is made up. */
function describe(signed: Delivery, { method, url, headers, body }: Delivery): string {
  const changed = headers.filter(([name, value]) => !signed.headers.some(([other, text]) => other === name && text === value));
  return JSON.stringify({ method, url, changed, ...body.equals(signed.body) ? {} : { body: body.toString('latin1') } });
}

function note(list: string[], line: string): void {
  list.push(list.length < MOST_DESCRIBED ? line : '');
}
