import { isOpen, listingOf, MAX_ATTEMPTS, retrieveOf, Row, sendOf } from './transfer-row';
import type { TransferTable } from './transfer-table';

/** What became of a transfer of one file. */
export interface Result {
  readonly file: string;
  readonly transferId: string;
  /** Why it failed, in one word; absent where it did not. */
  readonly failure?: string;
}

/** What results change. */
export interface ResultPorts {
  readonly table: TransferTable;
  readonly log: (entry: object) => void;
  readonly now: () => number;
}

/** How often a change is tried that another one was faster than. */
const TRIES = 4;

/** Failure codes are the service's own words; anything else is not repeated. */
const CODE = /^[A-Z_]{1,64}$/;

/** The code of a failure as it may be written. */
export function failureCodeOf(code: unknown): string {
  return typeof code === 'string' && CODE.test(code) ? code : 'UNKNOWN';
}

/**
 * Ends the row of a file as its result says. A result that comes again, or late for a transfer before, changes nothing, and so does one of a file that
 * somebody else transfers with the connector.
 */
export async function settle({ file, transferId, failure }: Result, { table, log, now }: ResultPorts): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    const seen = await table.tryRow(file);
    if (!seen || !isOpen(seen) || !isAbout(seen, transferId)) return log({ outcome: 'ignored', file });
    const state = failure === undefined ? 'done' : seen.attempts >= MAX_ATTEMPTS ? 'dead' : 'failed';
    const { failure: _, ...rest } = seen;
    if (await table.tryWrite(seen, { ...rest, state, transferId, since: now(), ...failure === undefined ? {} : { failure } })) {
      return log({ outcome: state, file, attempts: seen.attempts, ...failure === undefined ? {} : { failure } });
    }
  }
  throw new Error('a row changes faster than it can be ended');
}

/** Ends the row of a listing; one that has been begun again meanwhile stays open until that one has ended. */
export async function settleListing(
  name: string, listingId: string, state: 'done' | 'failed', { table, now }: Pick<ResultPorts, 'table' | 'now'>,
): Promise<void> {
  const seen = await table.tryRow(listingOf(name));
  if (!seen || !isOpen(seen) || (seen.transferId !== undefined && seen.transferId !== listingId)) return;
  await table.tryWrite(seen, { ...seen, state, transferId: listingId, since: now() });
}

/** Before the answer to its start was written down, a transfer is known by not being the one before. */
function isAbout({ transferId, previousId }: Row, of: string): boolean {
  return transferId === undefined ? previousId !== of : transferId === of;
}

/** The file that a path of the service names, of an object as well without the slash at its start, as `StartFileTransfer` takes both. */
export function fileOf(operation: 'send' | 'retrieve', path: string): string {
  if (operation === 'retrieve') return retrieveOf(path);
  const [bucket, ...key] = path.replace(/^\//, '').split('/');
  return sendOf(bucket, key.join('/'));
}
