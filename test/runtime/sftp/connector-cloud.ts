import { holds, Item } from '../dynamodb-expressions';

export const CONNECTOR_ID = 'c-0123456789abcdef0';
export const TABLE = 'files';
export const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:acme-AbCdEf';

export const SEND = { kind: 'send', name: 'Invoices', bucket: 'outbox', prefix: 'invoices/acme', remote: '/in' } as const;
export const RETRIEVE = {
  kind: 'retrieve', name: 'Orders', bucket: 'inbox', prefix: 'orders/acme', listingsBucket: 'listings', listings: 'Orders', remote: '/out', remove: false,
} as const;

/** What the function of a connector is configured with. */
export const SETTINGS = { CONNECTOR_ID, TRANSFER_TABLE: TABLE, TRANSFERS: JSON.stringify([SEND, RETRIEVE]), FINISH_SECONDS: '3600' };

export const NOW = Date.UTC(2026, 10, 25, 12);

/** An error of a service; `status` tells whether it did nothing. */
export class CloudError extends Error {
  public readonly $metadata: { readonly httpStatusCode: number };
  constructor(name: string, status = 400) {
    super(`CANARY of ${name}`);
    this.name = name;
    this.$metadata = { httpStatusCode: status };
  }
}

/** A transfer as the service knows it. */
export interface Transfer { readonly id: string; readonly operation: 'SEND' | 'RETRIEVE'; readonly paths: readonly string[]; readonly target?: string }

type Input = Record<string, any>;

/** Answers as DynamoDB, Amazon S3, Secrets Manager and AWS Transfer Family do for one connector (API Reference of each operation). */
export class ConnectorCloud {
  public readonly rows = new Map<string, Item>();
  /** Keys of objects in the outbox. */
  public readonly objects = new Map<string, { etag: string; modified: number }>();
  /** Files of the partner. */
  public readonly remote = new Map<string, { modified?: number; size?: number }>();
  /** Objects that the service wrote. */
  public readonly written = new Map<string, string>();
  public readonly transfers: Transfer[] = [];
  public readonly listings: string[] = [];
  public readonly removed: string[] = [];
  public readonly calls: string[] = [];
  public readonly inputs: Input[] = [];
  /** Versions of the secret. */
  public secretVersions: ReadonlyArray<{ readonly stages: string[]; readonly created: number }> = [{ stages: ['AWSCURRENT'], created: NOW }];
  public truncated = false;
  public pageSize = 1000;
  /** The client of a service in the same process. */
  public readonly client = {
    send: async (command: object): Promise<never> => {
      const { constructor: { name }, input } = command as { constructor: { name: string }; input: Input };
      return this.call(name.replace(/Command$/, ''), input) as never;
    },
  };

  constructor(private readonly names = { table: TABLE, outbox: SEND.bucket as string, connectorId: CONNECTOR_ID }) {}

  /** What the service would say of a transfer; nothing has ended until a test says so. */
  public status: (path: string) => { readonly StatusCode: string; readonly FailureCode?: string } = () => ({ StatusCode: 'IN_PROGRESS' });

  /** Throws before or after a call, if it likes. */
  public disturb: (operation: string, when: 'before' | 'after', input: Input) => void = () => undefined;

  public call(operation: string, input: Input): Record<string, unknown> {
    this.calls.push(operation);
    this.inputs.push(input);
    this.disturb(operation, 'before', input);
    const result = this.answer(operation, input);
    this.disturb(operation, 'after', input);
    return result;
  }

  public row(file: string): Item | undefined {
    return this.rows.get(file);
  }

  public stateOf(file: string): string | undefined {
    return this.row(file)?.state.S;
  }

