import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { signer } from './tokens';
import { Issuer, parseIssuers } from '../../../src/runtime/api/issuers';
import { oidcAuthorizer } from '../../../src/runtime/api/oidc-authorizer';
import { scopeVariable } from '../../../src/runtime/api/scope-variable';
import { SenderConstraint } from '../../../src/runtime/api/sender-constraint';

export const ISSUER = 'https://login.example.com/tenant';
export const OTHER_ISSUER = 'https://id.example.org/';
export const AUDIENCE = 'https://api.example.com';
export const NOW = Date.parse('2026-11-24T12:00:00Z');

/** One whose keys are at a place that is configured, one whose keys are found by discovery. */
export const ISSUERS = parseIssuers(JSON.stringify([
  { issuer: ISSUER, audiences: [AUDIENCE, 'orders'], jwksUri: `${ISSUER}/keys` },
  { issuer: OTHER_ISSUER, audiences: [AUDIENCE] },
]));

export const RSA = signer('RS256', 'rsa-1');
export const EC = signer('ES256', 'ec-1');
export const ED = signer('EdDSA', 'ed-1');

/** Claims of a good token; undefined removes one. */
export function claims(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const seconds = NOW / 1000;
  return { iss: ISSUER, aud: AUDIENCE, sub: 'user-7', client_id: 'partner-app', scope: 'orders:read orders:write', iat: seconds - 60, exp: seconds + 600, ...changes };
}

/** What the gateway hands over for `GET /orders/{id}`. */
export function event(authorization: string | undefined, changes: Readonly<Record<string, unknown>> = {}): APIGatewayRequestAuthorizerEvent {
  return {
    type: 'REQUEST',
    methodArn: 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/live/GET/orders/4711',
    headers: authorization === undefined ? {} : { Authorization: authorization },
    multiValueHeaders: authorization === undefined ? {} : { Authorization: [authorization] },
    stageVariables: { [scopeVariable('GET', '/orders/{id}')]: 'orders:read,orders:admin' },
    requestContext: { httpMethod: 'GET', resourcePath: '/orders/{id}' },
    ...changes,
  } as unknown as APIGatewayRequestAuthorizerEvent;
}

/** Issuers, their servers and a clock, without a network. */
export class World {
  public readonly fetched: string[] = [];
  public readonly logged: Array<Readonly<Record<string, string>>> = [];
  /** What a URL answers; an error is thrown. */
  public readonly documents = new Map<string, unknown>([
    [`${ISSUER}/keys`, { keys: [RSA.jwk, EC.jwk, ED.jwk] }],
    ['https://id.example.org/.well-known/openid-configuration', { issuer: OTHER_ISSUER, jwks_uri: 'https://keys.example.org/set?tenant=1' }],
    ['https://keys.example.org/set?tenant=1', { keys: [EC.jwk] }],
  ]);

  public milliseconds = NOW;
  public readonly handler: ReturnType<typeof oidcAuthorizer>;

  constructor(issuers: readonly Issuer[] = ISSUERS, constraint?: SenderConstraint) {
    this.handler = oidcAuthorizer(issuers, this.ports(), constraint);
  }

  public ports() {
    return {
      now: () => new Date(this.milliseconds),
      fetchJson: async (url: string) => {
        this.fetched.push(url);
        await new Promise(setImmediate); // later than any other request of the same moment
        const document = this.documents.get(url);
        if (document instanceof Error) throw document;
        return document === undefined ? undefined : JSON.parse(JSON.stringify(document)) as unknown;
      },
      log: (entry: Readonly<Record<string, string>>) => void this.logged.push(entry),
    };
  }

  /** `allow`, `deny` or the message of the error that the gateway gets. */
  public async outcome(request: APIGatewayRequestAuthorizerEvent): Promise<string> {
    try {
      return (await this.handler(request)).policyDocument.Statement[0].Effect.toLowerCase();
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** The same for a token in its header. */
  public bearing(text: string): Promise<string> {
    return this.outcome(event(`Bearer ${text}`));
  }

  /** Reasons that were logged. */
  public get reasons(): string[] {
    return this.logged.map(({ reason }) => reason);
  }
}
