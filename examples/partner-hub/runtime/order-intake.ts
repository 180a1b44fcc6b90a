import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { eachMessage, Log } from './each-message';
import { readOrderFile } from './order-file';
import { OrderLine } from './order-line';

/** A file as the event names it: exactly that version, whatever has been written since. */
export interface Delivery {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
}

/** What the handler needs of the world. */
export interface Ports {
  /** Never gets content of a file. */
  readonly log: Log;
  /** Bytes of a delivered file. */
  fetch(delivery: Delivery): Promise<Uint8Array>;
  /** Stores an order line once: storing the same line again changes nothing. */
  store(line: OrderLine, delivery: Delivery): Promise<void>;
}

/** Larger files are not orders. */
const MAX_FILE_BYTES = 5 * 1024 * 1024;

/**
 * Builds the handler of queued delivery events.
 *
 * A file that cannot be processed fails alone and comes back until the queue moves its message to the dead-letter queue. A retry stores
 * every line once more, which changes nothing, so a crash half-way through a file loses and doubles nothing.
 */
export function orderIntake(ports: Ports) {
  return async (event: SQSEvent): Promise<SQSBatchResponse> => eachMessage(event, ports.log, (body) => take(deliveryOf(body), ports));
}

async function take(delivery: Delivery, ports: Ports): Promise<void> {
  const file = readOrderFile(await ports.fetch(delivery));
  if ('rejected' in file) {
    ports.log({ outcome: 'rejected', key: delivery.key, reason: file.rejected });
    throw new RejectedFile();
  }
  for (const line of file.lines) await ports.store(line, delivery);
  ports.log({ outcome: 'stored', key: delivery.key, lines: file.lines.length });
}

/** The delivery that an S3 event names (Amazon S3 User Guide, "EventBridge event message structure"); throws for any other message. */
function deliveryOf(body: string): Delivery {
  const detail = (JSON.parse(body) as { detail?: { bucket?: { name?: unknown }; object?: Record<string, unknown> } }).detail;
  const bucket = detail?.bucket?.name;
  const { key, 'version-id': versionId, size } = detail?.object ?? {};
  if (typeof bucket !== 'string' || typeof key !== 'string' || typeof versionId !== 'string' || typeof size !== 'number') throw new UnknownMessage();
  if (size > MAX_FILE_BYTES) throw new FileTooLarge();
  return { bucket, key, versionId };
}

class RejectedFile extends Error { public override readonly name = 'RejectedFile'; }
class UnknownMessage extends Error { public override readonly name = 'UnknownMessage'; }
class FileTooLarge extends Error { public override readonly name = 'FileTooLarge'; }
