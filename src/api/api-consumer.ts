import { Duration } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ConsumerAccess } from './consumer-access';
import { ConsumerMethodLimit, ConsumerQuota } from './consumer-limits';
import { ConsumerAlarms } from './private/consumer-alarms';
import { requireConsumer } from './private/consumer-checks';
import { ConsumerHost } from './private/consumer-host';
import { RoleGrants } from './private/consumer-role';
import { consumerVariable, settingsText } from './private/consumer-settings';
import { surgeOf, usagePlanOf } from './private/usage-plan';
import { Route } from './route';
import { RotatingSecret } from '../secrets';

/** Properties of a consumer of an `IntegrationApi`. */
export interface ApiConsumerProps {
  /** How the consumer proves who it is. */
  readonly access: ConsumerAccess;

  /**
   * Requests per second, over all routes that require a key, from 1 to 10000. API Gateway counts on a best-effort basis.
   *
   * @default 10
   */
  readonly rateLimit?: number;

  /**
   * Requests at once above the rate, from 1 to 5000.
   *
   * @default 20
   */
  readonly burstLimit?: number;

  /**
   * Requests in a day, a week or a month.
   *
   * @default - as many as the rate lets through
   */
  readonly quota?: ConsumerQuota;

  /**
   * Lower limits on single routes.
   *
   * @default - the limits on all routes
   */
  readonly methodLimits?: ConsumerMethodLimit[];

  /**
   * Ranges of addresses that the consumer may call from, of both versions of the protocol, in CIDR notation.
   *
   * @default - any address
   */
  readonly cidrs?: string[];

  /**
   * What the consumer may have: of a bearer key, all that it is good for; of tokens, the most that is taken from them. Letters, digits and
   * `-._~:/?#=`.
   *
   * @default - what a token says; required for bearer keys, left out for a role
   */
  readonly scopes?: string[];

  /**
   * First day on which the consumer may no longer call, `YYYY-MM-DD`, from its start at 00:00 UTC on. The secret's alarm `Due` warns of it from
   * 30 days before.
   *
   * @default - it may call until it is suspended or removed
   */
  readonly expires?: string;

  /**
   * Lets the consumer in nowhere, while its key, its plan and its secret stay.
   *
   * @default false
   */
  readonly suspended?: boolean;

  /**
   * Time between two rotations of the key, from 1 to 90 days.
   *
   * @default Duration.days(30)
   */
  readonly rotateEvery?: Duration;

  /**
   * How long the previous key still works once there is a new one, from 5 minutes to less than half of `rotateEvery`.
   *
   * @default - one day, or a quarter of rotateEvery where that is less
   */
  readonly overlap?: Duration;

  /**
   * Requests of the consumer that were refused (401, 403, 429), in five minutes, that raise an alarm.
   *
   * @default 10
   */
  readonly maxDenials?: number;

  /**
   * Requests of the consumer, in five minutes, that raise an alarm.
   *
   * @default - four fifths of what rateLimit lets through
   */
  readonly surgeAt?: number;

  /**
   * How long the consumer may be silent before an alarm is raised, in whole hours from 1 hour to 7 days. It is on until the first request,
   * and there is none while the consumer is suspended.
   *
   * @default Duration.days(1)
   */
  readonly silence?: Duration;
}

/**
 * Somebody who calls an `IntegrationApi`, with limits, a key that is rotated, and alarms of its own. Made by `IntegrationApi.addConsumer`.
 *
 * Secret and key outlive the stack.
 *
 * @example
 * declare const orders: api.IntegrationApi;
 * declare const partners: api.OidcAuthorizer;
 * declare const portal: iam.IRole;
 * const acme = orders.addConsumer('acme', {
 *   access: api.ConsumerAccess.apiKeyWithToken(partners, 'acme-client'),
 *   cidrs: ['192.0.2.0/24'],
 *   expires: '2027-06-30',
 * });
 * acme.grantReadKey(portal);
 */
export class ApiConsumer extends Construct {
  /** @internal */
  public static _of(host: ConsumerHost, name: string, props: ApiConsumerProps): ApiConsumer {
    return new ApiConsumer(host, name, props);
  }

  /** The secret with the consumer's key. */
  public readonly secret: RotatingSecret;

  /** What limits the consumer; it has no stage while the consumer is suspended. */
  public readonly usagePlan: apigateway.UsagePlan;

  /** Alarms on a surge, on denials and on silence. */
  public readonly alarms: cloudwatch.Alarm[];

  private readonly grants: RoleGrants;

  private constructor(host: ConsumerHost, name: string, props: ApiConsumerProps) {
    super(host.api, name);

    const access = props.access._bound;
    const suspended = props.suspended ?? false;
    requireConsumer(this, props, access);
    const identity = access.identity(this);
    host.callers.takeKeysFrom(this, "'access'", access.keySource, `consumer '${name}'`);
    host.callers.claim(this, access.role?.roleArn ?? JSON.stringify(identity));
    if (!access.role) {
      const settings = { name, identity, suspended, cidrs: props.cidrs, expires: props.expires, scopes: props.scopes };
      host.callers.tell(this, 'name', { [consumerVariable(name)]: settingsText(this, settings) });
    }
    this.grants = new RoleGrants(this, host, access, { cidrs: props.cidrs, expires: props.expires, suspended });

    this.usagePlan = usagePlanOf(this, host, props);
    this.secret = access.secret(this, {
      usagePlan: this.usagePlan, foundation: host.foundation, rotateEvery: props.rotateEvery, overlap: props.overlap, expires: props.expires,
    });
    this.alarms = new ConsumerAlarms(this, 'Alarms', {
      apiName: host.apiName,
      consumerName: name,
      foundation: host.foundation,
      accessLogGroup: host.accessLogGroup,
      role: access.role,
      surgeAt: props.surgeAt ?? surgeOf(props),
      maxDenials: props.maxDenials ?? 10,
      silence: suspended ? undefined : props.silence ?? Duration.days(1),
    }).alarms;

    this.node.addValidation({
      validate: () => (host.callers.isAsked(access) ? []
        : [`'access' must be what a route asks for together with a key, got no such route; add one with ${access.routeOptions}`]),
    });
  }

  /** Lets `grantee`, of the secret's account, read the consumer's key. */
  public grantReadKey(grantee: iam.IGrantable): iam.Grant {
    return this.secret.grantRead(grantee);
  }

  /**
   * Lets the consumer's role call routes, from the addresses and until the day that the consumer has; nothing while it is suspended. What the
   * role may call by other policies of its own is not bound by these.
   */
  public grantInvoke(...routes: Route[]): iam.Grant {
    return this.grants.grant(routes);
  }
}
