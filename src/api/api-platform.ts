import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ApiPlatformAttributes } from './api-platform-attributes';
import { IApiPlatform } from './api-platform-ref';
import { ApiAlarms } from './private/api-alarms';
import { ApiDashboard } from './private/api-dashboard';
import { WebAcl } from './web-acl';
import { IWebAcl } from './web-acl-ref';
import { WebhookAcl } from './webhook-acl';
import { Foundation, IFoundation } from '../foundation';
import { ConfigurationError, requireInteger, requireSeconds } from '../private';
import { acknowledgeInPacks } from '../private/nag';
import { EncryptedLogGroup } from '../storage';

const DEFAULT_ID = 'ApiPlatform';

/** Properties of an `ApiPlatform`. */
export interface ApiPlatformProps {
  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;

  /**
   * Web ACL in front of every API that takes no raw bodies.
   *
   * @default - a `WebAcl` with its defaults
   */
  readonly webAcl?: IWebAcl;

  /**
   * Web ACL in front of every API with `rawBodies`.
   *
   * @default - a `WebhookAcl` with its defaults, made for the first of them
   */
  readonly webhookAcl?: IWebAcl;

  /**
   * How long a logged request is kept.
   *
   * @default logs.RetentionDays.ONE_YEAR
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Sets the role by which API Gateway writes logs. It is one for the whole account in a Region: leave it to one platform, or to whoever
   * set it already.
   *
   * @default true
   */
  readonly setAccountLogRole?: boolean;

  /**
   * Answers of one API with a status of 500 and above, in five minutes, that raise an alarm.
   *
   * @default 5
   */
  readonly maxServerErrors?: number;

  /**
   * Answers of one API with a status of 400 to 499, in five minutes, that raise an alarm.
   *
   * @default 500
   */
  readonly maxClientErrors?: number;

  /**
   * Requests to one API that were refused for who asked (401, 403), in five minutes, that raise an alarm.
   *
   * @default 100
   */
  readonly maxRefusals?: number;

  /**
   * Requests to one API that were refused for their rate (429), in five minutes, that raise an alarm.
   *
   * @default 100
   */
  readonly maxThrottled?: number;

  /**
   * Average time that one API takes to answer, for fifteen minutes, that raises an alarm; from 1 to 30 seconds.
   *
   * @default Duration.seconds(5)
   */
  readonly maxLatency?: Duration;
}

/**
 * What all APIs of an environment share: the web ACL, the log of requests, alarms on every API, a dashboard, and the role by which API
 * Gateway writes logs.
 *
 * An alarm asks the metrics of every API of the account and Region, and tells for each API apart, so that the hundredth API is watched from
 * its first request and costs no further alarm.
 *
 * @example
 * const platform = new api.ApiPlatform(this, 'Apis', { maxLatency: Duration.seconds(2) });
 * new api.IntegrationApi(this, 'Orders', { platform });
 */
export class ApiPlatform extends Construct implements IApiPlatform {
  /** The platform of a foundation: the one with the id `ApiPlatform` below it, or else a new one. */
  public static of(foundation: IFoundation): IApiPlatform {
    const existing = foundation.node.tryFindChild(DEFAULT_ID);
    if (existing instanceof ApiPlatform) return existing;
    if (existing) {
      throw new ConfigurationError(foundation, `'${DEFAULT_ID}' must be an ApiPlatform, got another construct of that id; rename that, or pass a platform`);
    }
    return new ApiPlatform(foundation as unknown as Construct, DEFAULT_ID, { foundation });
  }

  /** Refers to the platform of another app of the same account and Region. */
  public static fromApiPlatformAttributes(scope: Construct, id: string, attributes: ApiPlatformAttributes): IApiPlatform {
    class Imported extends Construct implements IApiPlatform {
      public readonly foundation = attributes.foundation;
      public readonly webAcl = WebAcl.fromWebAclArn(this, 'WebAcl', attributes.webAclArn);
      public readonly accessLogGroup = logs.LogGroup.fromLogGroupName(this, 'AccessLog', attributes.accessLogGroupName);

      public get webhookAcl(): IWebAcl {
        const { webhookAclArn } = attributes;
        if (webhookAclArn === undefined) {
          throw new ConfigurationError(this, "'webhookAclArn' must be given for an API with 'rawBodies', got nothing; name the web ACL for webhooks of the platform");
        }
        return this.node.tryFindChild('WebhookAcl') as IWebAcl | undefined ?? WebAcl.fromWebAclArn(this, 'WebhookAcl', webhookAclArn);
      }
    }
    return new Imported(scope, id);
  }

  public readonly foundation: IFoundation;
  public readonly webAcl: IWebAcl;
  public readonly accessLogGroup: logs.ILogGroup;

  private readonly givenWebhookAcl: IWebAcl | undefined;

  constructor(scope: Construct, id: string, props: ApiPlatformProps = {}) {
    super(scope, id);

    const limits = {
      maxServerErrors: props.maxServerErrors ?? 5,
      maxClientErrors: props.maxClientErrors ?? 500,
      maxRefusals: props.maxRefusals ?? 100,
      maxThrottled: props.maxThrottled ?? 100,
      maxLatency: props.maxLatency ?? Duration.seconds(5),
    };
    const { maxLatency, ...counts } = limits;
    for (const [prop, limit] of Object.entries(counts)) requireInteger(this, prop, limit, 1, Number.MAX_SAFE_INTEGER);
    requireSeconds(this, 'maxLatency', maxLatency, 1, 30);

    this.foundation = props.foundation ?? Foundation.of(this);
    this.givenWebhookAcl = props.webhookAcl;
    this.webAcl = props.webAcl ?? new WebAcl(this, 'WebAcl', { foundation: this.foundation });
    this.accessLogGroup = new EncryptedLogGroup(this, 'AccessLog', { foundation: this.foundation, retention: props.logRetention }).logGroup;
    if (props.setAccountLogRole ?? true) this.setAccountLogRole();
    const alarms = new ApiAlarms(this, 'Alarms', { ...limits, accessLogGroup: this.accessLogGroup, foundation: this.foundation });
    new ApiDashboard(this, 'Dashboard', { alarms, webAcl: this.webAcl });
  }

  public get webhookAcl(): IWebAcl {
    return this.givenWebhookAcl ?? this.node.tryFindChild('WebhookAcl') as IWebAcl | undefined
      ?? new WebhookAcl(this, 'WebhookAcl', { foundation: this.foundation });
  }

  private setAccountLogRole(): void {
    const role = new iam.Role(this, 'LogRole', {
      description: 'Lets API Gateway write the logs of every API of the account in this Region',
      assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
    });
    role.applyRemovalPolicy(RemovalPolicy.RETAIN);
    acknowledgeInPacks(role, 'IAMNoManagedPolicies',
      'API Gateway refuses an account role without the permissions of this policy, which AWS wrote for that one use; only the service can assume the role, to write logs',
      'Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs');
    // Other stages of the account go on writing their logs by this role when the stack is gone.
    new apigateway.CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn }).applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}
