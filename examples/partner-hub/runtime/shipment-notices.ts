import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { eachMessage, Log } from './each-message';

/** A webhook as the queue of the sender takes it, and whose it is. */
export interface Notice {
  readonly partner: string;
  readonly text: string;
}

/** What the handler needs of the world. */
export interface Ports {
  readonly partners: readonly string[];
  readonly log: Log;
  /** Puts a webhook into the queue of the sender, in the group of its partner. */
  send(notice: Notice): Promise<void>;
}

/** Ids of orders start with whose they are: `ACME-17`. */
const ORDER = /^([A-Z]+)-[A-Z0-9-]+$/;

/**
 * Builds the handler that makes webhooks of reports on shipments.
 *
 * An event that comes again makes the same message id, under which the sender sends once. Orders of nobody who is a partner are left out.
 */
export function shipmentNotices(ports: Ports) {
  return async (event: SQSEvent): Promise<SQSBatchResponse> => eachMessage(event, ports.log, async (body) => {
    const { id, time, detail } = reportOf(body);
    const partner = ORDER.exec(detail.orderId)?.[1].toLowerCase();
    if (partner === undefined || !ports.partners.includes(partner)) return ports.log({ outcome: 'nobody' });
    const payload = { type: 'shipment.reported', timestamp: time, data: detail };
    await ports.send({ partner, text: JSON.stringify({ endpoint: partner, message: id, body: JSON.stringify(payload) }) });
    ports.log({ outcome: 'asked', message: id });
  });
}

interface Report {
  readonly id: string;
  readonly time: string;
  readonly detail: { readonly orderId: string; readonly state: string };
}

function reportOf(body: string): Report {
  const { id, time, detail } = Object(JSON.parse(body)) as Readonly<Record<string, unknown>>;
  const { orderId, state } = Object(detail) as Readonly<Record<string, unknown>>;
  if (![id, time, orderId, state].every((each) => typeof each === 'string')) throw new UnknownMessage();
  return { id, time, detail: { orderId, state } } as Report;
}

class UnknownMessage extends Error { public override readonly name = 'UnknownMessage'; }
