import { Duration, Names, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ses from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';
import { acknowledgeInPacks } from '../../private/nag';
import { spelledInPacks } from '../../private/nag-spelling';
import { IntegrationTopic, LandingBucket } from '../../storage';
import { MailReports } from '../incident-intake-props';

/** Properties of `IncidentMail`. */
export interface IncidentMailProps extends MailReports {
  readonly foundation: IFoundation;
  /** Topic that is told of each mail. */
  readonly topic: IntegrationTopic;
}

/**
 * Takes mail: SES keeps each in a bucket, and tells a topic who wrote, under which subject, and what was proved of it.
 *
 * The bodies stay in the bucket, so that no function reads what anybody may send.
 */
export class IncidentMail extends Construct {
  public readonly mails: LandingBucket;

  constructor(scope: Construct, id: string, { foundation, topic, recipients, senderDomains: _, ruleSet }: IncidentMailProps) {
    super(scope, id);

    this.mails = new LandingBucket(this, 'Mails', { foundation, retention: Duration.days(90) });
    const ruleName = Names.uniqueResourceName(this, { maxLength: 64, separator: '-' });
    const stack = Stack.of(this);
    const role = new iam.Role(this, 'Role', {
      description: 'Lets Amazon SES keep mail that reports incidents, and tell of it',
      // Amazon SES Developer Guide, "Giving permissions to Amazon SES for email receiving": a role in place of policies of bucket, key and topic.
      assumedBy: new iam.ServicePrincipal('ses.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          // By name: the rule needs the role first.
          ArnEquals: {
            'aws:SourceArn': `arn:${stack.partition}:ses:${stack.region}:${stack.account}:receipt-rule-set/${ruleSet.receiptRuleSetName}:receipt-rule/${ruleName}`,
          },
        },
      }),
    });
    this.mails.grantDeliver(role);
    // Asked for beside the rights of a writer (AWS CloudFormation Template Reference Guide, "AWS::SES::ReceiptRule S3Action", IamRoleArn).
    this.mails.encryptionKey.grant(role, 'kms:Encrypt');
    topic.grantPublish(role);

    const rule = new ses.CfnReceiptRule(this, 'Resource', {
      ruleSetName: ruleSet.receiptRuleSetName,
      rule: {
        name: ruleName,
        enabled: true,
        recipients,
        scanEnabled: true,
        tlsPolicy: 'Require',
        actions: [{
          s3Action: { bucketName: this.mails.bucket.bucketName, topicArn: topic.topic.topicArn, iamRoleArn: role.roleArn },
        }],
      },
    });
    // SES tries both when the rule is made.
    rule.node.addDependency(role);

    const policy = role.node.findChild('DefaultPolicy');
    acknowledgeInPacks(policy, 'IAMNoInlinePolicy', 'the policy belongs to this one role, is written by its grants and is reviewed with it');
    acknowledgeInPacks(policy, 'IAMNoWildcardPermissions', 'SES names each mail by an id of its own, in a bucket that is for these mails alone',
      `Resource::${spelledInPacks(stack, this.mails.bucket.arnForObjects('*'))}`);
  }
}
