import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { EventBus } from '../shared/event-bus';

/** Source of the events of the SFTP room. */
export const EVENT_SOURCE = 'cdk-secure-integrations.sftp';

/** Events of the SFTP room, told to one bus. */
export class SftpEvents extends EventBus {
  constructor(client: Pick<EventBridgeClient, 'send'>, busName: string) {
    super(client, busName, EVENT_SOURCE);
  }
}
