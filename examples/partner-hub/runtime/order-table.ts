import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { OrderLine } from './order-line';

/** The lines that an order may have; the table is asked once. */
const MAX_LINES = 1000;

/** The table of order lines. */
export class OrderTable {
  constructor(private readonly tableName: string | undefined, private readonly client = new DynamoDBClient({})) {}

  /** Stores a line once; storing it again changes nothing. `source` says where it came from. */
  public async store({ orderId, sku, quantity }: OrderLine, source: string): Promise<void> {
    try {
      await this.client.send(new PutItemCommand({
        TableName: this.tableName,
        Item: { orderId: { S: orderId }, sku: { S: sku }, quantity: { N: String(quantity) }, deliveredAs: { S: source } },
        ConditionExpression: 'attribute_not_exists(orderId)',
      }));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  /** The lines of an order, none where there is no such order. */
  public async lines(orderId: string): Promise<OrderLine[]> {
    const { Items = [] } = await this.client.send(new QueryCommand({
      TableName: this.tableName,
      KeyConditionExpression: 'orderId = :orderId',
      ExpressionAttributeValues: { ':orderId': { S: orderId } },
      Limit: MAX_LINES,
      ConsistentRead: true,
    }));
    return Items.map(({ sku, quantity }) => ({ orderId, sku: sku.S!, quantity: Number(quantity.N) }));
  }
}
