import { setTimeout } from 'node:timers/promises';
import { EC2Client } from '@aws-sdk/client-ec2';
import { Inspector2Client } from '@aws-sdk/client-inspector2';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import type { AccountDefault } from './account-default';
import { accountDefaults, AccountDefaultsPorts, accountDefaultsResource } from './account-defaults';
import { parseAccountDefaultsSettings } from './account-defaults-settings';
import { DiskEncryption } from './disk-encryption';
import { FunctionScanning } from './function-scanning';
import { PublicAccessBlock } from './public-access-block';
import type { AccountDefaultName } from '../../formats/account-defaults';
import { customResource, isCustomResourceEvent, LambdaContext } from '../shared/custom-resource';
import { JOB_CLIENT_SETTINGS } from '../shared/job-client-settings';
import { answerPresigned } from '../shared/presigned-answer';

const { accountId, defaults, diskKeyArn } = parseAccountDefaultsSettings(process.env);

const scanning = (name: FunctionScanning['name']) => (
  new FunctionScanning(new Inspector2Client(JOB_CLIENT_SETTINGS), accountId, name, (milliseconds) => setTimeout(milliseconds))
);

const MADE: Readonly<Record<AccountDefaultName, () => AccountDefault>> = {
  'disk-encryption': () => new DiskEncryption(new EC2Client(JOB_CLIENT_SETTINGS), diskKeyArn),
  'function-code-scanning': () => scanning('function-code-scanning'),
  'function-scanning': () => scanning('function-scanning'),
  'public-access-block': () => new PublicAccessBlock(new S3ControlClient(JOB_CLIENT_SETTINGS), accountId),
};

const ports: AccountDefaultsPorts = {
  defaults: defaults.map((name) => MADE[name]()),
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
};

const resource = customResource(accountDefaultsResource(ports), { answer: answerPresigned, log: ports.log });
const task = accountDefaults(ports);

export const handler = (event: unknown, context: LambdaContext): Promise<void> => (
  isCustomResourceEvent(event) ? resource(event, context) : task(event)
);
