import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CLIENT_SETTINGS } from './client-settings';
import { listPartners } from './partner-list';
import { PartnerRegister } from './partner-register';
import { registrar } from './registrar';
import { parseRegistrarSettings } from './registrar-settings';
import { answerPresigned } from '../shared/presigned-answer';

const settings = parseRegistrarSettings(process.env);
const client = new DynamoDBClient(CLIENT_SETTINGS);
const now = () => Date.now();

export const handler = registrar(settings, {
  register: new PartnerRegister(client, settings.partnersTable, now),
  list: (after) => listPartners(client, settings.partnersTable, after),
  answer: answerPresigned,
  now,
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
