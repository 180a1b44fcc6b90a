import { setTimeout } from 'node:timers/promises';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SSMClient } from '@aws-sdk/client-ssm';
import { TransferClient } from '@aws-sdk/client-transfer';
import { newHostKeyPair } from './host-key-pair';
import { HostKeyParameter } from './host-key-record';
import { HostKeyPorts } from './host-key-rotation';
import { hostKeys } from './host-keys';
import { hostKeysResource } from './host-keys-resource';
import { parseHostKeysSettings } from './host-keys-settings';
import { ServerHostKeys } from './server-host-keys';
import { SftpEvents } from './sftp-events';
import { customResource, isCustomResourceEvent } from '../shared/custom-resource';
import { JOB_CLIENT_SETTINGS } from '../shared/job-client-settings';
import { answerPresigned } from '../shared/presigned-answer';

const settings = parseHostKeysSettings(process.env);

const ports: HostKeyPorts = {
  server: new ServerHostKeys(new TransferClient(JOB_CLIENT_SETTINGS), settings.serverId),
  record: new HostKeyParameter(new SSMClient(JOB_CLIENT_SETTINGS), settings.parameterName),
  events: new SftpEvents(new EventBridgeClient(JOB_CLIENT_SETTINGS), settings.eventBusName),
  newPair: newHostKeyPair,
  now: () => Date.now(),
  pause: () => setTimeout(1000),
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
};

const resource = customResource(hostKeysResource(settings, ports), { answer: answerPresigned, log: ports.log });
const task = hostKeys(settings, ports);

export const handler = (event: unknown, context: { getRemainingTimeInMillis(): number }): Promise<unknown> => (
  isCustomResourceEvent(event) ? resource(event, context) : task(event)
);
