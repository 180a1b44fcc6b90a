import { tryJson } from '../shared/json-text';

/** A file in the partner's directory. */
export interface RemoteFile {
  readonly path: string;
  /** What tells it from another one of the same name: time and size, as far as the partner's server tells them. */
  readonly version: string;
  /** Milliseconds; absent where the server does not tell. */
  readonly modified?: number;
}

/** What a listing says. */
export interface Listing {
  readonly files: readonly RemoteFile[];
  /** Entries whose name leads out of the directory, or could not be asked for. */
  readonly refused: number;
  /** Whether the directory has more than a listing may. */
  readonly truncated: boolean;
}

/** AWS Transfer Family API Reference, "StartFileTransfer": `RetrieveFilePaths`. */
const MAX_PATH_CHARACTERS = 1024;

/** What a row may be named by, less what stands before the path (Amazon DynamoDB Developer Guide, "Quotas", partition key length). */
const MAX_PATH_BYTES = 2048 - 32;

/** Controls, and halves of surrogate pairs: UTF-8 has none of these, so that two names with them would be one. */
// eslint-disable-next-line no-control-regex
const UNWRITABLE = /[\u0000-\u001f\u007f]|\p{Surrogate}/u;

/**
 * Reads a listing of a directory (AWS Transfer Family API Reference, "StartDirectoryListing"); undefined for what is none.
 *
 * The partner's server wrote the names. Only files right in the directory are taken, so that no name leads elsewhere.
 */
export function tryListing(text: string, directory: string): Listing | undefined {
  const { files, truncated } = Object(tryJson(text)) as { readonly files?: unknown; readonly truncated?: unknown };
  if (!Array.isArray(files)) return undefined;
  const taken = files.flatMap((entry) => tryFile(entry, directory) ?? []);
  const once = new Map(taken.map((file) => [file.path, file]));
  return { files: [...once.values()], refused: files.length - taken.length, truncated: truncated === true || truncated === 'true' };
}

function tryFile(entry: unknown, directory: string): RemoteFile | undefined {
  const { filePath, modifiedTimestamp, size } = Object(entry) as Readonly<Record<string, unknown>>;
  if (typeof filePath !== 'string' || filePath.length > MAX_PATH_CHARACTERS || UNWRITABLE.test(filePath)) return undefined;
  if (Buffer.byteLength(filePath) > MAX_PATH_BYTES) return undefined;
  const start = directory === '/' ? '/' : `${directory}/`;
  if (!filePath.startsWith(start)) return undefined;
  const name = filePath.slice(start.length);
  if (name === '' || name === '.' || name === '..' || name.includes('/') || name.includes('\\')) return undefined;
  const modified = typeof modifiedTimestamp === 'string' ? Date.parse(modifiedTimestamp) : NaN;
  const version = `${Number.isNaN(modified) ? '' : modified}|${typeof size === 'number' ? size : ''}`;
  return { path: filePath, version, ...Number.isNaN(modified) ? {} : { modified } };
}
