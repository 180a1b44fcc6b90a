import { Control } from './control';
import { ACCOUNT_CONTROLS } from './controls/account';
import { APIGATEWAY_CONTROLS } from './controls/apigateway';
import { CLOUDTRAIL_CONTROLS } from './controls/cloudtrail';
import { CLOUDWATCH_CONTROLS } from './controls/cloudwatch';
import { COGNITO_CONTROLS } from './controls/cognito';
import { DELIVERY_CONTROLS } from './controls/delivery';
import { DELIVERY_CONFIG_CONTROLS } from './controls/delivery-config';
import { DELIVERY_KEY_CONTROLS } from './controls/delivery-keys';
import { DELIVERY_TRAIL_CONTROLS } from './controls/delivery-trail';
import { DYNAMODB_CONTROLS } from './controls/dynamodb';
import { EC2_CONTROLS } from './controls/ec2';
import { EVENTS_CONTROLS } from './controls/events';
import { IAM_CONTROLS } from './controls/iam';
import { IAM_PEOPLE_CONTROLS } from './controls/iam-people';
import { KMS_CONTROLS } from './controls/kms';
import { LAMBDA_CONTROLS } from './controls/lambda';
import { LIFECYCLE_CONTROLS } from './controls/lifecycle';
import { LOGS_CONTROLS } from './controls/logs';
import { RDS_CONTROLS } from './controls/rds';
import { S3_CONTROLS } from './controls/s3';
import { SECRETSMANAGER_CONTROLS } from './controls/secretsmanager';
import { SFTP_CONNECTOR_CONTROLS } from './controls/sftp-connectors';
import { SFTP_IDENTITY_CONTROLS } from './controls/sftp-identity';
import { SFTP_MONITORING_CONTROLS } from './controls/sftp-monitoring';
import { SFTP_NETWORK_CONTROLS } from './controls/sftp-network';
import { SFTP_PARTNER_CONTROLS } from './controls/sftp-partners';
import { SFTP_SERVER_CONTROLS } from './controls/sftp-server';
import { SNS_CONTROLS } from './controls/sns';
import { SQS_CONTROLS } from './controls/sqs';
import { WAFV2_CONTROLS } from './controls/wafv2';
import { WEBHOOK_CONTROLS } from './controls/webhooks';

/** Every control of the library, sorted by id. */
export const CONTROLS: readonly Control[] = [
  ...ACCOUNT_CONTROLS,
  ...APIGATEWAY_CONTROLS,
  ...CLOUDTRAIL_CONTROLS,
  ...CLOUDWATCH_CONTROLS,
  ...COGNITO_CONTROLS,
  ...DELIVERY_CONTROLS,
  ...DELIVERY_CONFIG_CONTROLS,
  ...DELIVERY_KEY_CONTROLS,
  ...DELIVERY_TRAIL_CONTROLS,
  ...DYNAMODB_CONTROLS,
  ...EC2_CONTROLS,
  ...EVENTS_CONTROLS,
  ...IAM_CONTROLS,
  ...IAM_PEOPLE_CONTROLS,
  ...KMS_CONTROLS,
  ...LAMBDA_CONTROLS,
  ...LIFECYCLE_CONTROLS,
  ...LOGS_CONTROLS,
  ...RDS_CONTROLS,
  ...S3_CONTROLS,
  ...SECRETSMANAGER_CONTROLS,
  ...SFTP_CONNECTOR_CONTROLS,
  ...SFTP_IDENTITY_CONTROLS,
  ...SFTP_MONITORING_CONTROLS,
  ...SFTP_NETWORK_CONTROLS,
  ...SFTP_PARTNER_CONTROLS,
  ...SFTP_SERVER_CONTROLS,
  ...SNS_CONTROLS,
  ...SQS_CONTROLS,
  ...WAFV2_CONTROLS,
  ...WEBHOOK_CONTROLS,
].sort((a, b) => (a.id < b.id ? -1 : 1));

const BY_ID = new Map(CONTROLS.map((control) => [control.id, control]));

/** The control of that id, or undefined. */
export function tryControlById(id: string): Control | undefined {
  return BY_ID.get(id);
}

/** The control of that id. Throws where there is none. */
export function controlById(id: string): Control {
  const control = tryControlById(id);
  if (!control) throw new Error(`no control has the id '${id}'`);
  return control;
}

/** Whether a control declares a finding id, literally or by a prefix that ends in `::`. */
export function declaresFinding(control: Control, finding: string): boolean {
  return Object.keys(control.findings).some((declared) => (declared.endsWith('::') ? finding.startsWith(declared) : finding === declared));
}
