import { Stack, Token, Validations } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ConfigurationError, requireMatch } from '../../private';
import { DataDomain } from '../data-domain';
import { FoundationAttributes } from '../foundation-attributes';
import { IFoundation } from '../foundation-ref';

/** Id of the warning about a policy that the other app has to change. */
const MISSING_STATEMENT = 'cdk-secure-integrations:foundation-statement-missing';

const KEY_ARN = /^arn:[^:]+:kms:[^:]+:\d{12}:key\/[^/]+$/;

/** What is imported under an attribute: id of the construct, and the ARN. */
interface Imported {
  readonly id: string;
  readonly attribute: keyof FoundationAttributes;
}

const KEYS: Readonly<Record<DataDomain, Imported>> = {
  [DataDomain.AUDIT]: { id: 'AuditKey', attribute: 'auditKeyArn' },
  [DataDomain.SECRETS]: { id: 'SecretsKey', attribute: 'secretsKeyArn' },
  [DataDomain.MESSAGING]: { id: 'MessagingKey', attribute: 'messagingKeyArn' },
  [DataDomain.DATA]: { id: 'DataKey', attribute: 'dataKeyArn' },
};

/** A foundation that another app owns. */
export class ImportedFoundation extends Construct implements IFoundation {
  private readonly arns: ReadonlyMap<string, string>;

  constructor(scope: Construct, id: string, attributes: FoundationAttributes) {
    super(scope, id);

    for (const { attribute } of Object.values(KEYS)) this.requireKeyArn(attribute, attributes[attribute]);
    this.requireKeyArn('alertKeyArn', attributes.alertKeyArn);
    this.requireArn('alertTopicArn', attributes.alertTopicArn, /^arn:[^:]+:sns:[^:]+:\d{12}:[^:]+$/, 'of a topic', 'arn:aws:sns:eu-west-1:111122223333:alerts');
    this.requireArn('accessLogBucketArn', attributes.accessLogBucketArn, /^arn:[^:]+:s3:::[^/*]+$/, 'of a bucket', 'arn:aws:s3:::access-logs');
    this.arns = new Map(Object.entries(attributes).filter(([, arn]) => arn !== undefined));
  }

  public get alertTopic(): sns.ITopic {
    return this.node.tryFindChild('AlertTopic') as unknown as sns.ITopic | undefined
      ?? sns.Topic.fromTopicAttributes(this, 'AlertTopic', { topicArn: this.arn('alertTopicArn'), keyArn: this.arns.get('alertKeyArn') });
  }

  public get accessLogBucket(): s3.IBucket {
    return this.node.tryFindChild('AccessLogBucket') as unknown as s3.IBucket | undefined
      ?? s3.Bucket.fromBucketArn(this, 'AccessLogBucket', this.arn('accessLogBucketArn'));
  }

  public key(domain: DataDomain): kms.IKey {
    const { id, attribute } = KEYS[domain];
    return this.node.tryFindChild(id) as unknown as kms.IKey | undefined ?? kms.Key.fromKeyArn(this, id, this.arn(attribute));
  }

  /** The topic and its key let every alarm of their account through from the start. */
  public notify(alarm: cloudwatch.AlarmBase): void {
    alarm.addAlarmAction(new actions.SnsAction(this.alertTopic));
  }

  public notifyOnRule(rule: events.Rule, message?: events.RuleTargetInput): void {
    const topic = this.alertTopic;
    rule.addTarget({ bind: () => ({ arn: topic.topicArn, input: message, targetResource: topic }) });
    this.warn('alertTopicArn', 'let events.amazonaws.com publish to the alert topic and use its key: call notifyOnRule there with any rule');
  }

  public grantAccessLogDelivery(bucket: s3.IBucket): void {
    const stack = Stack.of(this);
    this.warn('accessLogBucketArn', 'let logging.s3.amazonaws.com put objects into the access-log bucket with aws:SourceAccount '
      + `${stack.resolve(stack.account)} and aws:SourceArn of ${bucket.node.path}: call grantAccessLogDelivery there with that bucket, imported`);
  }

  private arn(attribute: keyof FoundationAttributes): string {
    const arn = this.arns.get(attribute);
    if (arn === undefined) {
      throw new ConfigurationError(this, `'${attribute}' must be given for what is asked of this foundation, got nothing; take it from the app that owns it`);
    }
    return arn;
  }

  private requireKeyArn(attribute: keyof FoundationAttributes, arn: string | undefined): void {
    // Each service resolves an alias in the account of its caller, so that it can name another key there.
    this.requireArn(attribute, arn, KEY_ARN, 'of a key, not of an alias', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');
  }

  private requireArn(attribute: keyof FoundationAttributes, arn: string | undefined, pattern: RegExp, what: string, example: string): void {
    if (arn === undefined || Token.isUnresolved(arn)) return;
    requireMatch(this, attribute, arn, pattern, `the ARN ${what}`, `write for example '${example}'`);
  }

  private warn(id: string, remedy: string): void {
    Validations.of(this).addWarning(`${MISSING_STATEMENT}:${id}`, `the policies of this imported foundation cannot be changed here; its owner must ${remedy}`);
  }
}
