import { Control } from '../control';

/** Controls of the life of services: closed ones are not used. */
export const LIFECYCLE_CONTROLS: readonly Control[] = [
  {
    id: 'CLOSED-SERVICE',
    title: 'No service is used that is closed to new customers',
    rationale: 'In an account that did not use the service before, the deployment fails; in one that did, the service gets no new features and may end.',
    remedy: 'Remove the resource or the property, and use what the finding names instead.',
    severity: 'medium',
    waivable: true,
    resourceTypes: [
      'AWS::AuditManager::Assessment',
      'AWS::AuditManager::AssessmentFramework',
      'AWS::CloudTrail::Channel',
      'AWS::CloudTrail::Dashboard',
      'AWS::CloudTrail::EventDataStore',
      'AWS::S3ObjectLambda::AccessPoint',
      'AWS::S3ObjectLambda::AccessPointPolicy',
      'AWS::SNS::Topic',
      'AWS::SSMContacts::Contact',
      'AWS::SSMContacts::ContactChannel',
      'AWS::SSMContacts::Plan',
      'AWS::SSMContacts::Rotation',
      'AWS::SSMIncidents::ReplicationSet',
      'AWS::SSMIncidents::ResponsePlan',
    ],
    findings: {
      'ClosedType::': 'The resource belongs to a service that is closed to new customers.',
      'ClosedFeature::': 'The property belongs to a feature that is closed to new customers.',
    },
    requirements: [],
    source: 'AWS service documentation, availability change notices of 2025-11-07, 2026-04-30 and 2026-05-31',
    mixin: { impossible: 'what replaces the service is a change of design' },
  },
];
