import { Control } from '../control';

/** A policy is judged at its topics, or by itself where one of them is not in the template. */
const GUARDED = ['AWS::SNS::Topic', 'AWS::SNS::TopicPolicy', 'AWS::SNS::TopicInlinePolicy'];

/** Controls of Amazon SNS. */
export const SNS_CONTROLS: readonly Control[] = [
  {
    id: 'TOPIC-CMK',
    title: 'A topic is encrypted with a customer-managed key',
    rationale: 'Only a customer-managed key has a policy that lets CloudWatch and other services publish, an audit trail of each use, and a switch that cuts access.',
    remedy: 'Set KmsMasterKeyId to the ARN of a customer-managed KMS key.',
    severity: 'high',
    waivable: true,
    resourceTypes: ['AWS::SNS::Topic'],
    findings: {
      NoKey: 'The topic names no KMS key.',
      AwsManagedKey: 'The topic uses the AWS managed key of SNS, through which CloudWatch alarms cannot publish.',
      UnresolvedKey: 'The template does not tell which key encrypts the topic.',
    },
    requirements: [
      { framework: 'AWS FSBP', clause: 'SNS.1' },
      { framework: 'PCI DSS 4.0.1', clause: '3.5.1' },
      { framework: 'HIPAA Security Rule', clause: '164.312(a)(2)(iv)' },
      { framework: 'NIST 800-53r5', clause: 'SC-28(1)' },
    ],
    source: 'AWS Foundational Security Best Practices, SNS.1',
    mixin: { name: 'storage.mixins.TopicEncryption' },
  },
  {
    id: 'TOPIC-TLS',
    title: 'A topic denies publishing over plain HTTP',
    rationale: 'What travels without TLS can be read and changed on the way.',
    remedy: 'Add a statement to the topic policy that denies sns:Publish to everybody when aws:SecureTransport is false.',
    severity: 'high',
    waivable: true,
    resourceTypes: ['AWS::SNS::Topic'],
    findings: {
      NoDeny: 'No policy of the topic denies plain HTTP.',
      WeakDeny: 'A Deny of plain HTTP leaves out a caller, publishing or the topic, or has a further condition.',
      UntoldPolicy: 'The template does not tell all of the topic policy, or which topic a policy is for.',
    },
    requirements: [
      { framework: 'PCI DSS 4.0.1', clause: '4.2.1' },
      { framework: 'HIPAA Security Rule', clause: '164.312(e)(1)' },
    ],
    source: 'Amazon SNS Developer Guide, "Security best practices", enforce encryption of data in transit',
    mixin: { name: 'storage.mixins.TopicTls' },
  },
  {
    id: 'TOPIC-POLICY-PUBLIC',
    title: 'No topic policy lets everybody in',
    rationale: 'Whoever can publish speaks to your subscribers in your name, and whoever can subscribe reads along.',
    remedy: 'Name the principals, or add a condition such as StringEquals aws:PrincipalOrgID with a literal value.',
    severity: 'critical',
    waivable: false,
    resourceTypes: GUARDED,
    findings: {
      PublicAllow: 'An Allow for everybody has no condition that tells who.',
      AllowNotPrincipal: 'An Allow names whom it leaves out, and so lets in everybody else.',
      UntoldStatement: 'The template does not tell whom a statement lets in.',
    },
    requirements: [
      { framework: 'AWS FSBP', clause: 'SNS.4' },
      { framework: 'PCI DSS 4.0.1', clause: '7.2' },
    ],
    source: 'AWS Foundational Security Best Practices, SNS.4',
    mixin: { impossible: 'only the author of the policy knows whom it is meant for' },
  },
  {
    id: 'TOPIC-POLICY-SERVICE',
    title: 'A topic policy says on whose behalf an AWS service may publish',
    rationale: 'A service acts for all its customers; without a source, another customer can make it publish to your topic (the confused deputy). EventBridge alone sends no source.',
    remedy: 'Add a condition on aws:SourceArn or aws:SourceAccount to each Allow for a service principal; for events.amazonaws.com allow sns:Publish only.',
    severity: 'high',
    waivable: true,
    resourceTypes: GUARDED,
    findings: {
      NoSource: 'An Allow for a service does not say on whose behalf.',
      UntoldStatement: 'The template does not tell on whose behalf a statement lets a service act.',
    },
    requirements: [],
    source: 'AWS IAM User Guide, "The confused deputy problem"; Amazon EventBridge User Guide, "Amazon SNS permissions"',
    mixin: { impossible: 'only the author of the policy knows which resource the service acts for' },
  },
  {
    id: 'TOPIC-SUBSCRIPTION-TLS',
    title: 'No subscription is delivered over plain HTTP',
    rationale: 'SNS decrypts a message before it delivers it, so over HTTP the network reads what the key protects at rest.',
    remedy: 'Set Protocol to https and give the endpoint a certificate.',
    severity: 'high',
    waivable: true,
    resourceTypes: ['AWS::SNS::Subscription', 'AWS::SNS::Topic'],
    findings: {
      PlainHttp: 'The subscription is delivered over plain HTTP.',
      UntoldProtocol: 'The template does not tell how the subscription is delivered.',
    },
    requirements: [
      { framework: 'PCI DSS 4.0.1', clause: '4.2.1' },
      { framework: 'HIPAA Security Rule', clause: '164.312(e)(1)' },
    ],
    source: 'Amazon SNS Developer Guide, "Security best practices", enforce encryption of data in transit',
    mixin: { impossible: 'only the owner of the endpoint can make it speak TLS' },
  },
];
