import { Duration } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { Foundation, IFoundation } from '../foundation';
import { requireInteger, requireMatch, requireSeconds } from '../private';
import { IntegrationTable } from '../storage';
import { AuthorizerFunction } from './private/authorizer-function';
import { MacKey } from './private/mac-key';

/** Properties of a `BearerKeyAuthorizer`. */
export interface BearerKeyAuthorizerProps {
  /**
   * What every key starts with, from 2 to 16 lower-case letters and digits, a letter first. It says whose keys they are, to people and to
   * scanners that look for leaked ones.
   */
  readonly prefix: string;

  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;

  /**
   * How long API Gateway keeps an answer for the same key and route, up to a minute. A key that is revoked meanwhile is still let in for so
   * long.
   *
   * @default Duration.minutes(1)
   */
  readonly cacheTtl?: Duration;

  /**
   * Instances of the function that may run at once, from 1 to 1000; they are set aside for it from what the account has in the Region.
   *
   * @default 50
   */
  readonly reservedConcurrency?: number;
}

/**
 * Decides by a scoped bearer key, `Authorization: Bearer <key>`, which consumer calls, and whether it may.
 *
 * A key is let in when it is one of a consumer of the API, AWS KMS verifies it, it is not revoked, the consumer may call now and from there,
 * and has one of the route's scopes. A table holds a keyed hash in place of each key, and the key of that hash never leaves AWS KMS.
 *
 * One function serves any number of APIs, also of other stacks of the account and Region. The keys of their consumers live in its stack,
 * with some twenty resources for each consumer. Table and key outlive the stack.
 *
 * @example
 * const keys = new api.BearerKeyAuthorizer(this, 'Keys', { prefix: 'acme' });
 * const orders = new api.IntegrationApi(this, 'Orders');
 * orders.addRoute(api.HttpMethod.GET, '/orders', {
 *   integration: api.Integration.lambdaFunction(handler),
 *   authorization: api.Authorization.bearerKey(keys, 'orders:read'),
 * });
 * orders.addConsumer('globex', { access: api.ConsumerAccess.bearerKey(keys), scopes: ['orders:read'] });
 */
export class BearerKeyAuthorizer extends Construct {
  /** The function, for whatever this construct does not cover. */
  public readonly function: lambda.Function;

  /** Role by which API Gateway invokes the function, for every API. */
  public readonly invocationRole: iam.IRole;

  /** How long API Gateway keeps an answer. */
  public readonly cacheTtl: Duration;

  /** What every key starts with. */
  public readonly prefix: string;

  /** Where the keyed hashes of the keys are. */
  public readonly table: dynamodb.ITable;

  /** Key of the keyed hashes. */
  public readonly macKey: kms.IKey;

  /** @internal */
  public readonly _asked: AuthorizerFunction;

  /** @internal */
  public readonly _foundation: IFoundation;

  /** @internal */
  public readonly _tableKey: kms.IKey;

  constructor(scope: Construct, id: string, props: BearerKeyAuthorizerProps) {
    super(scope, id);

    const cacheTtl = props.cacheTtl ?? Duration.minutes(1);
    const reservedConcurrency = props.reservedConcurrency ?? 50;
    requireMatch(this, 'prefix', props.prefix, /^[a-z][a-z0-9]{1,15}$/, '2 to 16 lower-case letters and digits, a letter first', 'take for example the name of the company');
    requireSeconds(this, 'cacheTtl', cacheTtl, 0, 60);
    requireInteger(this, 'reservedConcurrency', reservedConcurrency, 1, 1000);
    this.cacheTtl = cacheTtl;
    this.prefix = props.prefix;

    this._foundation = props.foundation ?? Foundation.of(this);
    const rows = new IntegrationTable(this, 'Table', {
      foundation: this._foundation,
      partitionKey: { name: 'holder', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'credential', type: dynamodb.AttributeType.STRING },
    });
    this.table = rows.table;
    this._tableKey = rows.encryptionKey;
    this.macKey = new MacKey(this, 'MacKey', `Hashes the bearer keys of ${this.node.path}`);

    this._asked = new AuthorizerFunction(this, {
      foundation: this._foundation,
      reservedConcurrency,
      bundle: 'bearer-key-authorizer',
      judges: 'bearer keys',
      environment: { TABLE_NAME: this.table.tableName, MAC_KEY_ARN: this.macKey.keyArn, KEY_PREFIX: props.prefix },
      faults: 'the table or the key cannot be reached, or a consumer cannot be read',
      outsideVpc: 'the function calls AWS over TLS and reaches nothing inside a network',
    });
    this.function = this._asked.function;
    this.invocationRole = this._asked.invocationRole;
    rows.grant(this._asked.role, 'dynamodb:GetItem');
    // Whoever decides who is let in can make no key: that is for the function that rotates one.
    this.macKey.grant(this._asked.role, 'kms:VerifyMac');
  }

  /** URI by which API Gateway invokes the function. */
  public get invocationUri(): string {
    return this._asked.invocationUri;
  }
}
