import { createHmac } from 'node:crypto';
import { BearerKey, writeBearerKey } from '../../../src/runtime/api/bearer-key';

/** What KMS never gives away. */
const MAC_SECRET = 'the key that KMS keeps';

/** Plan keys are secrets of a kind too, so none may be in a log. */
export const PLAN_KEY = 'CANARYplanKey0123456789';

export type ServiceAnswer = { readonly output: unknown } | { readonly error: string; readonly message: string };

/** An item as DynamoDB holds it. */
export type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Stands in for the table of keys and the key of KMS; blobs are base64, as they are on the wire. */
export class KeyService {
  public readonly calls: Array<{ readonly operation: string; readonly input: any }> = [];
  /** What an operation does instead of its work. */
  public readonly failures = new Map<string, ServiceAnswer>();
  private readonly items = new Map<string, Item>();

  /** Stores a key as the rotator does. */
  public store(key: BearerKey, changes: Item = {}): void {
    const item: Item = {
      holder: { S: key.holder },
      credential: { S: key.credential },
      secretArn: { S: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:acme-AbCdEf' },
      version: { S: 'v1' },
      createdAt: { N: '1795500000000' },
      verifier: { S: macOf(writeBearerKey(key).slice(0, -8)) },
      planKey: { S: PLAN_KEY },
      ...changes,
    };
    this.items.set(`${key.holder}/${key.credential}`, Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)));
  }

  public answer(operation: string, input: any): ServiceAnswer {
    this.calls.push({ operation, input });
    const failure = this.failures.get(operation);
    if (failure) return failure;
    switch (operation) {
      case 'GetItem': return { output: this.getItem(input) };
      case 'VerifyMac':
        return input.Mac === macOf(Buffer.from(input.Message, 'base64').toString())
          ? { output: { KeyId: input.KeyId, MacAlgorithm: input.MacAlgorithm, MacValid: true } }
          // KMS has no message for it; one that quotes what was sent must not get into a log.
          : { error: 'KMSInvalidMacException', message: `CANARY ${input.Mac}` };
      default: return { error: 'UnknownOperationException', message: operation };
    }
  }

  private getItem({ Key: { holder, credential }, ProjectionExpression }: any): { readonly Item?: Item } {
    const item = this.items.get(`${holder.S}/${credential.S}`);
    const wanted = (ProjectionExpression as string).split(', ');
    return item ? { Item: Object.fromEntries(Object.entries(item).filter(([name]) => wanted.includes(name))) } : {};
  }
}

function macOf(message: string): string {
  return createHmac('sha256', MAC_SECRET).update(message).digest('base64');
}
