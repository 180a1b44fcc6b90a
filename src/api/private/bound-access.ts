import { Duration, Stack, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { IFoundation } from '../../foundation';
import { ConfigurationError } from '../../private';
import { RotatingSecret, RotationStrategy } from '../../secrets';
import { BearerKeyAuthorizer } from '../bearer-key-authorizer';
import { OidcAuthorizer } from '../oidc-authorizer';
import { pathHash } from './path-hash';

/** What the key of a consumer is made with. */
export interface KeyProps {
  readonly usagePlan: apigateway.UsagePlan;
  readonly foundation: IFoundation;
  readonly rotateEvery?: Duration;
  readonly overlap?: Duration;
  readonly expires?: string;
}

/** One way to prove who a consumer is. */
export interface BoundAccess {
  /** Where the API takes keys of API Gateway from. */
  readonly keySource: apigateway.ApiKeySourceType;
  /** The construct that judges; IAM where there is none. */
  readonly judge?: IConstruct;
  /** How a route asks for it, as errors say it. */
  readonly routeOptions: string;
  /** Whether `scopes` has to be there, may be, or would mean nothing. */
  readonly scopes: 'needed' | 'taken' | 'refused';
  /** Role that signs, where one does. */
  readonly role?: iam.IRole;
  /** By what the authorizer knows the consumer, as the stage variable has it; nothing for a role. Refuses what it could not know. */
  identity(consumer: Construct): ReadonlyArray<readonly [key: string, value: string]>;
  /** Makes the secret with the consumer's key. */
  secret(consumer: Construct, props: KeyProps): RotatingSecret;
}

/** Scoped bearer keys. */
export function byBearerKey(keys: BearerKeyAuthorizer): BoundAccess {
  return {
    keySource: apigateway.ApiKeySourceType.AUTHORIZER,
    judge: keys,
    routeOptions: 'Authorization.bearerKey of the same authorizer',
    scopes: 'needed',
    identity: (consumer) => [['holder', holderOf(consumer)]],
    secret: (consumer, { usagePlan, rotateEvery, overlap, expires }) => {
      const holder = holderOf(consumer);
      // Below the authorizer, whose key policy names who makes hashes: it could name no role of a stack that depends on its own.
      const home = new Construct(keys, `${consumer.node.id}-${holder}`);
      const meteringKey = new apigateway.ApiKey(home, 'MeteringKey', { description: `Meters ${consumer.node.path}, and opens nothing` });
      usagePlan.addApiKey(meteringKey);
      const strategy = RotationStrategy.bearerKey({
        table: keys.table, tableKey: keys._tableKey, macKey: keys.macKey, holder, prefix: keys.prefix, meteringKeyId: meteringKey.keyId,
      });
      return new RotatingSecret(home, 'Secret', { strategy, foundation: keys._foundation, rotateEvery, overlap, expires });
    },
  };
}

/** A key of API Gateway beside tokens of an OAuth client. */
export function byToken(authorizer: OidcAuthorizer, clientId: string, issuer?: string): BoundAccess {
  return {
    keySource: apigateway.ApiKeySourceType.HEADER,
    judge: authorizer,
    routeOptions: "Authorization.oidc of the same authorizer and 'requireApiKey'",
    scopes: 'taken',
    identity: (consumer) => [['issuer', issuerOf(consumer, authorizer, issuer)], ['client', clientId]],
    secret: keyOfApiGateway,
  };
}

/** A key of API Gateway beside signatures of a role. */
export function byRole(role: iam.IRole): BoundAccess {
  return {
    keySource: apigateway.ApiKeySourceType.HEADER,
    routeOptions: "Authorization.iam and 'requireApiKey'",
    scopes: 'refused',
    role,
    identity: (consumer) => {
      requireOwnAccount(consumer, role);
      return [];
    },
    secret: keyOfApiGateway,
  };
}

/** What all keys of a bearer consumer start with behind their prefix; the rotating function reaches the rows of it alone. */
function holderOf(consumer: Construct): string {
  return pathHash(consumer, 10);
}

function keyOfApiGateway(consumer: Construct, { usagePlan, ...props }: KeyProps): RotatingSecret {
  const { foundation, rotateEvery, overlap, expires } = props;
  const strategy = RotationStrategy.apiGatewayKey(usagePlan);
  return new RotatingSecret(consumer, 'Secret', { strategy, foundation, rotateEvery, overlap, expires });
}

function issuerOf(consumer: Construct, authorizer: OidcAuthorizer, issuer: string | undefined): string {
  const known = authorizer._issuers;
  if (issuer === undefined && known.length === 1) return known[0];
  if (issuer !== undefined && (known.includes(issuer) || [issuer, ...known].some((each) => Token.isUnresolved(each)))) return issuer;
  throw new ConfigurationError(consumer,
    `'issuer' must be one of the authorizer's (${known.join(', ')}), got ${issuer === undefined ? 'none' : `'${issuer}'`}; say who issues the client's tokens`);
}

/** Requests of another account need a resource policy besides, and no grant of here binds its roles. */
function requireOwnAccount(consumer: Construct, role: iam.IRole): void {
  const { account } = Stack.of(consumer);
  const other = role.principalAccount;
  if (other === undefined || [other, account].some((each) => Token.isUnresolved(each)) || other === account) return;
  throw new ConfigurationError(consumer, `'role' must be of account ${account}, got one of ${other}; give that account a role here to assume, or another access`);
}
