import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AUDIT_METRICS } from './audit-metrics';
import { IFoundation } from '../../foundation';
import { OutcomeAlarms } from '../../functions/outcome-alarms';
import { EncryptedLogGroup } from '../../storage';

/** Id of the request metrics of a trail's bucket. */
const METRICS_ID = 'Trail';

/** How often CloudTrail delivers, about: every five minutes (AWS CloudTrail User Guide, "How CloudTrail works"). */
const PERIOD = Duration.minutes(15);

/** An hour without a single event. CloudTrail tries again to deliver a file for 30 days, so that nothing is lost while somebody repairs it. */
const SILENT_PERIODS = 4;

/** What the alarms of a trail watch. */
export interface WatchedTrail {
  readonly foundation: IFoundation;
  readonly bucket: s3.IBucket;
  readonly objectPrefix: string;
  readonly log: EncryptedLogGroup;
  /** Whether CloudTrail Insights learns what is usual. */
  readonly insights: boolean;
}

/**
 * Alarms on a trail that falls silent: PCI DSS 4.0.1, 10.7.2, wants failures of audit logging detected and addressed promptly.
 *
 * CloudTrail has no metric for a failing delivery, and says so to those alone who ask (`GetTrailStatus`). Each way of delivery is watched by what
 * arrives: events in the log group, files in the bucket. CloudTrail's own calls to the key and the bucket keep even an idle account from silence.
 */
export class TrailAlarms extends OutcomeAlarms {
  constructor(scope: Construct, id: string, { foundation, bucket, objectPrefix, log, insights }: WatchedTrail) {
    super(scope, id, { foundation, namespace: AUDIT_METRICS, name: scope.node.path });

    // Not the metric of the log group's interface, which names one that does not exist and no log group (aws-cdk-lib 2.271.0).
    this.unattended('LogSilent', sum('AWS/Logs', 'IncomingLogEvents', { LogGroupName: log.logGroup.logGroupName }), SILENT_PERIODS,
      'no event has reached the log group for an hour, so that no detection sees anything. Look for StopLogging, UpdateTrail and DeleteTrail in the event '
      + 'history, then at LatestCloudWatchLogsDeliveryError of aws cloudtrail get-trail-status.');

    // On the L1, since the interface of a bucket adds no metrics.
    (bucket.node.defaultChild as s3.CfnBucket).metricsConfigurations = [{ id: METRICS_ID, prefix: objectPrefix }];
    const ofBucket = (metricName: string) => sum('AWS/S3', metricName, { BucketName: bucket.bucketName, FilterId: METRICS_ID });
    this.unattended('BucketSilent', ofBucket('PutRequests'), SILENT_PERIODS,
      'no file has reached the bucket for an hour. CloudTrail tries again for 30 days: find the cause in LatestDeliveryError of aws cloudtrail '
      + 'get-trail-status, in the policy of the bucket or of its key.');
    this.alarm('Refused', ofBucket('4xxErrors'),
      'a request for a file of the trail was refused. Either CloudTrail may deliver no more, or somebody tried to read, change or delete the record: '
      + 'the access log of the bucket says who.');

    if (insights) {
      this.alarm('Unusual', this.said({ log }, 'Insights', '{ ($.eventType = "AwsCloudTrailInsight") && ($.insightDetails.state = "Start") }'),
        'CloudTrail Insights sees calls or errors at an unusual rate. The event in the log group says of which call, and by whom.');
    }
  }
}

function sum(namespace: string, metricName: string, dimensionsMap: Record<string, string>): cloudwatch.Metric {
  return new cloudwatch.Metric({ namespace, metricName, dimensionsMap, statistic: cloudwatch.Stats.SUM, period: PERIOD });
}
