import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { BoundCredentials } from './bound-credentials';
import { ConnectorResource } from './connector-resource';
import { TransferAlarms } from './transfer-alarms';
import { runOnSchedule } from './transfer-schedule';
import { IFoundation } from '../../foundation';
import { HandlerFunction } from '../../functions/handler-function';
import { runRegularly } from '../../functions/run-regularly';
import { acknowledgeInPacks } from '../../private/nag';
import { spelledInPacks } from '../../private/nag-spelling';
import { DeadLetterQueue, IntegrationQueue, IntegrationTable, LandingBucket } from '../../storage';

/** How long listings are kept: to see afterwards what a run has seen. */
const LISTINGS_RETENTION = Duration.days(30);

/** Name of the index of what has begun and not ended, as the function knows it. */
const UNFINISHED_INDEX = 'unfinished';

/** Long enough for some thousands of files. */
const RUNNING = Duration.minutes(5);

/** Events of a connector that its function takes note of (AWS Transfer Family User Guide, "SFTP connector events"). */
const EVENTS = ['File Send', 'File Retrieve', 'Directory Listing', 'Remote Delete'];

/** A send or a retrieve, as the function is told of it. */
export interface Transfer {
  readonly kind: 'send' | 'retrieve';
  readonly name: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly remote?: string;
  readonly listingsBucket?: string;
  readonly listings?: string;
  readonly remove?: boolean;
}

/** Properties of `Transfers`. */
export interface TransfersProps {
  readonly foundation: IFoundation;
  readonly connector: ConnectorResource;
  readonly credentials: BoundCredentials;
  /** The connector as descriptions name it. */
  readonly name: string;
  readonly finishWithin: Duration;
}

/** The function that sends and retrieves with a connector, the table of what it did, and the queue of what became of it. */
export class Transfers extends Construct {
  /** What became of each file. */
  public readonly files: IntegrationTable;
  public readonly handler: HandlerFunction;
  public readonly transfers: Transfer[] = [];
  private readonly undelivered: DeadLetterQueue;
  private readonly allowed = new Set<string>();

  constructor(scope: Construct, id: string, private readonly props: TransfersProps) {
    super(scope, id);
    const { foundation, connector, credentials } = props;
    const text = (name: string) => ({ name, type: dynamodb.AttributeType.STRING });
    // No end: a row that went before its file would have the file sent again.
    this.files = new IntegrationTable(this, 'Files', { foundation, partitionKey: text('file') });
    this.files.addIndex({
      indexName: UNFINISHED_INDEX, partitionKey: text('unfinished'), sortKey: { name: 'since', type: dynamodb.AttributeType.NUMBER },
    });
    this.undelivered = new DeadLetterQueue(this, 'Undelivered', { foundation });
    this.handler = new HandlerFunction(this, {
      foundation,
      bundle: 'sftp/connector-transfer',
      description: 'Sends and retrieves files with a connector',
      environment: {
        CONNECTOR_ID: connector.connectorId,
        TRANSFER_TABLE: this.files.table.tableName,
        TRANSFERS: Lazy.string({ produce: () => Stack.of(this).toJsonString(this.transfers) }),
        FINISH_SECONDS: String(props.finishWithin.toSeconds()),
        ...credentials.maxAge === undefined ? {} : {
          SECRET_ARN: credentials.secret.secretArn, SECRET_MAX_AGE_SECONDS: String(credentials.maxAge.toSeconds()),
        },
      },
      memorySize: 512,
      timeout: RUNNING,
      reservedConcurrentExecutions: 4,
      undelivered: this.undelivered,
    });
    this.handler.allow(['dynamodb:BatchGetItem', 'dynamodb:PutItem'], this.files.table.tableArn);
    this.files.encryptionKey.grantDecrypt(this.handler.role);
    this.handler.allow(['dynamodb:Query'], `${this.files.table.tableArn}/index/${UNFINISHED_INDEX}`);
    this.allowConnector('transfer:ListFileTransferResults');
    if (credentials.maxAge) this.handler.allow(['secretsmanager:ListSecretVersionIds'], credentials.secret.secretArn);
    connector.precede(this.handler.function);

    this.takeNote();
    runRegularly(this, 'Hourly', Duration.hours(1), this.handler.function, this.undelivered, {
      description: 'Has transfers looked for that did not finish', task: 'watch',
    });
    new TransferAlarms(this, 'Alarms', { foundation, name: props.name, handler: this.handler, keptByHand: credentials.maxAge !== undefined });
  }

