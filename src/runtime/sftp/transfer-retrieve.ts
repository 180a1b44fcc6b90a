import { RemoteFile, tryListing } from './transfer-listing';
import { isDueAgain, isOpen, listingOf, retrieveOf, Row } from './transfer-row';
import type { Retrieve } from './transfer-settings';
import { startTransfers } from './transfer-start';
import type { TransferTable } from './transfer-table';
import { nameOf } from '../shared/error-name';

/** What retrieving needs. */
export interface RetrievePorts {
  readonly table: TransferTable;
  /** Starts the listing of the directory; gives its id. */
  readonly list: (retrieve: Retrieve) => Promise<string>;
  readonly listing: (bucket: string, key: string) => Promise<string>;
  readonly start: (retrieve: Retrieve, paths: readonly string[]) => Promise<string>;
  readonly remove: (path: string) => Promise<void>;
  readonly now: () => number;
  readonly log: (entry: object) => void;
}

const MOST_FILES = 500;
const MOST_REMOVALS = 100;

/** A file is left alone until it has not changed for so long, since SFTP does not tell when it is complete. */
const SETTLED_MILLISECONDS = 60_000;

/** A retrieval takes twelve hours at most (AWS Transfer Family quotas); a claim without an answer from before that may be tried again. */
const DOUBT_MILLISECONDS = 24 * 3_600_000;

/** Has a directory listed; its listing is read when the service says that it is there. */
export async function listDirectory(retrieve: Retrieve, { table, list, log, now }: RetrievePorts): Promise<void> {
  const seen = await table.tryRow(listingOf(retrieve.name));
  const since = seen && isOpen(seen) ? seen.since : now();
  const claim = await table.tryWrite(seen, { file: listingOf(retrieve.name), version: '', state: 'claimed', attempts: 1, since });
  const transferId = await list(retrieve);
  if (claim) await table.tryWrite(claim, { ...claim, state: 'started', transferId });
  log({ outcome: 'list-run', name: retrieve.name });
}

/**
 * Retrieves what a listing names and was not retrieved yet, and then removes what was, if so asked.
 *
 * A file is removed once a later listing shows it as it was when it was retrieved; one that has changed since is retrieved first. A second reading of
 * the same listing finds everything claimed.
 */
export async function retrieveListed(retrieve: Retrieve, key: string, ports: RetrievePorts): Promise<void> {
  const { table, log, now } = ports;
  const listing = tryListing(await ports.listing(retrieve.listingsBucket, key), retrieve.remote);
  if (!listing) throw new Error('a listing could not be read');
  const settled = listing.files.filter(({ modified = 0 }) => modified <= now() - SETTLED_MILLISECONDS);
  const rows = await table.rows(settled.map(({ path }) => retrieveOf(path)));
  const found = settled.filter((file) => isToBeRetrieved(file, rows.get(retrieveOf(file.path)), now()))
    .map(({ path, version }) => ({ file: retrieveOf(path), path, version, seen: rows.get(retrieveOf(path)) }));
  const started = await startTransfers(found.slice(0, MOST_FILES), { table, log, now, start: (paths) => ports.start(retrieve, paths) });

  const retrieved = settled.filter((file) => isRetrieved(rows.get(retrieveOf(file.path)), file));
  const { name } = retrieve;
  const removed = retrieve.remove ? await removeAll(retrieved.slice(0, MOST_REMOVALS), name, ports) : 0;
  const { refused, truncated } = listing;
  const undated = listing.files.filter(({ modified }) => modified === undefined).length;
  log({ outcome: 'retrieve-run', name, started, left: found.length - started, removed, refused, undated, truncated: truncated ? 1 : 0 });
}

/** Has files removed, each whatever becomes of the others: a later listing shows what is still there. Gives how many. */
async function removeAll(files: readonly RemoteFile[], name: string, { remove, log }: RetrievePorts): Promise<number> {
  let removed = 0;
  for (const { path } of files) {
    try {
      await remove(path);
      removed++;
    } catch (error) {
      log({ outcome: 'not-removed', name, failure: nameOf(error) });
    }
  }
  return removed;
}

function isToBeRetrieved({ version }: RemoteFile, seen: Row | undefined, now: number): boolean {
  if (!seen) return true;
  // A file that comes twice is the same one; the claim of a function that ended in between must not hold it up for ever.
  if (isOpen(seen)) return seen.state === 'claimed' && now - seen.since > DOUBT_MILLISECONDS;
  return seen.version !== version || isDueAgain(seen, now);
}

/** Without its time a file cannot be told from a new one of the same name and size, whose only copy would be removed. */
function isRetrieved(seen: Row | undefined, { version, modified }: RemoteFile): boolean {
  return modified !== undefined && seen?.state === 'done' && seen.version === version;
}
