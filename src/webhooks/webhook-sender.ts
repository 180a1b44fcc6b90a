import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { Foundation, IFoundation } from '../foundation';
import { runRegularly } from '../functions/run-regularly';
import { requireDays, requireInteger, requireSeconds } from '../private';
import { RotatingSecret, RotationStrategy } from '../secrets';
import { DeadLetterQueue, IntegrationQueue, IntegrationTable } from '../storage';
import { QueueFeed } from './private/queue-feed';
import { SenderAlarms } from './private/sender-alarms';
import { requireDomains, requireFitting, requireNetworks } from './private/sender-checks';
import { createDashboard } from './private/sender-dashboard';
import { createDeliveryTable, createEndpointTable, dueIndexArn } from './private/sender-tables';
import { SenderNetwork } from './sender-network';
import { SigningKeyOptions } from './signing-key-options';
import { WebhookSenderProps } from './webhook-sender-props';
import { HandlerConstruct } from '../functions/handler-construct';
import { acknowledgeInPacks } from '../private/nag';

/** Less than the five minutes that a claim lasts, and room for ten attempts at once of half a minute each with what is written around them. */
const SENDING = Duration.minutes(2);

/** Messages of one invocation, whose attempts are made at the same time. */
const BATCH = 10;

/**
 * Sends webhooks to addresses that customers wrote: signed by Standard Webhooks, tried again for three days, and never to anything internal.
 *
 * An application puts messages into the queue, registers endpoints with one function, and operators send anew with another what was given up.
 * The function that connects to customers is the only one in the network; it may use its tables, its queue, its log and the keys that sign.
 *
 * A message of the queue is `{ "endpoint", "message", "body" }`: the endpoint's id, an id of your own that a retry repeats, and the body as text of
 * 256 KiB at most, less where its JSON is larger than a message of Amazon SQS may be. Give each the tenant as `MessageGroupId`, so that a busy tenant holds up none of the others.
 *
 * Without a webhook to send, it costs its network, its keys and some alarms; a delivery costs a few writes and reads. Tables, queues and keys
 * outlive the stack.
 *
 * @example
 * declare const application: iam.IRole;
 * declare const operators: iam.IRole;
 * const sender = new webhooks.WebhookSender(this, 'Notifications');
 * const key = sender.addSigningKey('Acme');
 * sender.grantSend(application);
 * sender.grantManageEndpoints(application);
 * sender.grantReplay(operators);
 */
export class WebhookSender extends Construct {
  /** Where messages are put that are to be sent. */
  public readonly queue: IntegrationQueue;

  /** Where each endpoint leads, whose it is, and how it does. Written by the functions alone. */
  public readonly endpoints: IntegrationTable;

  /** What became of each message. */
  public readonly deliveries: IntegrationTable;

  /** The function that registers, changes, disables and enables endpoints, for an application to invoke. */
  public readonly registerFunction: lambda.Function;

  /** The function that tells the public keys of an endpoint, for an application to invoke with `{ "endpoint", "tenant" }`. */
  public readonly publicKeysFunction: lambda.Function;

  /** The function that sends anew what was given up, for operators to invoke with `{ "endpoint", "enable"?, "after"? }`. */
  public readonly replayFunction: lambda.Function;

  /** The function that connects to customers. */
  public readonly sendFunction: lambda.Function;

  /** One page on which the sender is seen. */
  public readonly dashboard: cloudwatch.Dashboard;

  private readonly foundation: IFoundation;
  private readonly sender: HandlerConstruct;
  private readonly teller: HandlerConstruct;

