import { createHash } from 'node:crypto';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { eachMessage, Log } from './each-message';
import type { InboxEvent } from '../../../src/runtime/webhooks/inbox-event';

/** What is noted of an event. */
export interface Note {
  readonly endpoint: string;
  /** When it was received, and which it is, so that two of one millisecond are two. */
  readonly receivedAt: string;
  readonly what: string;
}

/** What the handler needs of the world. */
export interface Ports {
  readonly log: Log;
  /** Wraps what acts on an event so that it does so once. */
  once(act: (event: InboxEvent) => Promise<void>): (event: InboxEvent, context: Context) => Promise<void>;
  /** Reads a body that was too large for the event. */
  read(at: { readonly bucket: string; readonly key: string }): Promise<Uint8Array>;
  note(note: Note): Promise<void>;
}

/**
 * Builds the handler of webhooks that were received.
 *
 * A message that comes again, because the inbox or the queue gave it twice, is passed over; one that fails comes back, until its queue moves it to
 * the dead-letter queue.
 */
export function receivedWebhooks({ log, once, read, note }: Ports) {
  const act = once(async (event) => {
    const body = event.bodyAt ? await read(event.bodyAt) : Buffer.from(event.bodyBase64!, 'base64');
    if (createHash('sha256').update(body).digest('hex') !== event.bodySha256) throw new OtherBody();
    await note({ endpoint: event.endpoint, receivedAt: `${event.receivedAt}#${event.dedupeId}`, what: kindOf(event, body) });
    log({ outcome: 'noted', endpoint: event.endpoint });
  });
  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
    eachMessage(event, log, async (body) => act(JSON.parse(body) as InboxEvent, context));
}

/** GitHub says in a header field what a webhook is about, which it does not sign; the others say it in what they sign. */
function kindOf({ endpoint, headers }: InboxEvent, body: Uint8Array): string {
  if (endpoint === 'github') return headers['x-github-event'] ?? 'unknown';
  const { type } = Object(JSON.parse(Buffer.from(body).toString())) as Readonly<Record<string, unknown>>;
  return typeof type === 'string' ? type : 'unknown';
}

class OtherBody extends Error { public override readonly name = 'OtherBody'; }
