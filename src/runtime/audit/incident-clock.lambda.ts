import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { incidentClock } from './incident-clock';
import { parseClockSettings } from './incident-clock-settings';
import { IncidentEvidence } from './incident-evidence';
import { IncidentTable } from './incident-table';
import { Pager } from './pager';
import { JOB_CLIENT_SETTINGS } from '../shared/job-client-settings';

const settings = parseClockSettings(process.env);

export const handler = incidentClock(settings.plan, {
  incidents: new IncidentTable(new DynamoDBClient(JOB_CLIENT_SETTINGS), settings.table),
  pager: new Pager(new SNSClient(JOB_CLIENT_SETTINGS)),
  evidence: new IncidentEvidence(new S3Client(JOB_CLIENT_SETTINGS), settings.evidenceBucket, settings.evidencePrefix),
  now: () => Date.now(),
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
