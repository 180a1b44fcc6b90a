import { DynamoDBClient, QueryCommand, QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { CredentialRow, tryRowOf } from '../secrets/credential-row';
import { SCRYPT_COST, ScryptCost, verifyPassword } from '../secrets/password-verifier';

/**
 * Verifiers that a password is tried against: of the current password, of the previous one during the overlap, and of one that is about to be
 * current. Each costs a fifth of a second of one processor.
 */
export const TRIED = 3;

/** Rows of a partner that are read at most; a page of a query has a megabyte, some thousands of them. */
const MAX_PAGES = 5;

/** What came of trying a password. */
export interface Tried {
  readonly matches: boolean;
  /** Verifiers that are none. */
  readonly unusable: number;
}

export interface PasswordsOptions {
  /** May query the table. */
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly tableName: string;
  /** What a verifier costs that is stored. */
  readonly cost?: ScryptCost;
}

/** The table of verifiers, which `RotationStrategy.sftpPassword` writes. */
export class Passwords {
  /** Of no password, and as costly as one that is stored. */
  private readonly decoy: string;

  constructor(private readonly options: PasswordsOptions) {
    const { log2N, r, p } = options.cost ?? SCRYPT_COST;
    this.decoy = ['scrypt', log2N, r, p, 'A'.repeat(22), 'A'.repeat(43)].join('$');
  }

  /** Verifiers of a partner's passwords, the newest first; not of those that were taken out of use. */
  public async verifiersOf(name: string): Promise<readonly string[]> {
    const rows: CredentialRow[] = [];
    let next: QueryCommandOutput['LastEvaluatedKey'];
    for (let page = 0; page < MAX_PAGES; page++) {
      const { Items = [], LastEvaluatedKey } = await this.options.client.send(new QueryCommand({
        TableName: this.options.tableName,
        KeyConditionExpression: 'holder = :holder',
        ExpressionAttributeValues: { ':holder': { S: name } },
        ConsistentRead: true, // a password that was taken out of use a moment ago must be seen as such
        ...next && { ExclusiveStartKey: next },
      }));
      rows.push(...Items.map(tryRowOf).filter((row) => row !== undefined));
      next = LastEvaluatedKey;
      if (!next) break;
    }
    return rows.filter(({ disabledAt }) => disabledAt === undefined).sort((one, other) => other.createdAt - one.createdAt)
      .slice(0, TRIED).map(({ verifier }) => verifier);
  }

  /** Tries a password against every verifier. Computes as much whichever matches, and however many there are. */
  public try(password: string, verifiers: readonly string[]): Tried {
    let matches = false;
    let unusable = 0;
    for (let index = 0; index < TRIED; index++) {
      const verifier = verifiers[index];
      try {
        if (verifyPassword(password, verifier ?? this.decoy) && verifier !== undefined) matches = true;
      } catch {
        unusable += 1;
        verifyPassword(password, this.decoy);
      }
    }
    return { matches, unusable };
  }
}