  constructor(scope: Construct, id: string, props: WebhookSenderProps = {}) {
    super(scope, id);

    const timeout = props.timeout ?? Duration.seconds(20);
    const retention = props.retention ?? Duration.days(30);
    const maxConcurrency = props.maxConcurrency ?? 10;
    requireSeconds(this, 'timeout', timeout, 1, 30);
    requireDays(this, 'retention', retention, 1, 3650);
    requireInteger(this, 'maxConcurrency', maxConcurrency, 2, 1000);
    requireNetworks(this, props.deniedNetworks ?? []);
    requireDomains(this, props.deniedDomains ?? []);
    requireFitting(this, props.deniedNetworks ?? [], props.deniedDomains ?? []);

    const foundation = props.foundation ?? Foundation.of(this);
    this.foundation = foundation;
    this.endpoints = createEndpointTable(this, foundation);
    this.deliveries = createDeliveryTable(this, foundation);
    this.queue = new IntegrationQueue(this, 'Queue', {
      foundation,
      visibilityTimeout: Duration.seconds(6 * SENDING.toSeconds()),
      maxMessageAge: Duration.minutes(15),
    });
    const undelivered = new DeadLetterQueue(this, 'Undelivered', { foundation });
    const json = (value: readonly string[]) => Stack.of(this).toJsonString([...value]);
    const denied = {
      ...props.deniedDomains === undefined ? {} : { DENIED_DOMAINS: json(props.deniedDomains) },
      ...props.deniedNetworks === undefined ? {} : { DENIED_NETWORKS: json(props.deniedNetworks) },
    };
    const tables = {
      ENDPOINT_TABLE: this.endpoints.table.tableName,
      DELIVERY_TABLE: this.deliveries.table.tableName,
      RETENTION_DAYS: String(retention.toDays()),
    };

    const network = props.network ?? SenderNetwork.of(this);
    this.sender = new HandlerConstruct(this, 'Sender', {
      foundation,
      bundle: 'webhooks/outbound/sender',
      description: 'Sends webhooks to endpoints of customers',
      environment: { ...tables, ...denied, TIMEOUT_SECONDS: String(timeout.toSeconds()) },
      memorySize: 512,
      timeout: SENDING,
      reservedConcurrentExecutions: maxConcurrency,
      network: { subnetIds: network.subnetIds, securityGroupIds: [network.securityGroup.securityGroupId] },
    });
    this.sendFunction = this.sender.function;
    this.letSend(maxConcurrency);

    const sweeper = new HandlerConstruct(this, 'Sweeper', {
      foundation,
      bundle: 'webhooks/outbound/sweeper',
      description: 'Puts webhooks back into the queue that are due',
      environment: tables,
      timeout: Duration.minutes(2),
      reservedConcurrentExecutions: 2,
      undelivered,
    });
    this.onDeliveries(sweeper, 'dynamodb:UpdateItem');
    sweeper.allow(['dynamodb:Query'], dueIndexArn(this.deliveries));
    runRegularly(sweeper, 'EachMinute', Duration.minutes(1), sweeper.function, undelivered, { description: 'Has webhooks sent that are due' });

    const replayer = new HandlerConstruct(this, 'Replayer', {
      foundation,
      bundle: 'webhooks/outbound/replayer',
      description: 'Sends webhooks anew that were given up',
      environment: tables,
      timeout: Duration.minutes(1),
      reservedConcurrentExecutions: 1,
      undelivered,
    });
    this.onDeliveries(replayer, 'dynamodb:Query', 'dynamodb:UpdateItem');
    replayer.allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], this.endpoints.table.tableArn);
    this.replayFunction = replayer.function;

    const registrar = new HandlerConstruct(this, 'Registrar', {
      foundation,
      bundle: 'webhooks/outbound/registrar',
      description: 'Registers endpoints of customers',
      environment: { ENDPOINT_TABLE: tables.ENDPOINT_TABLE, ...denied },
      timeout: Duration.seconds(30),
      reservedConcurrentExecutions: 5,
      undelivered,
    });
    registrar.allow(['dynamodb:UpdateItem'], this.endpoints.table.tableArn);
    this.endpoints.encryptionKey.grantDecrypt(registrar.role);
    this.registerFunction = registrar.function;

    this.teller = new HandlerConstruct(this, 'PublicKeys', {
      foundation,
      bundle: 'webhooks/outbound/public-keys',
      description: 'Tells what webhooks to an endpoint are verified by',
      environment: { ENDPOINT_TABLE: tables.ENDPOINT_TABLE },
      timeout: Duration.seconds(30),
      reservedConcurrentExecutions: 5,
      undelivered,
    });
    this.teller.allow(['dynamodb:GetItem'], this.endpoints.table.tableArn);
    this.endpoints.encryptionKey.grantDecrypt(this.teller.role);
    this.publicKeysFunction = this.teller.function;

    const feed = new QueueFeed(this, 'Feed', { foundation, deliveries: this.deliveries, queue: this.queue });
    const alarms = new SenderAlarms(this, 'Alarms', { foundation, name: this.node.path, sender: this.sender, sweeper, feed });
    this.dashboard = createDashboard(this, { alarms, queue: this.queue, sender: this.sender });
  }

  /**
   * Makes a key that webhooks are signed with, and lets the sender use it: one for each customer. Its ARN is what an endpoint is registered with.
   *
   * It rotates by itself. Webhooks are signed with the new and the previous key for an overlap, in which the customer takes over the new one:
   * show it where the customer sees it, from the secret, or the public half of an asymmetric one as `publicKeysFunction` tells it.
   *
   * A key is 22 resources, and a stack has 500: beside a sender there is room for some fifteen. Make more of them in other stacks and pass them to
   * `useSigningKey`. Each also reserves two of the account's concurrent executions, so customers that share a system may well share a key.
   */
  public addSigningKey(id: string, options: SigningKeyOptions = {}): RotatingSecret {
    const rotateEvery = options.rotateEvery ?? Duration.days(90);
    const key = new RotatingSecret(this, id, {
      foundation: this.foundation,
      strategy: options.asymmetric ? RotationStrategy.webhookSigningKey() : RotationStrategy.webhookSecret(),
      rotateEvery,
      overlap: options.overlap ?? usualOverlap(rotateEvery),
    });
    this.useSigningKey(key);
    return key;
  }

  /**
   * Lets the sender sign with a key that is made elsewhere, in another stack of the account and Region, with
   * `RotationStrategy.webhookSecret()` or `RotationStrategy.webhookSigningKey()`. Its overlap is the time that customers have to take a new key over.
   *
   * A role takes an inline policy and ten managed ones, enough for some 300 keys; for more, make another sender.
   */
  public useSigningKey(key: RotatingSecret): void {
    for (const reader of [this.sender, this.teller]) {
      // Less than `grantRead`: neither ever describes a secret.
      reader.allow(['secretsmanager:GetSecretValue'], key.secret.secretArn);
      key.encryptionKey.grantDecrypt(reader.role);
    }
  }

  /** Lets `grantee` put messages into the queue. */
  public grantSend(grantee: iam.IGrantable): iam.Grant {
    const { encryptionKey, queue } = this.queue;
    // In two statements, of which a grantee that takes messages from another queue has one already.
    return iam.Grant.addToPrincipal({ grantee, actions: ['sqs:SendMessage'], resourceArns: [queue.queueArn] })
      .combine(encryptionKey.grant(grantee, 'kms:GenerateDataKey'))
      .combine(encryptionKey.grant(grantee, 'kms:Decrypt'));
  }

  /** Lets `grantee`, an operator, send anew what was given up. */
  public grantReplay(grantee: iam.IGrantable): iam.Grant {
    return grantInvoke(grantee, this.replayFunction);
  }

  /** Lets `grantee`, an application that customers use, register, change, disable and enable endpoints. */
  public grantManageEndpoints(grantee: iam.IGrantable): iam.Grant {
    return grantInvoke(grantee, this.registerFunction);
  }

  /** Lets `grantee`, an application that customers use, ask for the public keys of endpoints, which it so need not read from what signs. */
  public grantReadPublicKeys(grantee: iam.IGrantable): iam.Grant {
    return grantInvoke(grantee, this.publicKeysFunction);
  }

  private letSend(maxConcurrency: number): void {
    this.onDeliveries(this.sender, 'dynamodb:PutItem', 'dynamodb:UpdateItem');
    this.sender.allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], this.endpoints.table.tableArn);
    this.queue.grantPoll(this.sender.role);
    const messages = this.sender.function.addEventSourceMapping('Messages', {
      eventSourceArn: this.queue.queue.queueArn, batchSize: BATCH, maxConcurrency, reportBatchItemFailures: true,
    });
    acknowledgeInPacks(messages, 'LambdaEventSourceMappingDestination',
      'an event source mapping of Amazon SQS has no destination for failures; the queue\'s own redrive policy moves them');
  }

  private onDeliveries(handler: HandlerConstruct, ...actions: string[]): void {
    handler.allow(actions, this.deliveries.table.tableArn);
    this.deliveries.encryptionKey.grantDecrypt(handler.role);
  }
}

/** The L2 lets every version and alias be invoked as well. */
function grantInvoke(grantee: iam.IGrantable, handler: lambda.IFunction): iam.Grant {
  return iam.Grant.addToPrincipal({ grantee, actions: ['lambda:InvokeFunction'], resourceArns: [handler.functionArn] });
}

/** Whatever only deployment knows is refused with the rest of the times. */
function usualOverlap(rotateEvery: Duration): Duration | undefined {
  if (rotateEvery.isUnresolved()) return undefined;
  return Duration.seconds(Math.floor(Math.min(Duration.days(30).toSeconds(), rotateEvery.toSeconds() / 3)));
}
