import { ConnectorEvent, tryConnectorEvent } from './transfer-event';
import { settle, settleListing } from './transfer-result';
import { listDirectory, retrieveListed, RetrievePorts } from './transfer-retrieve';
import { isOpen } from './transfer-row';
import { SendPorts, sendOutbox } from './transfer-send';
import type { Retrieve, Send, TransferSettings } from './transfer-settings';
import { WatchPorts, watchTransfers } from './transfer-watch';
import { nameOf } from '../shared/error-name';

/** What the function calls. */
export interface TransferPorts extends Omit<SendPorts, 'start'>, Omit<RetrievePorts, 'start'>, WatchPorts {
  readonly startSend: SendPorts['start'];
  readonly startRetrieve: RetrievePorts['start'];
}

/** What a schedule or an operator asks for. */
export interface Task { readonly task: string; readonly name?: string; readonly file?: string }

/** Events of the connector, as a queue hands them over. */
export interface Messages { readonly Records: ReadonlyArray<{ readonly messageId: string; readonly body: string }> }

/** What the queue is told to hand over again. */
export interface Failures { readonly batchItemFailures: ReadonlyArray<{ readonly itemIdentifier: string }> }

/**
 * Sends and retrieves files with one connector, on a schedule, and takes note of what became of them.
 *
 * Each task and each event may come again, at once, or after the function has ended half way: what has begun is in the table before it begins.
 * A task that fails fails as a whole, so that AWS Lambda tries it again and its dead-letter queue gets it; an event goes back to its queue.
 */
export function connectorTransfer(settings: TransferSettings, ports: TransferPorts): (event: Task | Messages) => Promise<Failures | undefined> {
  const { connectorId, sends, retrieves } = settings;
  const { log } = ports;
  const sending = { ...ports, start: ports.startSend };
  const retrieving = { ...ports, start: ports.startRetrieve };

  return async (event) => {
    if ('Records' in event) return takeNote(event);
    try {
      await run(event);
    } catch (error) {
      log({ outcome: 'fault', task: event.task, name: event.name, error: nameOf(error) });
      throw error;
    }
    return undefined;
  };

  async function run({ task, name, file }: Task): Promise<void> {
    if (task === 'send') return sendOutbox(named(sends, name), sending);
    if (task === 'retrieve') return listDirectory(named(retrieves, name), retrieving);
    if (task === 'watch') return watchTransfers(settings, ports);
    if (task === 'release' && file !== undefined) return release(file);
    throw new Error("'task' must be send, retrieve, watch or release, with the name or the file that it is about");
  }

  /** Has a file transferred again, whatever is known of it, since an operator has seen to it that it may. */
  async function release(file: string): Promise<void> {
    const seen = await ports.table.tryRow(file);
    const stuck = seen && (isOpen(seen) || seen.state === 'dead') ? seen : undefined;
    const released = stuck && await ports.table.tryWrite(stuck, { ...stuck, state: 'waiting', attempts: 0 });
    if (!released) throw new Error('there is no such file that has begun or was given up');
    log({ outcome: 'released', file });
  }

  async function takeNote({ Records }: Messages): Promise<Failures> {
    const failed: Array<{ itemIdentifier: string }> = [];
    for (const { messageId, body } of Records) {
      try {
        const event = tryConnectorEvent(body, connectorId);
        if (!event) throw new Error('not an event of this connector');
        await noteOne(event);
      } catch (error) {
        log({ outcome: 'fault', message: messageId, error: nameOf(error) });
        failed.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures: failed };
  }

  async function noteOne(event: ConnectorEvent): Promise<void> {
    switch (event.kind) {
      case 'file': return settle(event.result, ports);
      case 'listed': return noteListed(event);
      case 'not-listed': {
        const retrieve = retrieves.find(({ remote }) => remote === event.remote);
        if (retrieve) await settleListing(retrieve.name, event.listingId, 'failed', ports);
        return log({ outcome: 'not-listed', name: retrieve?.name, failure: event.failure });
      }
      case 'not-removed': return log({ outcome: 'not-removed', failure: event.failure });
      default: return log({ outcome: event.kind });
    }
  }

  /** Only a listing that was asked for by a task of ours lies where those lie, under the name that the service gives it. */
  async function noteListed({ listingId, bucket, key }: Extract<ConnectorEvent, { kind: 'listed' }>): Promise<void> {
    const retrieve = retrieves.find((each) => each.listingsBucket === bucket && key === `${each.listings}/${connectorId}-${listingId}.json`);
    if (!retrieve) return log({ outcome: 'other' });
    await retrieveListed(retrieve, key, retrieving);
    await settleListing(retrieve.name, listingId, 'done', ports);
  }
}

function named<T extends Send | Retrieve>(transfers: readonly T[], name: string | undefined): T {
  const found = transfers.find((each) => each.name === name);
  if (!found) throw new Error("'name' must be that of a send or a retrieve");
  return found;
}
