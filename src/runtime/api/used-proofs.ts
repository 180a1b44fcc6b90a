import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';

/** Proofs that were used, in a table of DynamoDB with the key `proof`. */
export class UsedProofs {
  /** @param unique makes a text that no other request has */
  constructor(private readonly client: Pick<DynamoDBClient, 'send'>, private readonly table: string, private readonly unique: () => string) {}

  /**
   * Marks a proof as used, and answers whether this was the first time.
   *
   * The client sends again what was not answered; the mark says which request made it, so that it does not take its own for another's.
   */
  public async takeOnce(proof: string, expiresSeconds: number): Promise<boolean> {
    const taker = this.unique();
    try {
      await this.client.send(new PutItemCommand({
        TableName: this.table,
        Item: { proof: { S: proof }, taker: { S: taker }, expires: { N: String(expiresSeconds) } },
        ConditionExpression: 'attribute_not_exists(proof) OR taker = :taker',
        ExpressionAttributeValues: { ':taker': { S: taker } },
      }));
      return true;
    } catch (error) {
      if ((error as Error).name === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  }
}
