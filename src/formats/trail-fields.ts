/**
 * What a question may ask of an event of a trail, by its name there (AWS CloudTrail User Guide, "CloudTrail record contents").
 *
 * What an event says in full, such as all parameters of a request or a message of an error, is not among them: a report has names, places and times,
 * and neither a secret nor what a request carried.
 */
export const TRAIL_FIELDS = [
  'awsRegion',
  'errorCode',
  'eventName',
  'eventSource',
  'eventTime',
  'eventType',
  'recipientAccountId',
  'resources.0.ARN',
  'sourceIPAddress',
  'vpcEndpointId',
  'userIdentity.accountId',
  'userIdentity.arn',
  'userIdentity.invokedBy',
  'userIdentity.type',
  'userIdentity.sessionContext.attributes.mfaAuthenticated',
  'userIdentity.sessionContext.sessionIssuer.arn',
  'userIdentity.sessionContext.sourceIdentity',
  'additionalEventData.MFAIdentifier',
  'additionalEventData.MFAUsed',
  'additionalEventData.SecretId',
  'requestParameters.bucketName',
  'requestParameters.functionName',
  'requestParameters.groupName',
  'requestParameters.keyId',
  'requestParameters.logGroupName',
  'requestParameters.name',
  'requestParameters.opsItemId',
  'requestParameters.policyArn',
  'requestParameters.policyName',
  'requestParameters.roleArn',
  'requestParameters.roleName',
  'requestParameters.secretId',
  'requestParameters.status',
  'requestParameters.tableName',
  'requestParameters.userName',
  'responseElements.ConsoleLogin',
] as const;

export type TrailField = (typeof TRAIL_FIELDS)[number];

/** Members whose content a table of Athena has as JSON text, since it differs with each service. */
const AS_TEXT = ['additionalEventData', 'requestParameters', 'responseElements'];

export function isTrailField(text: string): text is TrailField {
  return (TRAIL_FIELDS as readonly string[]).includes(text);
}

/** The field in the SQL of Athena (Amazon Athena User Guide, "Query AWS CloudTrail logs"); null where an event does not have it. */
export function sqlOf(field: TrailField): string {
  const [first, ...rest] = field.split('.');
  if (AS_TEXT.includes(first)) return `json_extract_scalar(${first.toLowerCase()}, '$.${rest.join('.')}')`;
  if (field === 'resources.0.ARN') return 'element_at(resources, 1).arn';
  return field.toLowerCase();
}
