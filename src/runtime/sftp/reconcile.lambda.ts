import { setTimeout } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { TransferClient } from '@aws-sdk/client-transfer';
import { PartnersScan } from './partners-scan';
import { reconciler } from './reconcile';
import { parseReconcileSettings } from './reconcile-settings';
import { ServerUsers } from './server-users';
import { SftpEvents } from './sftp-events';
import { JOB_CLIENT_SETTINGS } from '../shared/job-client-settings';

const settings = parseReconcileSettings(process.env);

// How often to try says what asks.
const transfer = new TransferClient({ ...JOB_CLIENT_SETTINGS, maxAttempts: 1 });

export const handler = reconciler(settings, {
  users: new ServerUsers(transfer, settings.serverId, (milliseconds) => setTimeout(milliseconds)),
  register: new PartnersScan(new DynamoDBClient(JOB_CLIENT_SETTINGS), settings.partnersTable),
  events: new SftpEvents(new EventBridgeClient(JOB_CLIENT_SETTINGS), settings.eventBusName),
  now: () => Date.now(),
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
