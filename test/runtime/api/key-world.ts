import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { KeyService } from './key-service';
import { event, NOW } from './world';
import { BearerKey, generateBearerKey, writeBearerKey } from '../../../src/runtime/api/bearer-key';
import { BearerKeyAnswer, bearerKeyAuthorizer } from '../../../src/runtime/api/bearer-key-authorizer';
import { KeyTable, MacKey } from '../../../src/runtime/api/stored-keys';
import { ServiceError } from '../secrets/harness/service';

export const MAC_KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f';
export const TABLE_NAME = 'keys';

/** Key of Acme, whose secret part is easy to find. */
export const KEY: BearerKey = generateBearerKey({ prefix: 'acme', holder: '0a1b2c3d4e', credential: 'aaaaaaaaaa' }, (size) => Buffer.alloc(size, 0xc5));
export const SECRET = KEY.secret;

/** Settings of Acme as the stage has them. */
export const CONSUMER = `name=acme&holder=${KEY.holder}&from=192.0.2.0/24&until=2027-06-30&scopes=orders:read,orders:write`;

/** The same without an end, for a clock that nobody sets. */
export const ENDLESS = CONSUMER.replace('&until=2027-06-30', '');

/** Another key of the same form. */
export const keyLike = (changes: Partial<BearerKey>): BearerKey => ({ ...KEY, ...changes });

/** How a request differs from one that is let through. */
export interface Changes { readonly consumer?: string; readonly scopes?: string; readonly sourceIp?: string }

/** What the gateway hands over for `GET /orders/{id}`, called by Acme from its network. */
export function keyEvent(authorization: string | undefined, changes: Changes = {}): APIGatewayRequestAuthorizerEvent {
  const { consumer = CONSUMER, scopes = 'orders:read,orders:admin', sourceIp = '192.0.2.7' } = changes;
  const base = event(authorization);
  const [scopeVariable] = Object.keys(base.stageVariables!);
  return {
    ...base,
    stageVariables: { [scopeVariable]: scopes, consumer_0123456789abcdef: consumer },
    requestContext: { ...base.requestContext, identity: { sourceIp } as never },
  };
}

/** The authorizer, its table and key, and a clock. */
export class KeyWorld {
  public readonly service = new KeyService();
  public readonly logged: Array<Readonly<Record<string, string>>> = [];
  public milliseconds = NOW;
  public readonly handler: (event: APIGatewayRequestAuthorizerEvent) => Promise<BearerKeyAnswer>;

  constructor() {
    const client = { send: this.send.bind(this) } as never;
    this.service.store(KEY);
    this.handler = bearerKeyAuthorizer('acme', {
      table: new KeyTable(client, TABLE_NAME),
      macKey: new MacKey(client, MAC_KEY_ARN),
      now: () => new Date(this.milliseconds),
      log: (entry) => void this.logged.push(entry),
    });
  }

  /** `allow`, `deny` or the message of the error that the gateway gets. */
  public async outcome(request: APIGatewayRequestAuthorizerEvent): Promise<string> {
    try {
      return (await this.handler(request)).policyDocument.Statement[0].Effect.toLowerCase();
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** The same for a key in its header. */
  public bearing(key: BearerKey, changes?: Changes): Promise<string> {
    return this.outcome(keyEvent(`Bearer ${writeBearerKey(key)}`, changes));
  }

  private async send(command: { readonly constructor: { readonly name: string }; readonly input: object }): Promise<unknown> {
    const input = Object.fromEntries(Object.entries(command.input).map(([name, value]) => [name, Buffer.isBuffer(value) ? value.toString('base64') : value]));
    const answer = this.service.answer(command.constructor.name.replace(/Command$/, ''), input);
    if ('error' in answer) throw new ServiceError(answer.error, answer.message);
    return answer.output;
  }
}
