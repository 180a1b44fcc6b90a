import { Control } from '../control';

const MIXIN = { impossible: 'an alarm is another resource, and what is normal for the API is the owner\'s decision' };

/** Controls of who notices when an API is attacked or fails. */
export const APIGATEWAY_MONITORING_CONTROLS: readonly Control[] = [
  {
    id: 'API-ALARMS',
    title: 'Somebody is told when an API fails, refuses or slows down',
    rationale: 'Errors of the backend, a wave of refused requests and rising latency are how outages, attacks and abuse show first.',
    remedy: 'Add alarms on 5XXError, 4XXError and Latency of namespace AWS/ApiGateway, by ApiName and Stage, or by a Metrics Insights query for all APIs: SELECT SUM("5XXError") FROM SCHEMA("AWS/ApiGateway", ApiName) GROUP BY ApiName ORDER BY SUM() DESC.',
    severity: 'medium',
    waivable: true,
    resourceTypes: ['AWS::ApiGateway::Deployment', 'AWS::ApiGateway::Stage'],
    findings: {
      Unwatched5xx: 'No alarm watches the errors of the API and its backend.',
      Unwatched4xx: 'No alarm watches the requests that the API refuses.',
      UnwatchedLatency: 'No alarm watches how long the API takes.',
      UnresolvedAlarm: 'An alarm may watch the API, but the template does not tell.',
    },
    requirements: [
      { framework: 'NIST 800-53r5', clause: 'SI-4(5)' },
      { framework: 'HIPAA Security Rule', clause: '164.312(b)' },
    ],
    source: 'Amazon API Gateway Developer Guide, Amazon API Gateway dimensions and metrics; Amazon CloudWatch User Guide, Create a CloudWatch alarm based on a Metrics Insights query',
    mixin: MIXIN,
  },
  {
    id: 'API-ANOMALY',
    title: 'Traffic of an API that is unlike the usual raises an alarm',
    rationale: 'A fixed threshold is too high at night and too low at noon; scraping, credential stuffing and an outage upstream change the shape of the traffic first.',
    remedy: 'Add an alarm with ThresholdMetricId on ANOMALY_DETECTION_BAND over a metric of namespace AWS/ApiGateway of the API, such as Count.',
    severity: 'low',
    waivable: true,
    resourceTypes: ['AWS::ApiGateway::Deployment', 'AWS::ApiGateway::Stage'],
    findings: {
      NoAnomalyAlarm: 'No alarm compares the traffic of the API with what is usual.',
      UnresolvedAnomalyAlarm: 'An alarm may compare the traffic of the API, but the template does not tell.',
    },
    requirements: [{ framework: 'NIST 800-53r5', clause: 'SI-4(13)' }],
    source: 'Amazon CloudWatch User Guide, Create a CloudWatch alarm based on anomaly detection',
    mixin: MIXIN,
  },
  {
    id: 'API-AUTH-ALARM',
    title: 'Somebody is told of a wave of refused and of throttled callers',
    rationale: 'Guessing of passwords, tokens and keys shows as status 401 and 403, flooding as 429; the metric 4XXError mixes both with the mistakes of honest clients.',
    remedy: 'Add metric filters for { $.status = 401 || $.status = 403 } and { $.status = 429 } on the log group of the access log, and alarms on their metrics.',
    severity: 'medium',
    waivable: true,
    resourceTypes: ['AWS::ApiGateway::Deployment', 'AWS::ApiGateway::Stage', 'AWS::ApiGatewayV2::Stage'],
    findings: {
      UnwatchedRefusals: 'No alarm counts the requests that were refused with 401 and 403.',
      UnwatchedThrottling: 'No alarm counts the requests that were refused with 429.',
      UnresolvedWatch: 'An alarm may count them, but the template does not tell.',
    },
    requirements: [
      { framework: 'NIST 800-53r5', clause: 'SI-4(5)' },
      { framework: 'NIST 800-53r5', clause: 'AU-6(1)' },
    ],
    source: 'Amazon CloudWatch Logs User Guide, Filter pattern syntax for metric filters',
    mixin: MIXIN,
  },
];
