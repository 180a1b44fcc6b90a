import { createHash } from 'node:crypto';
import { insightsQuery, Question } from '../../../src/formats/review-question';
import { OpsCenter } from '../ops-center';

const HOUR = 3_600_000;

/** What arrived is found by searches some time later. */
const UNTIL_FOUND = 10 * 60_000;
export const DAY = 24 * HOUR;

/** Something that happened, and when the log of the trail received it. */
export interface Happened {
  readonly question: string;
  readonly at: number;
  readonly arrived: number;
  readonly who: string;
}

/** Where a call fails: before it does anything, or after, when only the answer is lost; `dies` ends the run there. */
export type Fault = 'refused' | 'lost' | 'dies before' | 'dies after';
export const FAULTS: readonly Fault[] = ['refused', 'lost', 'dies before', 'dies after'];

/** An error as services answer it. */
export class CloudError extends Error {
  constructor(name: string) {
    super('CANARY: what the service said');
    this.name = name;
  }
}

type Input = Readonly<Record<string, unknown>>;

/** The log of a trail, a bucket of evidence and OpsCenter, which work as one, and count their calls. */
export class DigestCloud {
  public readonly objects = new Map<string, { readonly body: Buffer; readonly type: string }>();
  public readonly happened: Happened[] = [];
  public readonly center = new OpsCenter(() => this.now);
  public readonly asked: Input[] = [];
  /** Answers of a query other than its end. */
  public statuses: string[] = [];
  /** When the log group of the trail was made. */
  public madeAt = 0;
  /** Questions whose queries do not end. */
  public slow: readonly string[] = [];
  public pageSize = 2;
  public calls = 0;
  private isDead = false;
  private disturbance?: { readonly operation: string; readonly happens: (key: string) => void };
  private readonly queries = new Map<string, readonly object[]>();
  private readonly unending = new Set<string>();

  constructor(public now: number, private readonly questions: readonly Question[], private faults: ReadonlyMap<number, Fault> = new Map()) {}

  /** What a client of any service is to a function. */
  public get client(): { send(command: object): Promise<never> } {
    return { send: async (command) => this.call(command.constructor.name.replace(/Command$/, ''), (command as { readonly input: Input }).input) as never };
  }

  /** A machine that died is replaced by another. */
  public revive(): void {
    this.isDead = false;
  }

  /** Has something happen before each call of an operation. */
  public beforeEach(operation: string, happens: (key: string) => void): void {
    this.disturbance = { operation, happens };
  }

  /** Nothing fails any more. */
  public recover(): void {
    this.faults = new Map();
  }

  public call(operation: string, input: Input): object {
    if (this.isDead) throw new CloudError('Died');
    const fault = this.faults.get(this.calls++);
    if (fault === 'refused' || fault === 'dies before') return this.fail(fault);
    if (this.disturbance?.operation === operation) this.disturbance.happens(input.Key as string);
    const answer = /OpsItem/.test(operation) ? this.center.call(operation, input) : this.perform(operation, input);
    return fault === undefined ? answer : this.fail(fault);
  }

  private fail(fault: Fault): never {
    this.isDead = fault.startsWith('dies');
    throw new CloudError('InternalServerError');
  }

  private perform(operation: string, input: Input): object {
    const key = input.Key as string;
    switch (operation) {
      case 'PutObject': {
        if (input.IfNoneMatch !== '*') throw new CloudError('AccessDenied');
        if (input.ChecksumAlgorithm !== 'SHA256') throw new CloudError('InvalidRequest'); // the bucket retains what is put into it
        if (this.objects.has(key)) throw new CloudError('PreconditionFailed');
        const body = Buffer.from(input.Body as Uint8Array);
        if (createHash('sha256').update(body).digest('base64') !== input.ChecksumSHA256) throw new CloudError('BadDigest');
        this.objects.set(key, { body, type: input.ContentType as string });
        return {};
      }
      case 'GetObject': {
        const found = this.objects.get(key);
        if (!found) throw new CloudError('NoSuchKey');
        return { Body: { transformToByteArray: async () => found.body } };
      }
      case 'ListObjectsV2': {
        const from = Number(input.ContinuationToken ?? 0);
        const keys = [...this.objects.keys()].filter((each) => each.startsWith(input.Prefix as string)).sort();
        const next = from + this.pageSize;
        return { Contents: keys.slice(from, next).map((Key) => ({ Key })), ...next < keys.length && { NextContinuationToken: String(next) } };
      }
      case 'StartQuery': return { queryId: this.start(input) };
      case 'GetQueryResults': {
        const status = this.unending.has(input.queryId as string) ? 'Running' : this.statuses.shift() ?? 'Complete';
        return { status, ...status === 'Complete' && { results: this.queries.get(input.queryId as string) } };
      }
      case 'StopQuery': return {};
      default: throw new CloudError('UnknownOperationException');
    }
  }

  private start(input: Input): string {
    this.asked.push(input);
    // Query's end date and time is either before the log groups creation time or exceeds the log groups log retention settings.
    if (Number(input.endTime) * 1000 < this.madeAt) throw new CloudError('MalformedQueryException');
    const text = input.queryString as string;
    const [, to] = /arrived < (\d+)/.exec(text)!;
    const [, from] = /(?:arrived|firstArrived) >= (\d+)/.exec(text)!;
    const question = this.questions.find((each) => insightsQuery(each, Number(from), Number(to)) === text);
    if (!question) throw new CloudError('MalformedQueryException');
    const seen = this.happened.filter(({ question: id, at, arrived }) => id === question.id && arrived + UNTIL_FOUND <= this.now
      && at >= Number(input.startTime) * 1000 && at <= Number(input.endTime) * 1000);
    const before = new Set(seen.filter(({ arrived }) => arrived < Number(from)).map(({ who }) => who));
    const isKnown = ({ who }: Happened) => question.newWithinDays !== undefined && before.has(who);
    const counted = seen.filter((each) => each.arrived >= Number(from) && each.arrived < Number(to) && !isKnown(each));
    const queryId = `${(input.logGroupIdentifiers as string[])[0]}#${this.queries.size}`;
    if (this.slow.includes(question.id)) this.unending.add(queryId);
    this.queries.set(queryId, [...new Set(counted.map(({ who }) => who))].slice(0, input.limit as number).map((who) => [
      { field: question.by[0], value: who }, { field: 'events', value: String(counted.filter((each) => each.who === who).length) },
      { field: 'firstAt', value: '2026-11-24T00:00:00Z' }, { field: 'lastAt', value: '2026-11-24T00:00:00Z' },
    ]));
    return queryId;
  }
}
