import { createHash } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Issued } from './adapter';

/** What a table holds in place of a credential, so that whoever reads it can check the credential and not use it. */
export interface Entry {
  readonly verifier: string;
  /** Value of the key of API Gateway by which the holder is metered; it opens nothing. */
  readonly planKey?: string;
}

/** A row of the table: whose credential, for which version of which secret, and since when. */
export interface CredentialRow extends Issued, Entry {
  /** Sort key, and no secret. */
  readonly id: string;
  readonly holder: string;
  readonly secretArn: string;
  /** Milliseconds since 1970 at which the credential was taken out of use; whoever checks credentials refuses such a row. */
  readonly disabledAt?: number;
}

type Item = Record<string, AttributeValue>;

/** Ten hexadecimal digits that stand for a version of a secret: whatever is repeated for the version finds the same row. */
export function credentialOf(secretArn: string, version: string): string {
  return createHash('sha256').update(`${secretArn}\n${version}`).digest('hex').slice(0, 10);
}

/** The primary key of a row. */
export function keyOf(holder: string, id: string): Item {
  return { holder: { S: holder }, credential: { S: id } };
}

/** Writes a row as DynamoDB keeps it. */
export function itemOf({ holder, id, secretArn, version, createdAt, verifier, planKey, disabledAt }: CredentialRow): Item {
  return {
    ...keyOf(holder, id),
    secretArn: { S: secretArn },
    version: { S: version },
    createdAt: { N: String(createdAt) },
    verifier: { S: verifier },
    ...planKey === undefined ? {} : { planKey: { S: planKey } },
    ...disabledAt === undefined ? {} : { disabledAt: { N: String(disabledAt) } },
  };
}

/**
 * Reads a row; undefined for an item that lacks what a row needs.
 *
 * A row without a date counts as new, so that it is never old. One that was disabled at a time that cannot be told counts as disabled just now.
 */
export function tryRowOf(item: Item | undefined): CredentialRow | undefined {
  const { holder, credential, secretArn, version, createdAt, verifier, planKey, disabledAt } = item ?? {};
  if (!holder?.S || !credential?.S || !secretArn?.S || !version?.S || !verifier?.S) return undefined;
  return {
    holder: holder.S,
    id: credential.S,
    secretArn: secretArn.S,
    version: version.S,
    createdAt: dateOf(createdAt),
    verifier: verifier.S,
    ...planKey?.S === undefined ? {} : { planKey: planKey.S },
    ...disabledAt === undefined ? {} : { disabledAt: dateOf(disabledAt) },
  };
}

function dateOf(attribute: AttributeValue | undefined): number {
  const date = Number(attribute?.N);
  return Number.isFinite(date) ? date : Infinity;
}
