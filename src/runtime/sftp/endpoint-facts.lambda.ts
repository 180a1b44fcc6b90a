import { setTimeout } from 'node:timers/promises';
import { EC2Client } from '@aws-sdk/client-ec2';
import { TransferClient } from '@aws-sdk/client-transfer';
import { endpointFacts } from './endpoint-facts';
import { customResource, isCustomResourceEvent } from '../shared/custom-resource';
import { JOB_CLIENT_SETTINGS } from '../shared/job-client-settings';
import { answerPresigned } from '../shared/presigned-answer';

const facts = endpointFacts({
  transfer: new TransferClient(JOB_CLIENT_SETTINGS),
  ec2: new EC2Client(JOB_CLIENT_SETTINGS),
  pause: () => setTimeout(5000),
});

// As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
const resource = customResource(facts, { answer: answerPresigned, log: (entry) => console.log(entry) });

export const handler = async (event: unknown, context: { getRemainingTimeInMillis(): number }): Promise<void> => {
  if (!isCustomResourceEvent(event)) throw new Error('the event is not one of a custom resource');
  await resource(event, context);
};
