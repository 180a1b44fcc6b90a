import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { alarm } from './alerts';

const OF_SERVICE = 'FROM SCHEMA("AWS/ApiGateway", ApiName, Stage) GROUP BY ApiName, Stage ORDER BY';

/** Alarms on every API of the account, and a dashboard of them. */
export function monitoring(stack: Stack, alerts: sns.ITopic, accessLog: logs.LogGroup, webAclName: string): void {
  const period = Duration.minutes(5);
  const query = (expression: string, label: string) => new cloudwatch.MathExpression({ expression, usingMetrics: {}, period, label });
  const counted = (metricName: string, pattern: string) => {
    accessLog.addMetricFilter(`${metricName}Filter`, {
      filterPattern: logs.FilterPattern.literal(pattern),
      metricNamespace: 'Orders/Api',
      metricName,
      metricValue: '1',
      dimensions: { Api: '$.api' },
      unit: cloudwatch.Unit.COUNT,
    });
    return query(`SELECT SUM(${metricName}) FROM SCHEMA("Orders/Api", Api) GROUP BY Api ORDER BY SUM() DESC`, metricName);
  };
  const blocked = new cloudwatch.Metric({
    namespace: 'AWS/WAFV2',
    metricName: 'BlockedRequests',
    dimensionsMap: { WebACL: webAclName, Region: stack.region, Rule: 'ALL' },
    statistic: cloudwatch.Stats.SUM,
    period,
  });

  alarm(stack, 'Blocked', alerts, 'many requests are refused', blocked, 1000);
  const alarms = [
    alarm(stack, 'ServerErrors', alerts, 'an API answers with errors of its own', query(`SELECT SUM("5XXError") ${OF_SERVICE} SUM() DESC`, 'ServerErrors'), 5),
    alarm(stack, 'ClientErrors', alerts, 'an API refuses many requests', query(`SELECT SUM("4XXError") ${OF_SERVICE} SUM() DESC`, 'ClientErrors'), 500),
    alarm(stack, 'Latency', alerts, 'an API answers slowly', query(`SELECT AVG(Latency) ${OF_SERVICE} AVG() DESC`, 'Latency'), 5000, { evaluationPeriods: 3 }),
    alarm(stack, 'Refusals', alerts, 'an API refuses many callers', counted('Refusals', '{ $.status = "401" || $.status = "403" }'), 100),
    alarm(stack, 'Throttled', alerts, 'an API refuses many requests for their rate', counted('Throttled', '{ $.status = "429" }'), 100),
  ];
  new cloudwatch.Dashboard(stack, 'Dashboard', {
    widgets: [
      [new cloudwatch.AlarmStatusWidget({ title: 'Alarms', alarms, width: 24 })],
      [
        new cloudwatch.GraphWidget({ title: 'Requests', left: [query(`SELECT SUM("Count") ${OF_SERVICE} SUM() DESC LIMIT 50`, '')], width: 12 }),
        new cloudwatch.GraphWidget({ title: 'Refused by the web ACL', left: [blocked], width: 12 }),
      ],
      alarms.map((each) => new cloudwatch.AlarmWidget({ title: each.node.id, alarm: each, width: 8 })),
    ],
  });
}
