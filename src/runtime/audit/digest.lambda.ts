import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { digest } from './digest';
import { parseDigestSettings } from './digest-settings';
import { Evidence } from './evidence';
import { ReviewLog } from './review-log';
import { TrailQueries } from './trail-queries';
import { JOB_CLIENT_SETTINGS } from '../shared/job-client-settings';
import { ReviewItems } from '../shared/review-item';

const settings = parseDigestSettings(process.env);
const now = () => Date.now();

export const handler = digest(settings, {
  reviews: new ReviewLog(new Evidence(new S3Client(JOB_CLIENT_SETTINGS), settings.evidenceBucket), settings.review, settings.prefix),
  queries: new TrailQueries(settings, {
    client: new CloudWatchLogsClient(JOB_CLIENT_SETTINGS),
    now,
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  }),
  items: new ReviewItems(new SSMClient(JOB_CLIENT_SETTINGS)),
  now,
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
