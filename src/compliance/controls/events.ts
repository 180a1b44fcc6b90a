import { Control } from '../control';

/** Controls of Amazon EventBridge. */
export const EVENTS_CONTROLS: readonly Control[] = [
  {
    id: 'EVENT-BUS-PUBLIC',
    title: 'Only named accounts or one organization may send to an event bus',
    rationale: 'An event starts work. On a bus that takes events from anybody, anybody starts it, with content of their choice.',
    remedy: 'Name the account as the principal, or add a condition StringEquals on aws:PrincipalOrgID.',
    severity: 'critical',
    waivable: false,
    resourceTypes: ['AWS::Events::EventBusPolicy'],
    findings: {
      Public: 'Any AWS account may use the bus.',
      UnresolvedStatement: 'The template does not tell whom the statement is for.',
    },
    requirements: [{ framework: 'PCI DSS 4.0.1', clause: '7.2' }, { framework: 'NIST 800-53r5', clause: 'AC-3' }],
    source: 'Amazon EventBridge user guide, "Permissions for event buses"',
    mixin: { impossible: 'who may send events is the owner\'s decision' },
  },
  {
    id: 'EVENT-DESTINATION-TLS',
    title: 'Events leave for an HTTP endpoint by TLS',
    rationale: 'A destination gets the event and the credentials of its connection. By plain HTTP whoever is on the way reads both, and changes what arrives.',
    remedy: 'Set InvocationEndpoint to a URL that begins with https://.',
    severity: 'high',
    waivable: true,
    resourceTypes: ['AWS::Events::ApiDestination'],
    findings: {
      PlainHttp: 'The endpoint is reached without TLS.',
      UnresolvedEndpoint: 'The template does not tell the endpoint.',
    },
    requirements: [
      { framework: 'PCI DSS 4.0.1', clause: '4.2.1' },
      { framework: 'HIPAA Security Rule', clause: '164.312(e)(1)' },
      { framework: 'NIST 800-53r5', clause: 'SC-8(1)' },
    ],
    source: 'Amazon EventBridge user guide, "API destinations as targets in Amazon EventBridge"',
    mixin: { impossible: 'whether the other side speaks TLS, and under which name, is for its owner to say' },
  },
  {
    id: 'EVENT-RULE-DLQ',
    title: 'An event that does not reach its target is kept',
    rationale: 'EventBridge drops an event after 24 hours of retries, and at once where the target refuses it. Nothing else tells that it was lost.',
    remedy: 'Set DeadLetterConfig.Arn of each target to an SQS queue whose policy lets events.amazonaws.com send for this rule.',
    severity: 'medium',
    waivable: true,
    resourceTypes: ['AWS::Events::Rule'],
    findings: {
      'NoDlq::': 'The target has no dead-letter queue.',
      'UnresolvedDlq::': 'The template does not tell the dead-letter queue of the target.',
      'UnresolvedTargets': 'The template does not tell the targets.',
    },
    requirements: [],
    source: 'Amazon EventBridge user guide, "Using dead-letter queues to process undelivered events"',
    mixin: { impossible: 'which queue keeps the events, and who reads it, is the owner\'s decision' },
  },
];
