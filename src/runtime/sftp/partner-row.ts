import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** Who writes a row: deployments, or operators while the system runs. */
export type ManagedBy = 'template' | 'operator';

/** What is stored of a partner. */
export interface PartnerRow {
  readonly name: string;
  /** JSON text of a `PartnerRecord`, as far as anybody knows. */
  readonly record?: string;
  readonly serverId?: string;
  readonly managedBy?: string;
  /** The resource of the template whose partner it is. */
  readonly resource?: string;
  /** An operator's switch, which no deployment turns. */
  readonly suspended: boolean;
  /** Counts changes; 0 where nothing here made the row. */
  readonly revision: number;
  /** Milliseconds since 1970. */
  readonly updatedAt?: number;
}

export type Item = Readonly<Record<string, AttributeValue | undefined>>;

/** Names of partners have no such sign, so that none is taken for the row of a key, or of a suspension. */
const KEY_ROW = 'key#';
const SUSPENSION_ROW = 'suspended#';

/** The primary key of the row of a partner. */
export function partnerKey(name: string): Record<string, AttributeValue> {
  return { partner: { S: name } };
}

/** The primary key of the row that says whose a key is. */
export function keyRowKey(fingerprint: string): Record<string, AttributeValue> {
  return { partner: { S: `${KEY_ROW}${fingerprint}` } };
}

/** The primary key of the row that is left of a partner which operators suspended before a deployment removed it. */
export function suspensionKey(name: string): Record<string, AttributeValue> {
  return { partner: { S: `${SUSPENSION_ROW}${name}` } };
}

/** Reads a row; whoever uses it says what it cannot do without. */
export function partnerRowOf(name: string, { record, serverId, managedBy, resource, suspended, revision, updatedAt }: Item): PartnerRow {
  return {
    name,
    record: record?.S,
    serverId: serverId?.S,
    managedBy: managedBy?.S,
    resource: resource?.S,
    // What cannot be told is suspended.
    suspended: suspended !== undefined && suspended.BOOL !== false,
    revision: Number(revision?.N ?? 0),
    ...updatedAt?.N === undefined ? {} : { updatedAt: Number(updatedAt.N) },
  };
}
