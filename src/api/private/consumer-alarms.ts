import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { API_METRICS, CONSUMER_DENIALS, CONSUMER_REQUESTS, DENIED } from './api-alarms';
import { IFoundation } from '../../foundation';

const PERIOD = Duration.minutes(5);

/** Properties of `ConsumerAlarms`. */
export interface ConsumerAlarmsProps {
  readonly apiName: string;
  readonly consumerName: string;
  readonly foundation: IFoundation;
  readonly accessLogGroup: logs.ILogGroup;
  /** Role that signs the requests, which the log tells by its ARN; the authorizer names any other consumer. */
  readonly role?: iam.IRole;
  readonly surgeAt: number;
  readonly maxDenials: number;
  /** For how long a consumer may be silent; without it, silence raises no alarm. */
  readonly silence?: Duration;
}

/** Alarms on a consumer that asks too much, is refused, or is no longer heard of. */
export class ConsumerAlarms extends Construct {
  public readonly alarms: cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, private readonly props: ConsumerAlarmsProps) {
    super(scope, id);

    const requests = this.counted('Requests', CONSUMER_REQUESTS, '');
    const denials = this.counted('Denials', CONSUMER_DENIALS, ` && (${DENIED})`);
    this.alarms = [
      this.above('Surge', requests, props.surgeAt, 'asks more than it should. See in the access log for what; its key may be in other hands, or the limit too low.'),
      this.above('Denial', denials, props.maxDenials,
        'is refused (401, 403, 429). See in the access log why: it may have expired, call from elsewhere or too often, or somebody tries what its key opens.'),
      ...props.silence ? [this.silent(requests, props.silence)] : [],
    ];
    this.alarms.forEach((alarm) => props.foundation.notify(alarm));
  }

  private above(id: string, metric: cloudwatch.Metric, threshold: number, description: string): cloudwatch.Alarm {
    return new cloudwatch.Alarm(this, id, {
      alarmDescription: `${this.node.scope!.node.path}: the consumer ${description}`,
      metric: metric.with({ period: PERIOD }),
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }

  private silent(metric: cloudwatch.Metric, silence: Duration): cloudwatch.Alarm {
    return new cloudwatch.Alarm(this, 'Silence', {
      alarmDescription: `${this.node.scope!.node.path}: the consumer has not called for ${silence.toHumanString()}. Ask whether it still works, and suspend it if it is no longer there.`,
      metric: metric.with({ period: Duration.hours(1) }),
      threshold: 1,
      evaluationPeriods: silence.toHours(),
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      // A request that is not made is not logged.
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    });
  }

  /** What the platform counts for each consumer that the authorizer names; for a role, what this counts. */
  private counted(id: string, metricName: string, condition: string): cloudwatch.Metric {
    const { apiName, consumerName, role, accessLogGroup } = this.props;
    if (!role) {
      return new cloudwatch.Metric({ namespace: API_METRICS, metricName, statistic: 'Sum', dimensionsMap: { Api: apiName, Consumer: consumerName } });
    }
    const { partition } = Stack.of(this);
    const filter = new logs.MetricFilter(this, `${id}Filter`, {
      logGroup: accessLogGroup,
      filterPattern: logs.FilterPattern.literal(
        `{ $.api = "${apiName}" && $.userArn = "arn:${partition}:sts::${role.env.account}:assumed-role/${role.roleName}/*"${condition} }`),
      metricNamespace: API_METRICS,
      metricName: `${metricName}-${this.node.addr.slice(-8)}`,
      metricValue: '1',
      unit: cloudwatch.Unit.COUNT,
    });
    return filter.metric({ statistic: 'Sum' });
  }
}
