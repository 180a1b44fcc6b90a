import { dedupeIdOf, InboxRecord } from './inbox-record';
import type { Integrity } from './verdict';

/** What a target gets of a delivery. JSON, and its body base64: SQS refuses control characters ("SendMessage", MessageBody). */
export interface InboxEvent {
  /** The same whenever this event is sent: whoever acts on it does so once for each. */
  readonly dedupeId: string;
  readonly endpoint: string;
  /** When it was received (RFC 3339). */
  readonly receivedAt: string;
  /** How much of the body the sender's signature vouches for; see `Genuine`. */
  readonly integrity: Integrity;
  /** When the sender signed, in seconds since the Unix epoch, if it said. */
  readonly signedAtSeconds?: number;
  /** As sent; most senders sign none of them. */
  readonly headers: Readonly<Record<string, string>>;
  /** Lower-case hex. */
  readonly bodySha256: string;
  /** The body, byte for byte, base64. A larger one is in the object that `bodyAt` names. */
  readonly bodyBase64?: string;
  readonly bodyAt?: { readonly bucket: string; readonly key: string };
}

/** The event of a record. */
export function eventOf({ id, payload, receivedAt, ...record }: InboxRecord, bucket: string): InboxEvent {
  const { endpoint, integrity, signedAtSeconds, headers, bodySha256 } = record;
  return {
    dedupeId: dedupeIdOf(id),
    endpoint,
    receivedAt: new Date(receivedAt).toISOString(),
    integrity,
    ...signedAtSeconds === undefined ? {} : { signedAtSeconds },
    headers,
    bodySha256,
    ...'body' in payload ? { bodyBase64: Buffer.from(payload.body).toString('base64') } : { bodyAt: { bucket, key: payload.bodyAt } },
  };
}
