import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/**
 * How far a file, or the listing of a directory, has come.
 *
 * `claimed`: a start is about to be asked for, or was and the answer is not known. `started`: the answer is known. `done`, `failed`: as the service
 * told. `waiting`: the start was refused for a reason that passes. `dead`: failed too often, and is left alone.
 */
export type State = 'waiting' | 'claimed' | 'started' | 'done' | 'failed' | 'dead';

/** What is known of a file in one version, or of the listing of a directory. */
export interface Row {
  /** `send /<bucket>/<key>`, `retrieve <path>` or `list <name>`. */
  readonly file: string;
  /** What tells a file from another one of the same name. */
  readonly version: string;
  readonly state: State;
  /** Starts of this version. */
  readonly attempts: number;
  /** Counts the changes of the row; a change says which one it has seen. */
  readonly revision: number;
  /** When it began to be as it is, in milliseconds; of a listing, when the first one began that has not ended. */
  readonly since: number;
  /** Id of the transfer or listing. */
  readonly transferId?: string;
  /** Id of the transfer before, whose late events are not about this one. */
  readonly previousId?: string;
  readonly failure?: string;
}

/** Starts of a version before it is left alone: for about two weeks, as long as a key is offered that a partner has to install. */
export const MAX_ATTEMPTS = 20;

const QUARTER_HOUR = 15 * 60_000;
const DAY = 24 * 3_600_000;

/** The index of what has begun and not ended, by time. */
export const UNFINISHED_INDEX = 'unfinished';

export const sendOf = (bucket: string, key: string) => `send /${bucket}/${key}`;
export const retrieveOf = (path: string) => `retrieve ${path}`;
export const listingOf = (name: string) => `list ${name}`;

/** Whether a file may be tried again: after its first failure by the next run, then in a quarter of an hour, and twice as late each time up to a day. */
export function isDueAgain({ state, attempts, since }: Row, now: number): boolean {
  if (state === 'waiting') return true;
  return state === 'failed' && (attempts < 2 || now - since >= Math.min(DAY, QUARTER_HOUR * 2 ** (attempts - 2)));
}

/** Whether something has begun of which the end is not known. */
export function isOpen({ state }: Pick<Row, 'state'>): boolean {
  return state === 'claimed' || state === 'started';
}

/** The row as the table has it. */
export function itemOf(row: Row): Record<string, AttributeValue> {
  return {
    file: { S: row.file },
    version: { S: row.version },
    state: { S: row.state },
    attempts: { N: String(row.attempts) },
    revision: { N: String(row.revision) },
    since: { N: String(row.since) },
    ...row.transferId === undefined ? {} : { transferId: { S: row.transferId } },
    ...row.previousId === undefined ? {} : { previousId: { S: row.previousId } },
    ...row.failure === undefined ? {} : { failure: { S: row.failure } },
    // The index has the rows alone that have this.
    ...isOpen(row) ? { unfinished: { S: 'yes' } } : {},
  };
}

/** The row that the table has. */
export function rowOf(item: Record<string, AttributeValue>): Row {
  const { file, version, state, attempts, revision, since, transferId, previousId, failure } = item;
  return {
    file: file.S!,
    version: version.S!,
    state: state.S as State,
    attempts: Number(attempts.N),
    revision: Number(revision.N),
    since: Number(since.N),
    ...transferId?.S === undefined ? {} : { transferId: transferId.S },
    ...previousId?.S === undefined ? {} : { previousId: previousId.S },
    ...failure?.S === undefined ? {} : { failure: failure.S },
  };
}
