import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { Foundation, IFoundation } from '../foundation';
import { ConfigurationError, requireDays, requireInteger, requireSeconds } from '../private';
import { DeadLetterQueue, IntegrationTable, LandingBucket } from '../storage';
import { Dispatcher } from './private/dispatcher';
import { runRegularly } from '../functions/run-regularly';
import { requireEndpoint } from './private/endpoint-name';
import { InboxAlarms } from './private/inbox-alarms';
import { createInboxDashboard } from './private/inbox-dashboard';
import { WebhookTarget } from './webhook-target';
import { HandlerConstruct } from '../functions/handler-construct';

/** Name of the index of records that somebody has to do something about, as the functions know it. */
const QUEUE_INDEX = 'queue';

/** Of both functions, since a claim has to outlive whichever made it. */
const TIMEOUT = Duration.minutes(1);

/** Properties of a `WebhookInbox`. */
export interface WebhookInboxProps {
  /** Where events are handed over. */
  readonly target: WebhookTarget;

  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;

  /**
   * How often an event is handed over before it is left to a person, from 1 to 100: after a minute, twice as long each time, an hour at most.
   *
   * @default 12, which is some six hours
   */
  readonly maxAttempts?: number;

  /**
   * How long a body over 64 KiB is kept, from 7 to 3650 days. An event of which it is gone cannot be handed over any more.
   *
   * @default Duration.days(90)
   */
  readonly bodyRetention?: Duration;

  /**
   * How long an event may wait for the target before an alarm says so, from 5 minutes to a day.
   *
   * @default Duration.hours(1)
   */
  readonly maxAge?: Duration;

  /**
   * Invocations that dispatch at the same time, from 1 to 1000; they are reserved from the account's concurrency.
   *
   * @default 10
   */
  readonly maxConcurrency?: number;
}

/**
 * Where webhooks are before they are anywhere else: a table that remembers and keeps each, from which they are dispatched to a target.
 *
 * An event that was received is never lost: what the stream misses or the target does not take is tried again each minute, given up after some
 * attempts, and kept until a person redrives it. One inbox serves any number of receivers.
 *
 * Table, bucket and queues outlive the stack. An event costs three writes of its size.
 *
 * @example
 * declare const operators: iam.IRole;
 * const received = new storage.IntegrationQueue(this, 'Received');
 * const inbox = new webhooks.WebhookInbox(this, 'Inbox', { target: webhooks.WebhookTarget.queue(received.queue) });
 * inbox.grantRedrive(operators);
 */
export class WebhookInbox extends Construct {
  /** What was received, with what became of it. Written by the functions alone. */
  public readonly table: IntegrationTable;

  /** Bodies over 64 KiB, and requests that could not be verified yet. */
  public readonly bodies: LandingBucket;

  /**
   * The function that has events dispatched again, for operators to invoke with `{ "task": "redrive", "state": "DEAD" }`, the same with
   * `"QUARANTINED"`, or `{ "task": "redrive", "ids": [...] }`.
   */
  public readonly redriveFunction: lambda.Function;

  /** One page on which the inbox and its receivers are seen. */
  public readonly dashboard: cloudwatch.Dashboard;

  /** @internal */
  public readonly _bodyRetention: Duration;

  private readonly endpoints = new Set<string>();

