import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** What Transfer Family counts of a server (AWS Transfer Family User Guide, "Using CloudWatch metrics for Transfer Family servers"). */
export function trafficMetric(metricName: 'BytesIn' | 'BytesOut' | 'FilesIn' | 'FilesOut', serverId: string): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/Transfer', metricName, dimensionsMap: { ServerId: serverId }, statistic: cloudwatch.Stats.SUM, period: Duration.minutes(5),
  });
}
