import { failureCodeOf, fileOf, ResultPorts, settle } from './transfer-result';
import type { TransferSettings } from './transfer-settings';

/** What the service says of a file of a transfer. */
export interface FileResult { readonly path: string; readonly status: string; readonly failure?: string }

/** What looking after transfers needs. */
export interface WatchPorts extends ResultPorts {
  /** What became of the files of a transfer; nothing where the service does not know any more. */
  readonly results: (transferId: string) => Promise<readonly FileResult[]>;
  /** When the credential was put that is current; undefined where none ever was. */
  readonly credentialSince: (secretArn: string) => Promise<number | undefined>;
}

const MOST_ROWS = 200;

/**
 * Looks for what has begun and not ended, asks the service about it, since an event may be lost, and tells how much is left; and for a credential that
 * a person has to put.
 */
export async function watchTransfers({ finishMilliseconds, kept }: TransferSettings, ports: WatchPorts): Promise<void> {
  const { table, log, now } = ports;
  const before = now() - finishMilliseconds;
  const open = await table.unfinished(before, MOST_ROWS);
  const failures: unknown[] = [];
  for (const [transferId, operation] of transfersOf(open)) await ask(transferId, operation, ports).catch((error: unknown) => failures.push(error));
  const left = open.length === 0 ? [] : await table.unfinished(before, MOST_ROWS);
  log({ outcome: 'watched', unfinished: left.length, ...left.length === 0 ? {} : { oldest: left[0].file } });

  if (kept) await watchCredential(kept, ports);
  // At the end: a transfer that the service says nothing of must not keep the others from being asked for.
  if (failures.length > 0) throw failures[0];
}

async function ask(transferId: string, operation: 'send' | 'retrieve', ports: WatchPorts): Promise<void> {
  for (const { path, status, failure } of await ports.results(transferId)) {
    const result = { file: fileOf(operation, path), transferId };
    if (status === 'COMPLETED') await settle(result, ports);
    if (status === 'FAILED') await settle({ ...result, failure: failureCodeOf(failure) }, ports);
  }
}

async function watchCredential({ secretArn, maxAgeMilliseconds }: NonNullable<TransferSettings['kept']>, { credentialSince, log, now }: WatchPorts): Promise<void> {
  const since = await credentialSince(secretArn);
  if (since === undefined) log({ outcome: 'credential-missing' });
  else if (now() - since > maxAgeMilliseconds) log({ outcome: 'credential-old' });
}

/** The transfers among them, each once. */
function transfersOf(open: ReadonlyArray<{ readonly file: string; readonly transferId?: string }>): ReadonlyMap<string, 'send' | 'retrieve'> {
  const found = new Map<string, 'send' | 'retrieve'>();
  for (const { file, transferId } of open) {
    if (transferId === undefined || file.startsWith('list ')) continue;
    found.set(transferId, file.startsWith('send ') ? 'send' : 'retrieve');
  }
  return found;
}