  /** Events that tell how a transfer ended, one for each of its files. */
  public results({ id, operation, paths, target = '' }: Transfer, failure?: string): string[] {
    return paths.map((path, index) => {
      const location = operation === 'SEND' ? path : `${target}/${path.slice(path.lastIndexOf('/') + 1)}`;
      const [bucket, ...key] = location.replace(/^\//, '').split('/');
      return eventOf(`SFTP Connector File ${operation === 'SEND' ? 'Send' : 'Retrieve'} ${failure === undefined ? 'Completed' : 'Failed'}`, {
        operation,
        'connector-id': this.names.connectorId,
        'transfer-id': id,
        'file-transfer-id': `${id}/${index}`,
        'file-path': path,
        'status-code': failure === undefined ? 'COMPLETED' : 'FAILED',
        ...failure === undefined ? {} : { 'failure-code': failure, 'failure-message': 'CANARY' },
        'local-file-location': { domain: 'S3', bucket, key: key.join('/') },
      });
    });
  }

  /** The event that tells of a listing, which lies where it was asked for. */
  public listed(listingId: string, { listingsBucket: bucket, listings, remote }: Record<'listingsBucket' | 'listings' | 'remote', string> = RETRIEVE): string {
    const key = `${listings}/${this.names.connectorId}-${listingId}.json`;
    const files = [...this.remote].filter(([path]) => path.startsWith(`${remote}/`)).map(([filePath, { modified, size }]) => ({
      filePath, ...modified === undefined ? {} : { modifiedTimestamp: new Date(modified).toISOString() }, ...size === undefined ? {} : { size },
    }));
    this.written.set(`${bucket}/${key}`, JSON.stringify({ files, paths: [], truncated: String(this.truncated) }));
    return eventOf('SFTP Connector Directory Listing Completed', {
      'connector-id': this.names.connectorId,
      'listing-id': listingId,
      'remote-directory-path': remote,
      'output-file-location': { domain: 'S3', bucket, key },
    });
  }

  private answer(operation: string, input: Input): Record<string, unknown> {
    switch (operation) {
      case 'BatchGetItem': return this.get(input);
      case 'PutItem': return this.put(input);
      case 'Query': return this.query(input);
      case 'ListObjectsV2': return this.list(input);
      case 'GetObject': return this.object(`${input.Bucket}/${input.Key}`);
      case 'ListSecretVersionIds':
        return { Versions: this.secretVersions.map(({ stages, created }) => ({ VersionStages: stages, CreatedDate: new Date(created) })) };
      case 'StartFileTransfer': return this.start(input);
      case 'StartDirectoryListing': return { ListingId: `l-${this.listings.push(input.RemoteDirectoryPath)}`, OutputFileName: 'x' };
      case 'StartRemoteDelete': return { DeleteId: `d-${this.removed.push(input.DeletePath)}` };
      case 'ListFileTransferResults': return this.resultsOf(input);
      default: throw new Error(`the fake does not know ${operation}`);
    }
  }

  private get({ RequestItems }: Input): Record<string, unknown> {
    const { Keys, ConsistentRead } = RequestItems[this.names.table] as { Keys: Item[]; ConsistentRead?: boolean };
    if (ConsistentRead !== true) throw new Error('a read that may be old proves nothing');
    // What is compared, and counted, is what goes over the wire.
    const names = Keys.map(({ file }) => Buffer.from(file.S!).toString());
    if (names.length > 100 || new Set(names).size !== names.length) throw new CloudError('ValidationException');
    if (names.some((name) => Buffer.byteLength(name) > 2048)) throw new CloudError('ValidationException');
    // What does not fit into an answer is left for another one.
    const [now, later] = [Keys.slice(0, 60), Keys.slice(60)];
    return {
      Responses: { [this.names.table]: now.flatMap(({ file }) => this.rows.get(file.S!) ?? []) },
      UnprocessedKeys: later.length === 0 ? undefined : { [this.names.table]: { Keys: later, ConsistentRead } },
    };
  }

  private put({ Item: item, ConditionExpression, ...input }: Input): Record<string, unknown> {
    if (!holds(ConditionExpression, input, this.rows.get(item.file.S))) throw new CloudError('ConditionalCheckFailedException');
    this.rows.set(item.file.S, item as Item);
    return {};
  }

  private query({ KeyConditionExpression, Limit, ...input }: Input): Record<string, unknown> {
    const found = [...this.rows.values()].filter((row) => holds(KeyConditionExpression, input, row));
    return { Items: found.sort((one, other) => Number(one.since.N) - Number(other.since.N)).slice(0, Limit) };
  }

  private list({ Bucket, Prefix, Delimiter, ContinuationToken = '0' }: Input): Record<string, unknown> {
    if (Bucket !== this.names.outbox || Delimiter !== '/') throw new CloudError('NoSuchBucket', 404);
    const below = [...this.objects].filter(([key]) => key.startsWith(Prefix)).sort();
    const direct = below.filter(([key]) => !key.slice(Prefix.length).includes('/'));
    const start = Number(ContinuationToken);
    const page = direct.slice(start, start + this.pageSize);
    const next = start + this.pageSize < direct.length ? String(start + this.pageSize) : undefined;
    return {
      Contents: page.map(([Key, { etag, modified }]) => ({ Key, ETag: etag, LastModified: new Date(modified), Size: 1 })),
      CommonPrefixes: below.length > direct.length ? [{ Prefix: `${Prefix}below/` }] : undefined,
      NextContinuationToken: next,
    };
  }

  private object(name: string): Record<string, unknown> {
    const text = this.written.get(name);
    if (text === undefined) throw new CloudError('NoSuchKey', 404);
    return { ContentLength: Buffer.byteLength(text), Body: { transformToString: async () => text } };
  }

  private start({ ConnectorId, SendFilePaths, RetrieveFilePaths, RemoteDirectoryPath, LocalDirectoryPath }: Input): Record<string, unknown> {
    const paths = (SendFilePaths ?? RetrieveFilePaths) as string[];
    if (ConnectorId !== this.names.connectorId || paths.length < 1 || paths.length > 10) throw new CloudError('InvalidRequestException');
    if (paths.some((path) => path.includes('never'))) throw new CloudError('InvalidRequestException');
    const id = `t-${this.transfers.length + 1}`;
    this.transfers.push({ id, operation: SendFilePaths ? 'SEND' : 'RETRIEVE', paths, target: RemoteDirectoryPath ?? LocalDirectoryPath });
    return { TransferId: id };
  }

  private resultsOf({ TransferId, NextToken }: Input): Record<string, unknown> {
    const transfer = this.transfers.find(({ id }) => id === TransferId);
    if (!transfer) throw new CloudError('ResourceNotFoundException');
    const start = Number(NextToken ?? 0);
    const page = transfer.paths.slice(start, start + 5).map((path) => ({ FilePath: path, ...this.status(path) }));
    return { FileTransferResults: page, NextToken: start + 5 < transfer.paths.length ? String(start + 5) : undefined };
  }
}

/** An event of the connector, as it comes in a message. */
export function eventOf(type: string, detail: object): string {
  return JSON.stringify({ 'version': '0', 'source': 'aws.transfer', 'detail-type': type, 'detail': { 'connector-id': CONNECTOR_ID, ...detail } });
}
