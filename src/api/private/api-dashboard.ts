import { Duration, Names } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ApiAlarms } from './api-alarms';
import { WebAcl } from '../web-acl';
import { IWebAcl } from '../web-acl-ref';

/** Properties of an `ApiDashboard`. */
export interface ApiDashboardProps {
  readonly alarms: ApiAlarms;
  readonly webAcl: IWebAcl;
}

/** One page on which every API of the account and Region is seen: traffic, each alarm's metric with its threshold, refused requests. */
export class ApiDashboard extends Construct {
  constructor(scope: Construct, id: string, props: ApiDashboardProps) {
    super(scope, id);

    const traffic = new cloudwatch.GraphWidget({
      title: 'Requests by API',
      left: [new cloudwatch.MathExpression({
        expression: 'SELECT SUM("Count") FROM SCHEMA("AWS/ApiGateway", ApiName, Stage) GROUP BY ApiName, Stage ORDER BY SUM() DESC LIMIT 50',
        usingMetrics: {},
        period: Duration.minutes(5),
        label: '',
      })],
      width: 12,
    });
    const blocked = props.webAcl instanceof WebAcl
      ? [new cloudwatch.GraphWidget({ title: 'Requests that the web ACL refused', left: [props.webAcl.metricBlocked()], width: 12 })]
      : [];
    new cloudwatch.Dashboard(this, 'Resource', {
      dashboardName: Names.uniqueResourceName(this, { maxLength: 200, separator: '-' }),
      widgets: [
        [new cloudwatch.AlarmStatusWidget({ title: 'Alarms', alarms: [...props.alarms.alarms], width: 24 })],
        [traffic, ...blocked],
        props.alarms.alarms.map((alarm) => new cloudwatch.AlarmWidget({ title: alarm.node.id, alarm, width: 8 })),
      ],
    });
  }
}
