import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledgeInPacks } from '../../private/nag';

/** Role by which an API reaches services, which all routes share. */
export function integrationRole(api: Construct, apiName: string): iam.Role {
  const existing = api.node.tryFindChild('IntegrationRole') as iam.Role | undefined;
  if (existing) return existing;
  const role = new iam.Role(api, 'IntegrationRole', {
    description: `Role by which the API ${apiName} reaches services`,
    assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com'),
  });
  acknowledgeInPacks(role, 'IAMNoInlinePolicy', 'the policy belongs to this one role, is written by its grants and is reviewed with it');
  return role;
}