  constructor(scope: Construct, id: string, props: WebhookInboxProps) {
    super(scope, id);

    const maxAttempts = props.maxAttempts ?? 12;
    const maxAge = props.maxAge ?? Duration.hours(1);
    const maxConcurrency = props.maxConcurrency ?? 10;
    this._bodyRetention = props.bodyRetention ?? Duration.days(90);
    requireInteger(this, 'maxAttempts', maxAttempts, 1, 100);
    requireDays(this, 'bodyRetention', this._bodyRetention, 7, 3650);
    requireSeconds(this, 'maxAge', maxAge, 300, 86_400);
    requireInteger(this, 'maxConcurrency', maxConcurrency, 1, 1000);

    const foundation = props.foundation ?? Foundation.of(this);
    this.table = new IntegrationTable(this, 'Records', {
      foundation,
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      timeToLiveAttribute: 'expires',
      stream: dynamodb.StreamViewType.KEYS_ONLY,
    });
    this.table.addIndex({
      indexName: QUEUE_INDEX,
      partitionKey: { name: 'queue', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'dueAt', type: dynamodb.AttributeType.NUMBER },
      projectionType: dynamodb.ProjectionType.KEYS_ONLY,
    });
    this.bodies = new LandingBucket(this, 'Bodies', { foundation, retention: this._bodyRetention });

    const target = props.target._bind(this);
    const environment = {
      TABLE_NAME: this.table.table.tableName,
      BODY_BUCKET: this.bodies.bucket.bucketName,
      TARGET_ARN: target.arn,
      TIMEOUT_SECONDS: String(TIMEOUT.toSeconds()),
      MAX_ATTEMPTS: String(maxAttempts),
    };
    const dispatch = new Dispatcher(this, 'Dispatch', {
      foundation, environment, records: this.table, timeout: TIMEOUT, reservedConcurrentExecutions: maxConcurrency,
    });
    const undelivered = new DeadLetterQueue(this, 'Undelivered', { foundation });
    const sweep = new HandlerConstruct(this, 'Sweep', {
      foundation,
      bundle: 'webhooks/sweep',
      description: 'Dispatches webhooks that wait, and those that a person redrives',
      environment,
      timeout: TIMEOUT,
      // A sweep, the next one while it still runs, and a redrive.
      reservedConcurrentExecutions: 3,
      undelivered,
    });
    for (const each of [dispatch, sweep]) {
      each.allow(['dynamodb:UpdateItem'], this.table.table.tableArn);
      this.table.encryptionKey.grantDecrypt(each.role);
      target.grant(each.role);
    }
    sweep.allow(['dynamodb:Query'], `${this.table.table.tableArn}/index/${QUEUE_INDEX}`);
    runRegularly(sweep, 'EachMinute', Duration.minutes(1), sweep.function, undelivered, { description: 'Has webhooks dispatched that wait', task: 'sweep' });
    this.redriveFunction = sweep.function;

    const alarms = new InboxAlarms(this, 'Alarms', { foundation, name: this.node.path, dispatch, sweep, maxAge });
    this.dashboard = createInboxDashboard(this, alarms);
  }

  /** Lets `grantee`, an operator, have dead and quarantined events dispatched. It invokes the function; it reads no event. */
  public grantRedrive(grantee: iam.IGrantable): iam.Grant {
    // The L2 lets every version and alias be invoked as well.
    return iam.Grant.addToPrincipal({ grantee, actions: ['lambda:InvokeFunction'], resourceArns: [this.redriveFunction.functionArn] });
  }

  /**
   * Lets `grantee`, a consumer, read the bodies over 64 KiB that events point to.
   *
   * @param endpoints whose bodies, one at least; what could not be verified is under none of them
   */
  public grantReadBodies(grantee: iam.IGrantable, ...endpoints: string[]): iam.Grant {
    if (endpoints.length === 0) {
      throw new ConfigurationError(this, "'endpoints' must name at least one, got none; name those whose events the grantee gets");
    }
    for (const endpoint of endpoints) requireEndpoint(this, 'endpoints', endpoint);
    const { bucket, encryptionKey } = this.bodies;
    return iam.Grant.addToPrincipal({ grantee, actions: ['s3:GetObject'], resourceArns: endpoints.map((each) => bucket.arnForObjects(`${each}/*`)) })
      .combine(encryptionKey.grantDecrypt(grantee));
  }

  /**
   * Takes an endpoint for a receiver; refuses one that another receiver has, whose events would count as its own.
   *
   * @internal
   */
  public _take(receiver: Construct, endpoint: string): void {
    if (this.endpoints.has(endpoint)) {
      throw new ConfigurationError(receiver, `'endpoint' must be one that no other receiver of the inbox has, got '${endpoint}'; give it another name`);
    }
    this.endpoints.add(endpoint);
  }
}
