import { Cloud, QUEUE_URL } from './cloud';
import { AttemptPorts } from '../../../../src/runtime/webhooks/outbound/attempt';
import { AttemptQueue } from '../../../../src/runtime/webhooks/outbound/attempt-queue';
import { DeliveryTable } from '../../../../src/runtime/webhooks/outbound/delivery-table';
import { sweeper } from '../../../../src/runtime/webhooks/outbound/due';
import { DueTable } from '../../../../src/runtime/webhooks/outbound/due-table';
import { EndpointTable } from '../../../../src/runtime/webhooks/outbound/endpoint-table';
import { feeder } from '../../../../src/runtime/webhooks/outbound/feed';
import { Outcome, Posted } from '../../../../src/runtime/webhooks/outbound/guarded-connector';
import { KeyStore } from '../../../../src/runtime/webhooks/outbound/key-store';
import { replayer } from '../../../../src/runtime/webhooks/outbound/replay';
import { BatchResponse, sender } from '../../../../src/runtime/webhooks/outbound/send';

export const START = Date.parse('2026-11-25T12:00:00Z');
const DAY = 86_400_000;

/** The functions of a sender in a cloud of their own, with a clock that is set, and an endpoint that answers what a test says. */
export class Scene {
  public readonly cloud = new Cloud();
  public readonly log: Array<Readonly<Record<string, unknown>>> = [];
  public readonly posted: Array<Posted & { readonly host: string }> = [];
  public now = START;
  public random = 0.5;
  public outcome: Outcome | (() => Outcome) = { type: 'answered', status: 200 };

  /** What others do while an endpoint answers. */
  public meanwhile?: () => Promise<unknown>;

  private claims = 0;
  private feeding = Promise.resolve();

  public readonly ports: AttemptPorts = {
    endpoints: new EndpointTable(this.cloud.client, 'endpoints'),
    deliveries: new DeliveryTable(this.cloud.client, 'deliveries', 30 * DAY),
    keys: new KeyStore(this.cloud.client),
    connect: async ({ host }, posted) => {
      this.posted.push({ host, ...posted });
      await this.meanwhile?.();
      return typeof this.outcome === 'function' ? this.outcome() : this.outcome;
    },
    urls: {},
    now: () => this.now,
    random: () => this.random,
    unique: () => `claim-${++this.claims}`,
  };

  public readonly sweep = this.fed(sweeper({
    deliveries: new DueTable(this.cloud.client, 'deliveries'), retentionMilliseconds: 30 * DAY, now: () => this.now, log: this.writeLog.bind(this),
  }));
  public readonly replay = this.fed(replayer({
    endpoints: new EndpointTable(this.cloud.client, 'endpoints'),
    deliveries: new DueTable(this.cloud.client, 'deliveries'),
    now: () => this.now,
    log: this.writeLog.bind(this),
  }));

  private readonly feedStream = feeder({ queue: new AttemptQueue(this.cloud.client, QUEUE_URL), log: this.writeLog.bind(this) });
  private readonly handle = sender({ ...this.ports, log: this.writeLog.bind(this) });

  constructor() {
    this.cloud.addEndpoint('ep_1');
  }

  /** Hands messages to the sender, as SQS does. */
  public send(...bodies: readonly string[]): Promise<BatchResponse> {
    return this.handle({ Records: bodies.map((body, index) => ({ messageId: `sqs-${index}`, body })) });
  }

  /** Hands over what the queue holds. */
  public drain(): Promise<BatchResponse> {
    return this.send(...this.cloud.queue.splice(0));
  }

  /** Time passes, the sweeper runs, and the queue is emptied. */
  public async pass(milliseconds: number): Promise<void> {
    this.now += milliseconds;
    await this.sweep();
    await this.drain();
  }

  /** Hands what changed to the function of the stream, as Lambda does: one batch at a time, and what is left comes again with what changes next. */
  public feed(): Promise<void> {
    this.feeding = this.feeding.then(() => this.feedOnce());
    return this.feeding;
  }

  private async feedOnce(): Promise<void> {
    const { stream } = this.cloud;
    const { batchItemFailures: [first] } = await this.feedStream({ Records: [...stream] });
    const from = first ? stream.findIndex(({ dynamodb }) => dynamodb!.SequenceNumber === first.itemIdentifier) : stream.length;
    stream.splice(0, from);
  }

  /** The stream hands over what a function changed, also one that failed. */
  private fed<A extends readonly unknown[], R>(run: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
    return async (...args) => {
      try {
        return await run(...args);
      } finally {
        await this.feed();
      }
    };
  }

  private writeLog(entry: Readonly<Record<string, unknown>>): void {
    this.log.push(entry);
  }
}

/** What an application writes into the queue. */
export function newMessage(message: string, body = '{"a":"CANARY"}', endpoint = 'ep_1'): string {
  return JSON.stringify({ endpoint, message, body });
}
