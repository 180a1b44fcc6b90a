import { isDueAgain, isOpen, Row, sendOf } from './transfer-row';
import type { Send } from './transfer-settings';
import { Candidate, startTransfers } from './transfer-start';
import type { TransferTable } from './transfer-table';

/** An object that may be sent. */
export interface Outgoing { readonly key: string; readonly etag: string; readonly modified: number }

/** One page of the objects right below a prefix. */
export interface OutboxPage {
  readonly objects: readonly Outgoing[];
  /** Whether there are objects further down. */
  readonly nested: boolean;
  readonly next?: string;
}

/** What sending needs. */
export interface SendPorts {
  readonly table: TransferTable;
  readonly outbox: (bucket: string, prefix: string, after?: string) => Promise<OutboxPage>;
  readonly start: (send: Send, paths: readonly string[]) => Promise<string>;
  readonly now: () => number;
  readonly log: (entry: object) => void;
}

/** Files that a run starts at most; a connector queues 1000 (AWS Transfer Family endpoints and quotas). The next run goes on. */
const MOST_FILES = 500;

/** AWS Transfer Family API Reference, "StartFileTransfer": `SendFilePaths`. */
const MAX_PATH_CHARACTERS = 1024;

/**
 * Sends what is in an outbox and was not sent yet.
 *
 * An object whose claim has no answer is not sent again by itself, since the partner may have it: `Unfinished` tells, and an operator decides.
 */
export async function sendOutbox(send: Send, ports: SendPorts): Promise<void> {
  const { table, log, now } = ports;
  const found: Candidate[] = [];
  let nested = false;
  let unsendable = 0;
  let after: string | undefined;
  do {
    const page = await ports.outbox(send.bucket, `${send.prefix}/`, after);
    const rows = await table.rows(page.objects.map(({ key }) => sendOf(send.bucket, key)));
    for (const { key, etag, modified } of page.objects) {
      const candidate = { file: sendOf(send.bucket, key), path: `/${send.bucket}/${key}`, version: `${etag}|${modified}` };
      const seen = rows.get(candidate.file);
      if (key.endsWith('/')) continue; // what consoles make for a folder
      if (candidate.path.length > MAX_PATH_CHARACTERS) unsendable++;
      else if (isToBeSent(seen, candidate.version, now())) found.push({ ...candidate, seen });
    }
    nested ||= page.nested;
    after = page.next;
  } while (after !== undefined && found.length < MOST_FILES);

  const started = await startTransfers(found.slice(0, MOST_FILES), { table, log, now, start: (paths) => ports.start(send, paths) });
  log({ outcome: 'send-run', name: send.name, started, left: found.length - started, unsendable, nested: nested ? 1 : 0 });
}

function isToBeSent(seen: Row | undefined, version: string, now: number): boolean {
  if (!seen) return true;
  if (isOpen(seen)) return false;
  return seen.version !== version || isDueAgain(seen, now);
}
