import { setTimeout } from 'node:timers/promises';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { TransferClient } from '@aws-sdk/client-transfer';
import { CLIENT_SETTINGS } from './client-settings';
import { rotator } from './rotator';
import { SecretStore } from './secret-store';
import { parseSettings } from './settings';
import { sftpConnectorKeyPair } from './sftp-connector-key-pair';
import { parseSftpConnectorSettings } from './sftp-connector-settings';
import { newPrivateKey } from './ssh-key';

/** A test of a connection takes as long as the partner's server lets it wait. */
const TRANSFER_SETTINGS = { maxAttempts: 2, requestHandler: { ...CLIENT_SETTINGS.requestHandler, requestTimeout: 45_000 } };

const settings = parseSettings(process.env);
const store = new SecretStore(new SecretsManagerClient(CLIENT_SETTINGS), settings.secretArn);
const now = () => Date.now();

export const handler = rotator(settings, {
  store,
  adapter: sftpConnectorKeyPair({
    ...parseSftpConnectorSettings(process.env),
    store,
    transfer: new TransferClient(TRANSFER_SETTINGS),
    events: new EventBridgeClient(CLIENT_SETTINGS),
    newPrivateKey,
    now,
    pause: () => setTimeout(2000), // one test a second is what an account may make
    looks: 2,
  }),
  now,
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
