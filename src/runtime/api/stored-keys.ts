import { AttributeValue, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { KMSClient, VerifyMacCommand } from '@aws-sdk/client-kms';
import { BearerKey, BearerKeyId, macMessageOf } from './bearer-key';
import { unless } from '../shared/error-name';

/** What is stored of a key that works. */
export interface StoredKey {
  /** MAC of the key. */
  readonly verifier: Buffer;
  /** Key of API Gateway by which the consumer's requests are counted. */
  readonly planKey: string;
}

/** A row that no rotation writes; it holds nothing to log. */
export class UnusableRow extends Error {
  public override readonly name = 'UnusableRow';
}

/** 256 bits in base64. */
const VERIFIER = /^[A-Za-z0-9+/]{43}=$/;

/** API Gateway takes values from 20 to 128 characters (API Reference, "CreateApiKey", value). */
const PLAN_KEY = /^[\x21-\x7e]{20,128}$/;

/** The table of stored keys, of which it may read one row at a time. */
export class KeyTable {
  constructor(private readonly client: Pick<DynamoDBClient, 'send'>, private readonly tableName: string) {}

  /** What is stored of a key; says so if there is nothing, or if the key was disabled. @throws UnusableRow */
  public async find({ holder, credential }: BearerKeyId): Promise<StoredKey | 'unknown-key' | 'disabled-key'> {
    const { Item } = await this.client.send(new GetItemCommand({
      TableName: this.tableName,
      Key: { holder: { S: holder }, credential: { S: credential } },
      // A key that was disabled a moment ago must be seen as such.
      ConsistentRead: true,
      ProjectionExpression: 'verifier, planKey, disabledAt',
    }));
    if (!Item) return 'unknown-key';
    return Item.disabledAt ? 'disabled-key' : storedKeyOf(Item);
  }
}

/** The key of KMS by which stored keys are checked, of which it may verify MACs and make none. */
export class MacKey {
  constructor(private readonly client: Pick<KMSClient, 'send'>, private readonly keyArn: string) {}

  /** Whether `mac` is the MAC of a key. */
  public async verifies(key: BearerKey, mac: Buffer): Promise<boolean> {
    const verified = await unless('KMSInvalidMacException', this.client.send(new VerifyMacCommand({
      KeyId: this.keyArn, MacAlgorithm: 'HMAC_SHA_256', Message: macMessageOf(key), Mac: mac,
    })));
    return verified?.MacValid === true;
  }
}

function storedKeyOf({ verifier, planKey }: Readonly<Record<string, AttributeValue>>): StoredKey {
  if (!VERIFIER.test(verifier?.S ?? '') || !PLAN_KEY.test(planKey?.S ?? '')) throw new UnusableRow('the row of a key has no verifier or no plan key');
  return { verifier: Buffer.from(verifier.S!, 'base64'), planKey: planKey.S! };
}
