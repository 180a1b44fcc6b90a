import { ACCOUNT_CASES } from './account.cases';
import { APIGATEWAY_CASES } from './apigateway.cases';
import { CLOUDTRAIL_WATCH_CASES } from './cloudtrail-watch.cases';
import { CLOUDTRAIL_CASES } from './cloudtrail.cases';
import { CLOUDWATCH_CASES } from './cloudwatch.cases';
import { COGNITO_CASES } from './cognito.cases';
import { ControlCase } from './control-case';
import { DELIVERY_CONFIG_CASES } from './delivery-config.cases';
import { DELIVERY_KEY_CASES } from './delivery-keys.cases';
import { DELIVERY_SFTP_CASES } from './delivery-sftp.cases';
import { DELIVERY_TRAIL_CASES } from './delivery-trail.cases';
import { DELIVERY_CASES } from './delivery.cases';
import { DYNAMODB_CASES } from './dynamodb.cases';
import { EC2_CASES } from './ec2.cases';
import { EVENTS_CASES } from './events.cases';
import { IAM_PEOPLE_CASES } from './iam-people.cases';
import { IAM_CASES } from './iam.cases';
import { KMS_CASES } from './kms.cases';
import { LAMBDA_CASES } from './lambda.cases';
import { LIFECYCLE_CASES } from './lifecycle.cases';
import { LOGS_CASES } from './logs.cases';
import { RDS_CASES } from './rds.cases';
import { S3_CASES } from './s3.cases';
import { SECRETSMANAGER_CASES } from './secretsmanager.cases';
import { SFTP_CONNECTOR_CASES } from './sftp-connectors.cases';
import { SFTP_IDENTITY_CASES } from './sftp-identity.cases';
import { SFTP_MONITORING_CASES } from './sftp-monitoring.cases';
import { SFTP_NETWORK_CASES } from './sftp-network.cases';
import { SFTP_PARTNER_CASES } from './sftp-partners.cases';
import { SFTP_SERVER_CASES } from './sftp-server.cases';
import { SFTP_USER_CASES } from './sftp-users.cases';
import { SNS_CASES } from './sns.cases';
import { SQS_CASES } from './sqs.cases';
import { WAFV2_CASES } from './wafv2.cases';
import { WEBHOOK_CASES } from './webhooks.cases';

/** The examples and mutations of every control. */
export const ALL_CASES: readonly ControlCase[] = [
  ...ACCOUNT_CASES,
  ...APIGATEWAY_CASES,
  ...CLOUDTRAIL_CASES,
  ...CLOUDTRAIL_WATCH_CASES,
  ...CLOUDWATCH_CASES,
  ...COGNITO_CASES,
  ...DELIVERY_CASES,
  ...DELIVERY_CONFIG_CASES,
  ...DELIVERY_KEY_CASES,
  ...DELIVERY_SFTP_CASES,
  ...DELIVERY_TRAIL_CASES,
  ...DYNAMODB_CASES,
  ...EC2_CASES,
  ...EVENTS_CASES,
  ...IAM_CASES,
  ...IAM_PEOPLE_CASES,
  ...KMS_CASES,
  ...LAMBDA_CASES,
  ...LIFECYCLE_CASES,
  ...LOGS_CASES,
  ...RDS_CASES,
  ...S3_CASES,
  ...SECRETSMANAGER_CASES,
  ...SFTP_CONNECTOR_CASES,
  ...SFTP_IDENTITY_CASES,
  ...SFTP_MONITORING_CASES,
  ...SFTP_NETWORK_CASES,
  ...SFTP_PARTNER_CASES,
  ...SFTP_SERVER_CASES,
  ...SFTP_USER_CASES,
  ...SNS_CASES,
  ...SQS_CASES,
  ...WAFV2_CASES,
  ...WEBHOOK_CASES,
];
