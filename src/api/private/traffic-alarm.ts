import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';

/** Raises an alarm where an API gets more or fewer requests than the time of day lets expect, by `band` standard deviations. */
export function watchTraffic(api: Construct, requests: cloudwatch.IMetric, foundation: IFoundation, band: number): void {
  foundation.notify(new cloudwatch.AnomalyDetectionAlarm(api, 'TrafficAlarm', {
    alarmDescription: `${api.node.path}: the number of requests is unusual for the time of day. See in the access log who asks, and who no longer does.`,
    metric: requests,
    stdDevs: band,
    evaluationPeriods: 3,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  }));
}
