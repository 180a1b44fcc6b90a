import { Duration, Names, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { EscalationLevel, IncidentIntakeProps } from './incident-intake-props';
import { Route } from '../api';
import { Foundation, IFoundation } from '../foundation';
import { IncidentAlarms } from './private/incident-alarms';
import { requireIntake, requireLevels, requireRoom, requireTimes } from './private/incident-checks';
import { IncidentMail } from './private/incident-mail';
import { addRoutes } from './private/incident-routes';
import { HandlerConstruct } from '../functions/handler-construct';
import { runRegularly } from '../functions/run-regularly';
import { acknowledgeInPacks } from '../private/nag';
import { spelledInPacks } from '../private/nag-spelling';
import { DeadLetterQueue, EvidenceBucket, IntegrationQueue, IntegrationTable, IntegrationTopic } from '../storage';

/** API Gateway waits no longer (API Gateway Developer Guide, "Quotas for configuring and running a REST API", integration timeout). */
const TIMEOUT = Duration.seconds(29);

const MINUTE = Duration.minutes(1);

/** Index of incidents that the clock has to look at; the runtime knows it by the same name. */
const PENDING_INDEX = 'Pending';

const SYNCHRONOUS = 'API Gateway invokes the function synchronously, and a caller that is told of a failure asks again; nothing waits to be delivered later';

/**
 * Where anybody on the staff reports an incident, and what keeps it from being forgotten.
 *
 * A report comes over a route of an API, from tools over a topic or a queue, or by e-mail. It is recorded once, with the time of detection and the
 * deadlines of the regimes in scope. Each minute a function looks at what is due: it pages until somebody acknowledges, warns before each deadline
 * and at it, and goes on until a responder says that it was met or why it does not apply. All that happens is kept, in order, as evidence.
 *
 * @example
 * declare const hub: api.IntegrationApi;
 * declare const staff: iam.IRole;
 * const intake = new audit.IncidentIntake(this, 'Incidents', {
 *   api: hub,
 *   reporters: api.Authorization.iam(),
 *   responders: api.Authorization.iam(),
 *   regimes: [audit.IncidentRegime.gdpr(), audit.IncidentRegime.nis2()],
 * });
 * intake.reportRoute.grantInvoke(staff);
 */
export class IncidentIntake extends Construct {
  /** Route that reports come over. */
  public readonly reportRoute: Route;

  /** Routes by which responders read incidents and act on them. */
  public readonly responderRoutes: Route[];

  /** Topic that tools report to. */
  public readonly topic: IntegrationTopic;

  /** Queue that the topic feeds; EventBridge rules report here, `queue.receiveFrom(rule)`. */
  public readonly queue: IntegrationQueue;

  /** The incidents and their histories. */
  public readonly table: IntegrationTable;

  /** What keeps a copy of the histories. */
  public readonly evidence: EvidenceBucket;

  /** Start of the keys of these copies. */
  public readonly evidencePrefix: string;

  private readonly foundation: IFoundation;

  constructor(scope: Construct, id: string, props: IncidentIntakeProps) {
    super(scope, id);

    const repeatEvery = props.repeatEvery ?? Duration.hours(1);
    const warnBefore = props.warnBefore ?? [Duration.days(7), Duration.hours(24), Duration.hours(4)];
    requireIntake(this, props);
    requireTimes(this, repeatEvery, warnBefore);
    this.foundation = props.foundation ?? Foundation.of(this);
    const levels = props.escalation ?? this.alertLevels();
    requireLevels(this, levels);
    const regimes = JSON.stringify(props.regimes.map((regime) => regime._bind(this)));
    requireRoom(this, regimes, props.mail?.senderDomains);

    const { foundation } = this;
    this.table = new IntegrationTable(this, 'Records', {
      foundation,
      partitionKey: { name: 'incident', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'part', type: dynamodb.AttributeType.STRING },
    });
    this.table.addIndex({
      indexName: PENDING_INDEX,
      partitionKey: { name: 'pending', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'nextAt', type: dynamodb.AttributeType.NUMBER },
      projectionType: dynamodb.ProjectionType.KEYS_ONLY,
    });
    this.evidence = props.evidence ?? new EvidenceBucket(this, 'Evidence', { foundation });
    this.evidencePrefix = `incidents/${Names.uniqueResourceName(this, { maxLength: 100, separator: '-' })}/`;
    this.topic = new IntegrationTopic(this, 'Reports', { foundation });
    this.queue = new IntegrationQueue(this, 'Queue', { foundation, maxMessageAge: Duration.minutes(15) });
    this.topic.subscribe(this.queue);

    const intake = this.createIntake(regimes, props.mail?.senderDomains);
    const desk = this.createDesk();
    const clock = this.createClock(levels, repeatEvery, warnBefore);
    [this.reportRoute, ...this.responderRoutes] = addRoutes(props, intake, desk);
    if (props.mail) new IncidentMail(this, 'Mail', { foundation, topic: this.topic, ...props.mail });
    new IncidentAlarms(this, 'Alarms', { foundation, name: this.node.path, intake, desk, clock, takesMail: props.mail !== undefined });
  }

  /** Lets a tool report, by publishing to the topic. */
  public grantReport(grantee: iam.IGrantable): iam.Grant {
    return this.topic.grantPublish(grantee);
  }

  private alertLevels(): EscalationLevel[] {
    const topic = this.foundation.alertTopic;
    return [{ topic, after: Duration.minutes(0) }, { topic, after: Duration.minutes(15) }];
  }

  /** Takes reports; it may record an incident and cannot read one. */
  private createIntake(regimes: string, senderDomains: readonly string[] | undefined): HandlerConstruct {
    const intake = new HandlerConstruct(this, 'Intake', {
      foundation: this.foundation,
      bundle: 'audit/intake',
      description: 'Records reports of incidents',
      environment: {
        TABLE_NAME: this.table.table.tableName,
        REGIMES: regimes,
        ...senderDomains && { MAIL_DOMAINS: JSON.stringify(senderDomains) },
      },
      timeout: TIMEOUT,
      memorySize: 512,
      reservedConcurrentExecutions: 10,
      neverDeferred: `${SYNCHRONOUS}; what it fails on from the queue goes to the dead-letter queue of that`,
    });
    intake.allow(['dynamodb:PutItem'], this.table.table.tableArn);
    this.table.encryptionKey.grantDecrypt(intake.role);
    this.queue.grantPoll(intake.role);
    const mapping = intake.function.addEventSourceMapping('Messages', {
      // However much tools have to say, there is room for what people report.
      eventSourceArn: this.queue.queue.queueArn, batchSize: 10, maxConcurrency: 2, reportBatchItemFailures: true,
    });
    acknowledgeInPacks(mapping, 'LambdaEventSourceMappingDestination',
      'an event source mapping of Amazon SQS has no destination for failures; the queue\'s own redrive policy moves them');
    return intake;
  }

  private createDesk(): HandlerConstruct {
    const desk = new HandlerConstruct(this, 'Desk', {
      foundation: this.foundation,
      bundle: 'audit/incident-desk',
      description: 'Lets responders read incidents and act on them',
      environment: { TABLE_NAME: this.table.table.tableName },
      timeout: TIMEOUT,
      memorySize: 512,
      reservedConcurrentExecutions: 10,
      neverDeferred: SYNCHRONOUS,
    });
    desk.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], this.table.table.tableArn);
    this.table.encryptionKey.grantDecrypt(desk.role);
    return desk;
  }

  private createClock(levels: readonly EscalationLevel[], repeatEvery: Duration, warnBefore: readonly Duration[]): HandlerConstruct {
    const stack = Stack.of(this);
    const undelivered = new DeadLetterQueue(this, 'Undelivered', { foundation: this.foundation });
    const clock = new HandlerConstruct(this, 'Clock', {
      foundation: this.foundation,
      bundle: 'audit/incident-clock',
      description: 'Pages on incidents that nobody acknowledged, and warns of deadlines',
      environment: {
        TABLE_NAME: this.table.table.tableName,
        EVIDENCE_BUCKET: this.evidence.bucket.bucketName,
        EVIDENCE_PREFIX: this.evidencePrefix,
        LEVELS: stack.toJsonString(levels.map(({ topic, after }) => ({ topicArn: topic.topicArn, afterSeconds: after.toSeconds() }))),
        REPEAT_SECONDS: String(repeatEvery.toSeconds()),
        WARN_SECONDS: JSON.stringify(warnBefore.map((before) => before.toSeconds())),
      },
      timeout: Duration.minutes(2),
      // Two at a time would page twice.
      reservedConcurrentExecutions: 1,
      undelivered,
    });
    const { tableArn } = this.table.table;
    clock.allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query'], tableArn);
    clock.allow(['dynamodb:Query'], `${tableArn}/index/${PENDING_INDEX}`);
    this.table.encryptionKey.grantDecrypt(clock.role);
    this.evidence.grantRecord(clock.role, this.evidencePrefix);
    for (const topic of new Set(levels.map((level) => level.topic))) {
      clock.allow(['sns:Publish'], topic.topicArn);
      // Both are needed to publish (Amazon SNS Developer Guide, "Managing Amazon SNS encryption keys and costs").
      topic.masterKey?.grant(clock.role, 'kms:GenerateDataKey', 'kms:Decrypt');
    }
    acknowledgeInPacks(clock.role.node.findChild('DefaultPolicy'), 'IAMNoWildcardPermissions',
      'histories are kept under the ids of incidents, below the name of this one intake',
      `Resource::${spelledInPacks(stack, this.evidence.bucket.arnForObjects(`${this.evidencePrefix}*`))}`);
    runRegularly(this, 'EachMinute', MINUTE, clock.function, undelivered, { description: 'Has incidents looked at', task: 'look' });
    return clock;
  }
}
