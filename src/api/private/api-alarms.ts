import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';

/** Namespace of the metrics that are counted in logs. */
export const API_METRICS = 'SecureIntegrations/Api';

/** Requests of a consumer that its authorizer names, by `Api` and `Consumer`. */
export const CONSUMER_REQUESTS = 'ConsumerRequests';

/** Those of them that were refused. */
export const CONSUMER_DENIALS = 'ConsumerDenials';

/** A request that was refused for who asked or how often, in a filter pattern. */
export const DENIED = '$.status = "401" || $.status = "403" || $.status = "429"';

/** A request whose consumer an authorizer named; a variable without a value is logged as `-`. */
const OF_CONSUMER = '$.consumer = "*" && $.consumer != "-"';

const PERIOD = Duration.minutes(5);

/** Properties of `ApiAlarms`. */
export interface ApiAlarmsProps {
  readonly foundation: IFoundation;
  readonly accessLogGroup: logs.ILogGroup;
  readonly maxServerErrors: number;
  readonly maxClientErrors: number;
  readonly maxRefusals: number;
  readonly maxThrottled: number;
  readonly maxLatency: Duration;
}

/**
 * Alarms that watch every API of the account and Region, each API apart.
 *
 * A query that groups by API makes each a contributor to the alarm, with a state and a notification of its own, and finds an API that is
 * created later by itself (Amazon CloudWatch User Guide, "Create an alarm based on a Multi Time Series Metrics Insights query").
 */
export class ApiAlarms extends Construct {
  public readonly alarms: readonly cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: ApiAlarmsProps) {
    super(scope, id);

    // API Gateway has no metric of these; only the log tells a refusal and a limit from any other 4XX.
    const counted = (metricName: string, pattern: string, dimensions: Record<string, string> = {}) => new logs.MetricFilter(this, `${metricName}Filter`, {
      logGroup: props.accessLogGroup,
      filterPattern: logs.FilterPattern.literal(pattern),
      metricNamespace: API_METRICS,
      metricName,
      metricValue: '1',
      dimensions: { Api: '$.api', ...dimensions },
      unit: cloudwatch.Unit.COUNT,
    });
    counted('Refusals', '{ $.status = "401" || $.status = "403" }');
    counted('Throttled', '{ $.status = "429" }');
    // For the alarms of each consumer, so that a further one adds no filter: a log group has a hundred (CloudWatch Logs, PutMetricFilter).
    counted(CONSUMER_REQUESTS, `{ ${OF_CONSUMER} }`, { Consumer: '$.consumer' });
    counted(CONSUMER_DENIALS, `{ ${OF_CONSUMER} && (${DENIED}) }`, { Consumer: '$.consumer' });

    this.alarms = [
      this.alarm('ServerErrors', props.foundation, ofService('SUM("5XXError")'), props.maxServerErrors, 1,
        'an API answers with errors of its own. See its execution log and the logs of its backends.'),
      this.alarm('ClientErrors', props.foundation, ofService('SUM("4XXError")'), props.maxClientErrors, 1,
        'an API refuses many requests. See in the access log which, whose, and since when; a client may be broken, or somebody tries.'),
      this.alarm('Latency', props.foundation, ofService('AVG(Latency)'), props.maxLatency.toMilliseconds(), 3,
        'an API answers slowly. Compare latency and integrationLatency in the access log.'),
      this.alarm('Refusals', props.foundation, ofLog('Refusals'), props.maxRefusals, 1,
        'an API refuses many callers for who they are (401, 403). See in the access log from where they come.'),
      this.alarm('Throttled', props.foundation, ofLog('Throttled'), props.maxThrottled, 1,
        'an API refuses many requests for their rate (429). See in the access log whose, and whether the limit is right.'),
    ];
  }

  private alarm(
    id: string, foundation: IFoundation, expression: string, threshold: number, evaluationPeriods: number, description: string,
  ): cloudwatch.Alarm {
    const alarm = new cloudwatch.Alarm(this, id, {
      alarmDescription: `${this.node.path}: ${description}`,
      metric: new cloudwatch.MathExpression({ expression, usingMetrics: {}, period: PERIOD, label: id }),
      threshold,
      evaluationPeriods,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    foundation.notify(alarm);
    return alarm;
  }
}

function ofService(aggregate: string): string {
  return `SELECT ${aggregate} FROM SCHEMA("AWS/ApiGateway", ApiName, Stage) GROUP BY ApiName, Stage ORDER BY ${aggregate.split('(')[0]}() DESC`;
}

function ofLog(metricName: string): string {
  return `SELECT SUM(${metricName}) FROM SCHEMA("${API_METRICS}", Api) GROUP BY Api ORDER BY SUM() DESC`;
}
