import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { openInsightsQuery, Question } from '../../formats/review-question';
import { IFoundation } from '../../foundation';
import { acknowledgeInPacks } from '../../private/nag';
import { spelledInPacks } from '../../private/nag-spelling';
import { LandingBucket } from '../../storage';

/** Where in the bucket of results those of scheduled queries are. */
const PREFIX = 'scheduled/';

const DAY_SECONDS = 24 * 60 * 60;

/** A log group as policies name it, for all actions but those on tags (Amazon CloudWatch Logs API Reference, `LogGroup`: `arn`). */
export function allStreams(logGroupArn: string): string {
  return `${logGroupArn}:*`;
}

/** Properties of `ScheduledQuestions`. */
export interface ScheduledQuestionsProps {
  readonly foundation: IFoundation;
  readonly reviewName: string;
  /** Without the `:*` at its end. */
  readonly logGroupArn: string;
  /** What the log group may be encrypted with. */
  readonly logKey: kms.IKey;
  readonly results: LandingBucket;
  readonly questions: readonly Question[];
}

/**
 * Has CloudWatch Logs itself ask each day what would be a finding: a second account that none of our code is part of, with which reports can be
 * compared. Its days are not those of a report to the second, since a scheduled query looks back from when it runs.
 */
export class ScheduledQuestions extends Construct {
  constructor(scope: Construct, id: string, { foundation, reviewName, logGroupArn, logKey, results, questions }: ScheduledQuestionsProps) {
    super(scope, id);
    // Two roles, one for each end (Amazon CloudWatch Logs User Guide, "Understanding scheduled queries concepts").
    const execution = this.roleOf('Execution', 'Runs the scheduled queries of a review');
    const streams = allStreams(logGroupArn);
    execution.addToPolicy(new iam.PolicyStatement({ actions: ['logs:StartQuery', 'logs:GetQueryResults'], resources: [streams] }));
    execution.addToPolicy(new iam.PolicyStatement({ actions: ['logs:DescribeLogGroups', 'logs:StopQuery'], resources: ['*'] }));
    logKey.grant(execution, 'kms:Decrypt', 'kms:DescribeKey');
    const delivery = this.roleOf('Delivery', 'Delivers the results of scheduled queries of a review');
    results.grantDeliver(delivery, PREFIX);
    acknowledge(execution, 'a policy names one log group with all its streams', streams);
    acknowledge(execution, 'these actions support no other resource than *: CloudWatch Logs ends queries, and looks for log groups', '*');
    acknowledge(delivery, 'results are put below one prefix', results.bucket.arnForObjects(`${PREFIX}*`));

    const queries = questions.map((question) => {
      const query = new logs.CfnScheduledQuery(this, question.id, {
        name: `${reviewName}-${question.id}`,
        description: question.title,
        queryLanguage: 'CWLI',
        queryString: openInsightsQuery(question),
        logGroupIdentifiers: [logGroupArn],
        scheduleExpression: 'cron(0 1 * * ? *)',
        timezone: 'UTC',
        startTimeOffset: DAY_SECONDS,
        state: 'ENABLED',
        executionRoleArn: execution.roleArn,
        destinationConfiguration: {
          s3Configuration: { destinationIdentifier: `s3://${results.bucket.bucketName}/${PREFIX}${question.id}/`, roleArn: delivery.roleArn },
        },
      });
      query.node.addDependency(execution, delivery);
      return query;
    });
    foundation.notifyOnRule(new events.Rule(this, 'Failed', {
      description: 'Scheduled queries of a review that did not end well',
      eventPattern: {
        source: ['aws.logs'],
        detailType: ['Scheduled Query Completed'],
        resources: queries.map(({ attrScheduledQueryArn }) => attrScheduledQueryArn),
        detail: { status: events.Match.anythingBut('Complete') },
      },
    }));
  }

  private roleOf(id: string, description: string): iam.Role {
    const stack = Stack.of(this);
    const source = `arn:${stack.partition}:logs:${stack.region}:${stack.account}:scheduled-query:*`;
    return new iam.Role(this, `${id}Role`, {
      description,
      assumedBy: new iam.ServicePrincipal('logs.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account }, ArnLike: { 'aws:SourceArn': source } },
      }),
    });
  }
}

/** Says to other rule packs why a policy is one of its role alone, and has a wildcard. */
function acknowledge(role: iam.Role, reason: string, resource: string): void {
  const policy = role.node.findChild('DefaultPolicy');
  acknowledgeInPacks(policy, 'IAMNoInlinePolicy', 'the policy belongs to this one role, is written by its grants and is reviewed with it');
  acknowledgeInPacks(policy, 'IAMNoWildcardPermissions', reason, `Resource::${spelledInPacks(Stack.of(role), resource)}`);
}
