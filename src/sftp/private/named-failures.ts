import { Duration, Lazy } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { SFTP_METRICS } from './sftp-metrics';
import { EncryptedLogGroup } from '../../storage';

/** Longest pattern of a metric filter (Amazon CloudWatch Logs API Reference, `PutMetricFilter`). */
const MAX_PATTERN = 1024;

/**
 * Counts failed logins by partner, for partners alone: a metric for any name that somebody tries would cost money for each.
 *
 * A log group has 100 metric filters at most, and no more on request (Amazon CloudWatch Logs User Guide, "CloudWatch Logs quotas"), so that one
 * filter counts for as many partners as its pattern has room for.
 */
export class NamedFailures extends Construct {
  private names: string[] = [];
  private filters = 0;

  constructor(scope: Construct, id: string, private readonly log: EncryptedLogGroup, private readonly metricName: string) {
    super(scope, id);
  }

  /** How often logins under a partner's name failed. */
  public metric(partner: string): cloudwatch.Metric {
    if (this.filters === 0 || patternOf([...this.names, partner]).length > MAX_PATTERN) this.open();
    this.names.push(partner);
    return new cloudwatch.Metric({
      namespace: SFTP_METRICS,
      metricName: this.metricName,
      dimensionsMap: { Partner: partner },
      statistic: cloudwatch.Stats.SUM,
      period: Duration.minutes(5),
    });
  }

  private open(): void {
    const names: string[] = this.names = [];
    this.filters += 1;
    new logs.MetricFilter(this, `Filter${this.filters}`, {
      logGroup: this.log.logGroup,
      // Known in full when all partners are.
      filterPattern: logs.FilterPattern.literal(Lazy.string({ produce: () => patternOf(names) })),
      metricNamespace: SFTP_METRICS,
      metricName: this.metricName,
      metricValue: '1',
      dimensions: { Partner: '$.user' },
    });
  }
}

function patternOf(names: readonly string[]): string {
  return `{ $.activity-type = "AUTH_FAILURE" && (${names.map((name) => `$.user = "${name}"`).join(' || ')}) }`;
}
