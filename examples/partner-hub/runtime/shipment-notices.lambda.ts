import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { shipmentNotices } from './shipment-notices';

// The endpoint is that of the Region: the host of a URL is no place to send requests to.
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });

export const handler = shipmentNotices({
  partners: JSON.parse(process.env.PARTNERS!) as string[],
  async send({ partner, text }) {
    await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: text, MessageGroupId: partner }));
  },
  log: (entry) => console.log(JSON.stringify(entry)),
});
