import { SQSClient } from '@aws-sdk/client-sqs';
import { AttemptQueue } from './attempt-queue';
import { CLIENT_SETTINGS } from './client-settings';
import { feeder } from './feed';
import { parseFeedSettings } from './feed-settings';

const { queueUrl } = parseFeedSettings(process.env);

export const handler = feeder({
  // The endpoint is that of the Region: the host of a URL is no place to send requests to.
  queue: new AttemptQueue(new SQSClient({ ...CLIENT_SETTINGS, useQueueUrlAsEndpoint: false }), queueUrl),
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
