import { KEY_TYPES, KeyType } from './ssh-key';
import { Environment } from '../shared/environment';

/** Which connector's key pair rotates. */
export interface SftpConnectorSettings {
  readonly userName: string;
  readonly connectorId: string;
  readonly probeConnectorId: string;
  readonly eventBusName: string;
  readonly keyType: KeyType;
  readonly offerMilliseconds: number;
}

/** AWS Transfer Family API Reference, "TestConnection". */
const CONNECTOR_ID = /^c-[0-9a-f]{17}$/;
/** Name or ARN (Amazon EventBridge API Reference, "PutEventsRequestEntry"). */
const EVENT_BUS = /^[\w/.:-]{1,1600}$/;
const SECONDS = /^[1-9]\d{0,8}$/;

/** Reads `SFTP_USER_NAME`, `CONNECTOR_ID`, `PROBE_CONNECTOR_ID`, `EVENT_BUS_NAME`, `KEY_TYPE`, `OFFER_SECONDS`; throws, saying what is wrong. */
export function parseSftpConnectorSettings(environment: Environment): SftpConnectorSettings {
  const { SFTP_USER_NAME: userName = '', CONNECTOR_ID: connectorId = '', PROBE_CONNECTOR_ID: probeConnectorId = '' } = environment;
  const { EVENT_BUS_NAME: eventBusName = '', KEY_TYPE: type, OFFER_SECONDS: seconds = '' } = environment;
  if (userName === '' || userName.length > 100) throw new Error('SFTP_USER_NAME must have 1 to 100 characters');
  if (!CONNECTOR_ID.test(connectorId)) throw new Error('CONNECTOR_ID must be the id of a connector');
  if (!CONNECTOR_ID.test(probeConnectorId) || probeConnectorId === connectorId) throw new Error('PROBE_CONNECTOR_ID must be the id of another connector');
  if (!EVENT_BUS.test(eventBusName)) throw new Error('EVENT_BUS_NAME must be the name or the ARN of an event bus');
  const keyType = KEY_TYPES.find((known) => known === type);
  if (!keyType) throw new Error(`KEY_TYPE must be one of ${KEY_TYPES.join(', ')}`);
  if (!SECONDS.test(seconds)) throw new Error('OFFER_SECONDS must be a positive whole number of seconds');
  return { userName, connectorId, probeConnectorId, eventBusName, keyType, offerMilliseconds: Number(seconds) * 1000 };
}
