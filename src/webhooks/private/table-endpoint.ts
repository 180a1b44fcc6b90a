import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/**
 * A way to DynamoDB that costs nothing and does not pass the NAT gateway.
 *
 * It leads to tables of the account alone, for principals of the account: a credential from elsewhere carries nothing out by it (Amazon VPC User
 * Guide, "Control access to VPC endpoints using endpoint policies").
 */
export function createTableEndpoint(scope: Construct, vpcId: string, routes: readonly ec2.CfnRouteTable[]): void {
  const { account, region } = Stack.of(scope);
  new ec2.CfnVPCEndpoint(scope, 'Tables', {
    vpcId,
    vpcEndpointType: 'Gateway',
    serviceName: `com.amazonaws.${region}.dynamodb`,
    routeTableIds: routes.map((table) => table.ref),
    policyDocument: new iam.PolicyDocument({
      statements: [new iam.PolicyStatement({
        principals: [new iam.AnyPrincipal()],
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:PrincipalAccount': account, 'aws:ResourceAccount': account } },
      })],
    }),
  });
}
