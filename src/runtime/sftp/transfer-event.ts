import { failureCodeOf, fileOf, Result } from './transfer-result';
import { tryJson } from '../shared/json-text';

/** What an event of a connector says (AWS Transfer Family User Guide, "SFTP connector events"). */
export type ConnectorEvent =
  | { readonly kind: 'file'; readonly result: Result }
  | { readonly kind: 'listed'; readonly listingId: string; readonly bucket: string; readonly key: string }
  | { readonly kind: 'not-listed'; readonly listingId: string; readonly failure: string; readonly remote: string }
  | { readonly kind: 'removed' }
  | { readonly kind: 'not-removed'; readonly failure: string }
  | { readonly kind: 'other' };

const TYPE = /^SFTP Connector (File Send|File Retrieve|Directory Listing|Remote Delete) (Completed|Failed)$/;

/** Reads an event; undefined for text that is none of this connector. */
export function tryConnectorEvent(body: string, connectorId: string): ConnectorEvent | undefined {
  const { source, detail, 'detail-type': type } = membersOf(tryJson(body));
  const members = membersOf(detail);
  if (source !== 'aws.transfer' || members['connector-id'] !== connectorId) return undefined;
  const [, about, ending] = TYPE.exec(String(type)) ?? [];
  const failure = ending === 'Failed' ? failureCodeOf(members['failure-code']) : undefined;
  switch (about) {
    case 'File Send': return fileEvent('send', members, failure);
    case 'File Retrieve': return fileEvent('retrieve', members, failure);
    case 'Directory Listing': return listingEvent(members, failure);
    case 'Remote Delete': return failure === undefined ? { kind: 'removed' } : { kind: 'not-removed', failure };
    default: return { kind: 'other' };
  }
}

function fileEvent(operation: 'send' | 'retrieve', members: Members, failure: string | undefined): ConnectorEvent | undefined {
  const { bucket, key } = membersOf(members['local-file-location']);
  const object = typeof bucket === 'string' && typeof key === 'string' ? `/${bucket}/${key}` : undefined;
  const path = operation === 'send' ? object ?? members['file-path'] : members['file-path'];
  const transferId = members['transfer-id'];
  if (typeof path !== 'string' || typeof transferId !== 'string') return undefined;
  return { kind: 'file', result: { file: fileOf(operation, path), transferId, ...failure === undefined ? {} : { failure } } };
}

function listingEvent(members: Members, failure: string | undefined): ConnectorEvent | undefined {
  const { 'listing-id': listingId, 'remote-directory-path': remote } = members;
  if (typeof listingId !== 'string') return undefined;
  if (failure !== undefined) return { kind: 'not-listed', listingId, failure, remote: typeof remote === 'string' ? remote : '' };
  const { bucket, key } = membersOf(members['output-file-location']);
  return typeof bucket === 'string' && typeof key === 'string' ? { kind: 'listed', listingId, bucket, key } : undefined;
}

type Members = Readonly<Record<string, unknown>>;

function membersOf(value: unknown): Members {
  return Object(value ?? {}) as Members;
}
