import { ACCOUNT_RULES } from './account';
import { APIGATEWAY_RULES } from './apigateway';
import { CLOUDTRAIL_RULES } from './cloudtrail';
import { CLOUDWATCH_RULES } from './cloudwatch';
import { COGNITO_RULES } from './cognito';
import { DELIVERY_RULES } from './delivery';
import { DYNAMODB_RULES } from './dynamodb';
import { EC2_RULES } from './ec2';
import { EVENTS_RULES } from './events';
import { IAM_RULES } from './iam';
import { KMS_RULES } from './kms';
import { LAMBDA_RULES } from './lambda';
import { LIFECYCLE_RULES } from './lifecycle';
import { LOGS_RULES } from './logs';
import { RDS_RULES } from './rds';
import { Rule } from './rule';
import { S3_RULES } from './s3';
import { SECRETSMANAGER_RULES } from './secretsmanager';
import { SNS_RULES } from './sns';
import { SQS_RULES } from './sqs';
import { TRANSFER_RULES } from './transfer';
import { WAFV2_RULES } from './wafv2';
import { WEBHOOK_RULES } from './webhooks';

/** Every rule, one for each control of the catalog. */
export const RULES: readonly Rule[] = [
  ...ACCOUNT_RULES,
  ...APIGATEWAY_RULES,
  ...CLOUDTRAIL_RULES,
  ...CLOUDWATCH_RULES,
  ...COGNITO_RULES,
  ...DELIVERY_RULES,
  ...DYNAMODB_RULES,
  ...EC2_RULES,
  ...EVENTS_RULES,
  ...IAM_RULES,
  ...KMS_RULES,
  ...LAMBDA_RULES,
  ...LIFECYCLE_RULES,
  ...LOGS_RULES,
  ...RDS_RULES,
  ...S3_RULES,
  ...SECRETSMANAGER_RULES,
  ...SNS_RULES,
  ...SQS_RULES,
  ...TRANSFER_RULES,
  ...WAFV2_RULES,
  ...WEBHOOK_RULES,
];