  /** Has an outbox sent. */
  public send(transfer: Transfer, outbox: LandingBucket, schedule: events.Schedule): void {
    this.transfers.push(transfer);
    this.allowConnector('transfer:StartFileTransfer');
    this.handler.role.addToPrincipalPolicy(new iam.PolicyStatement({
      actions: ['s3:ListBucket'],
      resources: [outbox.bucket.bucketArn],
      conditions: { StringEquals: { 's3:prefix': `${transfer.prefix}/` } },
    }));
    this.allowFolder(outbox, transfer.prefix, 'the names of files are the choice of whoever puts them there, so the connector may use whatever lies in this folder');
    runOnSchedule(this, transfer, schedule, this.handler.function, this.undelivered);
  }

  /** Has a directory retrieved. */
  public retrieve(transfer: Transfer, inbox: LandingBucket, schedule: events.Schedule): void {
    const listed = this.listings();
    const listings = transfer.name;
    this.transfers.push({ ...transfer, listingsBucket: listed.bucket.bucketName, listings });
    this.allowConnector('transfer:StartDirectoryListing');
    this.allowConnector('transfer:StartFileTransfer');
    if (transfer.remove) this.allowConnector('transfer:StartRemoteDelete');
    const arn = listed.bucket.arnForObjects(`${listings}/*`);
    this.handler.allow(['s3:GetObject'], arn);
    listed.encryptionKey.grantDecrypt(this.handler.role);
    acknowledgeInPacks(this.handler.role.node.findChild('DefaultPolicy'), 'IAMNoWildcardPermissions',
      'the service makes up the names of listings, so the function may read whatever lies where they lie, and nothing else',
      `Resource::${spelledInPacks(Stack.of(this), arn)}`);
    this.allowFolder(inbox, transfer.prefix, 'the names of files are the choice of the partner, so the connector may use whatever lies in this folder');
    this.allowFolder(listed, listings, 'the service makes up the names of listings, so the connector may use whatever lies where they lie');
    runOnSchedule(this, transfer, schedule, this.handler.function, this.undelivered);
  }

  /** "Read and write access to the parent directory of the file location" (AWS Transfer Family API Reference, CreateConnector, AccessRole). */
  private allowFolder(bucket: LandingBucket, prefix: string, reason: string): void {
    const { accessRole } = this.props.connector;
    bucket.grantRead(accessRole, `${prefix}/`);
    bucket.grantDeliver(accessRole, `${prefix}/`);
    acknowledgeInPacks(accessRole.node.findChild('DefaultPolicy'), 'IAMNoWildcardPermissions', reason,
      `Resource::${spelledInPacks(Stack.of(this), bucket.bucket.arnForObjects(`${prefix}/*`))}`);
  }

  /** Not in the inbox: whoever is told of files there would be told of listings, and one that has a malware gate lets nobody read them at first. */
  private listings(): LandingBucket {
    return this.node.tryFindChild('Listings') as LandingBucket | undefined
      ?? new LandingBucket(this, 'Listings', { foundation: this.props.foundation, retention: LISTINGS_RETENTION });
  }

  /** One statement for each action: what a transfer needs, another one may have been given. */
  private allowConnector(action: string): void {
    if (this.allowed.has(action)) return;
    this.allowed.add(action);
    this.handler.allow([action], this.props.connector.connectorArn);
  }

  /** Has the function take note of events, by way of a queue, so that none is lost while it is busy. */
  private takeNote(): void {
    const { foundation, connector } = this.props;
    const results = new IntegrationQueue(this, 'Results', { foundation, visibilityTimeout: Duration.seconds(6 * RUNNING.toSeconds()) });
    results.receiveFrom(new events.Rule(this, 'Events', {
      description: 'What became of transfers of a connector',
      eventPattern: {
        source: ['aws.transfer'],
        detailType: EVENTS.flatMap((about) => [`SFTP Connector ${about} Completed`, `SFTP Connector ${about} Failed`]),
        detail: { 'connector-id': [connector.connectorId] },
      },
    }));
    // Not `grantPoll`: the queue has the key of the dead letters, which the function may use already.
    this.handler.allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], results.queue.queueArn);
    const mapping = this.handler.function.addEventSourceMapping('Results', {
      eventSourceArn: results.queue.queueArn, batchSize: 10, maxConcurrency: 2, reportBatchItemFailures: true,
    });
    acknowledgeInPacks(mapping, 'LambdaEventSourceMappingDestination',
      'an event source mapping of Amazon SQS has no destination for failures; the queue\'s own redrive policy moves them');
  }
}
