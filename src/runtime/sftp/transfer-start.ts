import { MAX_ATTEMPTS, Row } from './transfer-row';
import type { TransferTable } from './transfer-table';
import { nameOf } from '../shared/error-name';

/** Files of one call (AWS Transfer Family API Reference, "StartFileTransfer"). */
const FILES_PER_CALL = 10;

/** What the service says of what it was asked for; other refusals are about the connector (AWS Transfer Family API Reference, "StartFileTransfer", "Common Errors"). */
const REFUSALS_OF_FILES = ['InvalidRequestException', 'ValidationException'];

/** A file that is to be transferred. */
export interface Candidate {
  readonly file: string;
  /** As `StartFileTransfer` takes it. */
  readonly path: string;
  readonly version: string;
  readonly seen?: Row;
}

/** What starting transfers needs. */
export interface StartPorts {
  readonly table: TransferTable;
  /** Starts a transfer of files; gives its id. Is never tried again by itself: a second call would be a second transfer. */
  readonly start: (paths: readonly string[]) => Promise<string>;
  readonly now: () => number;
  readonly log: (entry: object) => void;
}

/**
 * Starts transfers, each file once; gives how many.
 *
 * `StartFileTransfer` has no token by which a repetition is known, so each file is claimed in the table before. Where the answer is a refusal,
 * the claim is given back. Where there is none, or the function ends between the two, the claim stays: whether the transfer has begun is told by its
 * result, which is matched by path, and by nothing else.
 */
export async function startTransfers(candidates: readonly Candidate[], ports: StartPorts): Promise<number> {
  let started = 0;
  for (let first = 0; first < candidates.length; first += FILES_PER_CALL) {
    const claims = await claim(candidates.slice(first, first + FILES_PER_CALL), ports);
    if (claims.length > 0) started += await startClaimed(claims, ports);
  }
  return started;
}

interface Claim extends Candidate { readonly row: Row }

async function claim(candidates: readonly Candidate[], { table, now }: StartPorts): Promise<Claim[]> {
  const claims = await Promise.all(candidates.map(async (candidate): Promise<Claim[]> => {
    const { file, version, seen } = candidate;
    const attempts = (seen?.version === version ? seen.attempts : 0) + 1;
    const previousId = seen?.transferId ?? seen?.previousId;
    const row = await table.tryWrite(seen, { file, version, state: 'claimed', attempts, since: now(), ...previousId === undefined ? {} : { previousId } });
    return row ? [{ ...candidate, row }] : [];
  }));
  return claims.flat();
}

async function startClaimed(claims: readonly Claim[], ports: StartPorts): Promise<number> {
  const { table } = ports;
  try {
    const transferId = await ports.start(claims.map(({ path }) => path));
    // A result that is faster than this has ended the row already, and stays.
    await Promise.all(claims.map(({ row }) => table.tryWrite(row, { ...row, state: 'started', transferId })));
    return claims.length;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (!REFUSALS_OF_FILES.includes(nameOf(error))) {
      await Promise.all(claims.map(({ row }) => table.tryWrite(row, { ...row, state: 'waiting', attempts: row.attempts - 1 })));
      throw error;
    }
    return startOneByOne(claims, ports, nameOf(error));
  }
}

/** One file that the service does not take must not hold up the others. */
async function startOneByOne(claims: readonly Claim[], ports: StartPorts, failure: string): Promise<number> {
  if (claims.length === 1) {
    const [{ row }] = claims;
    const state = row.attempts >= MAX_ATTEMPTS ? 'dead' : 'failed';
    await ports.table.tryWrite(row, { ...row, state, failure });
    ports.log({ outcome: state, file: row.file, failure, attempts: row.attempts });
    return 0;
  }
  let started = 0;
  for (const each of claims) started += await startClaimed([each], ports);
  return started;
}

/** Whether the service said that it did nothing. */
function isRefusal(error: unknown): boolean {
  const { $metadata } = Object(error) as { readonly $metadata?: { readonly httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode ?? 0;
  return status >= 400 && status < 500;
}
