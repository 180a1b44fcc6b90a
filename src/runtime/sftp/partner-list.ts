import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { partnerKey, PartnerRow, partnerRowOf } from './partner-row';

/** Items that are looked at for one page. */
const PAGE_ITEMS = 200;

/** A page of partners, in no order. */
export interface PartnerPage {
  readonly rows: readonly PartnerRow[];
  /** Where to go on; absent after the last page. */
  readonly next?: string;
}

/** Lists what is stored of partners, and leaves out the rows of their keys. */
export async function listPartners(client: Pick<DynamoDBClient, 'send'>, table: string, after?: string): Promise<PartnerPage> {
  const { Items = [], LastEvaluatedKey } = await client.send(new ScanCommand({
    TableName: table,
    ConsistentRead: true,
    Limit: PAGE_ITEMS,
    FilterExpression: 'attribute_exists(serverId)',
    ...after !== undefined && { ExclusiveStartKey: partnerKey(after) },
  }));
  const next = LastEvaluatedKey?.partner?.S;
  return {
    rows: Items.map((item) => partnerRowOf(item.partner.S!, item)),
    ...next !== undefined && { next },
  };
}
