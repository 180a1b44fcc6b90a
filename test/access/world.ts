import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { access, foundation } from '../../src';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
export const INSTANCE = 'arn:aws:sso:::instance/ssoins-1234567890abcdef';

export function stackIn(app = new App()): Stack {
  return new Stack(app, 'Stack', { env: { account: ACCOUNT, region: REGION } });
}

/** Every construct of the catalogue and of the guards, for one workforce. */
export function catalogueIn(stack: Stack, workforce = access.Workforce.iamUsers()): void {
  const shared = foundation.Foundation.of(stack);
  const key = shared.key(foundation.DataDomain.DATA);
  const handOver = s3.Bucket.fromBucketName(stack, 'HandOver', 'hand-over');
  const handler = lambda.Function.fromFunctionArn(stack, 'Handler', `arn:aws:lambda:${REGION}:${ACCOUNT}:function:detokenise`);
  new access.KeyAdministratorRole(stack, 'KeyAdministrator', { workforce, keys: [key] });
  new access.AuditorRole(stack, 'Auditor', { workforce });
  new access.OperatorRole(stack, 'Operator', { workforce }).allowInvoke(handler);
  new access.DeveloperRole(stack, 'Developer', { workforce, environment: access.EnvironmentKind.TEST });
  const detokeniser = new access.DetokeniserRole(stack, 'Detokeniser', { workforce });
  detokeniser.allowInvoke(handler);
  detokeniser.allowDecrypt(key, { purpose: 'card-number' });
  new access.ArmerRole(stack, 'Armer', { workforce })
    .allowArming(ssm.StringParameter.fromStringParameterName(stack, 'Arming', '/break-glass/arming'));
  new access.MaskingJobRole(stack, 'Reader', { duty: access.MaskingDuty.readSource(handOver) });
  new access.MaskingJobRole(stack, 'Writer', {
    duty: access.MaskingDuty.writeTarget(handOver, kms.Key.fromKeyArn(stack, 'SourceKey', `arn:aws:kms:${REGION}:${ACCOUNT}:key/source`)),
  });
  const staff = iam.Group.fromGroupName(stack, 'Staff', 'staff');
  new access.MfaGuard(stack, 'MfaGuard', { groups: [staff] });
  new access.HardwareKeyRegistration(stack, 'SecurityKeys', { groups: [staff], minimumFipsLevel: 2 });
}

export type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties: any; readonly Metadata?: any }>>;

export function resourcesOf(stack: Stack): Resources {
  return Template.fromStack(stack).toJSON().Resources as Resources;
}
