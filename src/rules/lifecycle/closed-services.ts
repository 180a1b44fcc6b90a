/** A service or a feature that new customers cannot use any more. */
export interface ClosedService {
  readonly name: string;
  /** Day on which it closed. */
  readonly since: string;
  readonly instead: string;
}

const CLOUDTRAIL_LAKE: ClosedService = {
  name: 'AWS CloudTrail Lake', since: '2026-05-31', instead: 'a trail in S3 that Amazon Athena reads',
};
const AUDIT_MANAGER: ClosedService = { name: 'AWS Audit Manager', since: '2026-04-30', instead: 'AWS Config conformance packs' };
const INCIDENT_MANAGER: ClosedService = { name: 'AWS Systems Manager Incident Manager', since: '2025-11-07', instead: 'OpsCenter and an alarm topic' };
const OBJECT_LAMBDA: ClosedService = { name: 'Amazon S3 Object Lambda', since: '2025-11-07', instead: 'a second bucket that is written masked' };

/** Closed services by CloudFormation type (service documentation, "availability change" notices, as of 2026-11). */
export const CLOSED_TYPES: Readonly<Record<string, ClosedService>> = {
  'AWS::AuditManager::Assessment': AUDIT_MANAGER,
  'AWS::AuditManager::AssessmentFramework': AUDIT_MANAGER,
  'AWS::CloudTrail::Channel': CLOUDTRAIL_LAKE,
  'AWS::CloudTrail::Dashboard': CLOUDTRAIL_LAKE,
  'AWS::CloudTrail::EventDataStore': CLOUDTRAIL_LAKE,
  'AWS::S3ObjectLambda::AccessPoint': OBJECT_LAMBDA,
  'AWS::S3ObjectLambda::AccessPointPolicy': OBJECT_LAMBDA,
  'AWS::SSMContacts::Contact': INCIDENT_MANAGER,
  'AWS::SSMContacts::ContactChannel': INCIDENT_MANAGER,
  'AWS::SSMContacts::Plan': INCIDENT_MANAGER,
  'AWS::SSMContacts::Rotation': INCIDENT_MANAGER,
  'AWS::SSMIncidents::ReplicationSet': INCIDENT_MANAGER,
  'AWS::SSMIncidents::ResponsePlan': INCIDENT_MANAGER,
};

/** Closed features of services that are open, by CloudFormation type and property. */
export const CLOSED_PROPERTIES: Readonly<Record<string, Readonly<Record<string, ClosedService>>>> = {
  'AWS::SNS::Topic': {
    DataProtectionPolicy: { name: 'Amazon SNS message data protection', since: '2026-04-30', instead: 'a publisher that masks the message' },
  },
};
