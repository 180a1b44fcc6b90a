import { randomUUID } from 'node:crypto';
import { Answer, RunningBundle, SeenRequest } from './bundle';
import { TrustedServer } from './trusted-server';
import { scopeVariable } from '../../src/runtime/api/scope-variable';
import { clientKey, hashOf, jktOf } from '../runtime/api/proofs';
import { Signer, signer, token } from '../runtime/api/tokens';

const ISSUING = signer('RS256', 'rsa-1');
const HOLDING = clientKey();

const AMZ_JSON = { 'content-type': 'application/x-amz-json-1.0' };

/** Stands in for a table of proofs that were used, by the condition that the authorizer puts them with. */
export function tableOfProofs(marks: Map<string, string> = new Map()): (request: SeenRequest) => Answer {
  return ({ headers, body }) => {
    if (headers['x-amz-target'] !== 'DynamoDB_20120810.PutItem') throw new Error(`the table stands in for no ${String(headers['x-amz-target'])}`);
    const { Item, ConditionExpression } = JSON.parse(body) as { Item: Record<'proof' | 'taker', { S: string }>; ConditionExpression: string };
    if (ConditionExpression !== 'attribute_not_exists(proof) OR taker = :taker') throw new Error(`unknown condition ${ConditionExpression}`);
    const taker = marks.get(Item.proof.S);
    if (taker !== undefined && taker !== Item.taker.S) {
      return { status: 400, headers: AMZ_JSON, body: '{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"}' };
    }
    marks.set(Item.proof.S, Item.taker.S);
    return { status: 200, headers: AMZ_JSON, body: '{}' };
  };
}

/** What API Gateway hands over for a request with those headers. */
export function requestWith(headers: Readonly<Record<string, string>>) {
  return {
    type: 'REQUEST',
    methodArn: 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/live/GET/orders/4711',
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    stageVariables: { [scopeVariable('GET', '/orders/{id}')]: 'orders:read' },
    requestContext: { httpMethod: 'GET', resourcePath: '/orders/{id}', path: '/orders/4711' },
  };
}

/** `Allow`, `Deny` or the message of the error that API Gateway gets. */
export async function outcomeOf(bundle: RunningBundle, event: unknown): Promise<string> {
  try {
    return (await bundle.invoke(event) as { policyDocument: { Statement: Array<{ Effect: string }> } }).policyDocument.Statement[0].Effect;
  } catch (error) {
    return (error as Error).message;
  }
}

/** An issuer of bound tokens, and a client that makes proofs. */
export class DpopIssuer {
  public static async start(): Promise<DpopIssuer> {
    return new DpopIssuer(await TrustedServer.start((_url, response) => void response.end(JSON.stringify({ keys: [ISSUING.jwk] }))));
  }

  private constructor(private readonly server: TrustedServer) {}

  /** Variables of a function that takes tokens of this issuer for `https://api.example.com`. */
  public get variables(): Record<string, string> {
    const issuers = [{ issuer: this.server.origin, audiences: ['orders'], jwksUri: `${this.server.origin}/keys` }];
    return { ISSUERS: JSON.stringify(issuers), ORIGINS: '["https://api.example.com"]', ...this.server.variables };
  }

  /** A token that is bound to the client's key. */
  public token(): string {
    const seconds = Math.floor(Date.now() / 1000);
    const cnf = { jkt: jktOf(HOLDING) };
    return token(ISSUING, { iss: this.server.origin, aud: 'orders', sub: 'user-7', scope: 'orders:read', iat: seconds, exp: seconds + 300, cnf });
  }

  /** A proof for `GET https://api.example.com/orders/4711`. */
  public proof(text: string, key: Signer = HOLDING): string {
    const claims = { jti: randomUUID(), htm: 'GET', htu: 'https://api.example.com/orders/4711', iat: Math.floor(Date.now() / 1000), ath: hashOf(text) };
    return token(key, claims, { typ: 'dpop+jwt', kid: undefined, jwk: key.jwk });
  }

  /** A request with a token and a proof for it. */
  public request(text = this.token(), proof = this.proof(text)) {
    return requestWith({ Authorization: `DPoP ${text}`, DPoP: proof });
  }

  public async stop(): Promise<void> {
    await this.server.stop();
  }
}

/** Everything that an authorizer with DPoP does in AWS: a request with a good proof, and the same again. */
export async function exerciseDpop(bundle: RunningBundle, issuer: DpopIssuer): Promise<void> {
  const event = issuer.request();
  const outcomes = [await outcomeOf(bundle, event), await outcomeOf(bundle, event)];
  if (outcomes.join() !== 'Allow,Unauthorized') throw new Error(`the authorizer answered ${outcomes.join()} to a request and its replay`);
}
