import { Environment, list, matching, tableName, whole } from '../shared/environment';

/** Files that are sent: objects right below a prefix of a bucket. */
export interface Send {
  readonly kind: 'send';
  readonly name: string;
  readonly bucket: string;
  /** Without a slash at its ends, as every prefix here. */
  readonly prefix: string;
  /** Absolute, without a slash at its end, or the root; absent for the directory in which the user finds itself. */
  readonly remote?: string;
}

/** Files that are retrieved: those right in a directory of the partner. */
export interface Retrieve {
  readonly kind: 'retrieve';
  readonly name: string;
  readonly bucket: string;
  /** Where files go. */
  readonly prefix: string;
  /** Where listings of the directory go: apart from the files, which others look at. */
  readonly listingsBucket: string;
  readonly listings: string;
  readonly remote: string;
  /** Whether a file that has been retrieved is removed from the directory. */
  readonly remove: boolean;
}

/** What the function of a connector is configured with. */
export interface TransferSettings {
  readonly connectorId: string;
  readonly table: string;
  readonly sends: readonly Send[];
  readonly retrieves: readonly Retrieve[];
  /** From when on what has begun and not ended is told of. */
  readonly finishMilliseconds: number;
  /** The secret that a person keeps; absent for one that rotates. */
  readonly kept?: { readonly secretArn: string; readonly maxAgeMilliseconds: number };
}

/** AWS Transfer Family API Reference, "StartFileTransfer". */
const CONNECTOR_ID = /^c-[0-9a-f]{17}$/;
const SECRET_ARN = /^arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:\S{1,512}$/;
const NAME = /^[A-Za-z0-9-]{1,64}$/;
const BUCKET = /^\S{3,63}$/;
const PREFIX = /^[^/]+(?:\/[^/]+)*$/;
const REMOTE = /^\/$|^(?:\/[^/]+)+$/;

/**
 * Reads `CONNECTOR_ID`, `TRANSFER_TABLE`, `TRANSFERS`, `FINISH_SECONDS` and, for a secret that is kept by hand, `SECRET_ARN` and
 * `SECRET_MAX_AGE_SECONDS`; throws, saying what is wrong.
 */
export function parseTransferSettings(environment: Environment): TransferSettings {
  const transfers = list(environment, 'TRANSFERS', isTransfer, 'sends and retrieves');
  return {
    connectorId: matching(environment, 'CONNECTOR_ID', CONNECTOR_ID, 'the id of a connector'),
    table: tableName(environment, 'TRANSFER_TABLE'),
    sends: transfers.filter((transfer) => transfer.kind === 'send'),
    retrieves: transfers.filter((transfer) => transfer.kind === 'retrieve'),
    finishMilliseconds: whole(environment, 'FINISH_SECONDS', 60, 604_800) * 1000,
    ...environment.SECRET_ARN === undefined ? {} : {
      kept: {
        secretArn: matching(environment, 'SECRET_ARN', SECRET_ARN, 'the ARN of a secret'),
        maxAgeMilliseconds: whole(environment, 'SECRET_MAX_AGE_SECONDS', 86_400, 31_536_000) * 1000,
      },
    },
  };
}

function isTransfer(value: unknown): value is Send | Retrieve {
  const { kind, name, bucket, prefix, listingsBucket, listings, remote, remove } = Object(value) as Readonly<Record<string, unknown>>;
  if (!isText(name, NAME) || !isText(bucket, BUCKET) || !isText(prefix, PREFIX)) return false;
  if (kind === 'send') return remote === undefined || isText(remote, REMOTE);
  return kind === 'retrieve' && isText(remote, REMOTE) && isText(listingsBucket, BUCKET) && isText(listings, PREFIX) && typeof remove === 'boolean';
}

function isText(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}
