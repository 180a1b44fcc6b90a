import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * The resource policy of a private API.
 *
 * It denies what comes by another endpoint, and allows the routes whose authorizer decides. It allows no route of IAM: a policy that allows
 * one to anybody would stand in for the caller's own (API Gateway Developer Guide, "How API Gateway resource policies affect authorization
 * workflow").
 */
export class PrivateAccess {
  public readonly policy: iam.PolicyDocument;

  constructor(private readonly stage: string, endpoints: readonly ec2.IVpcEndpoint[]) {
    this.policy = new iam.PolicyDocument({
      statements: [new iam.PolicyStatement({
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: ['execute-api:Invoke'],
        resources: ['execute-api:/*'],
        conditions: { StringNotEquals: { 'aws:SourceVpce': endpoints.map((endpoint) => endpoint.vpcEndpointId) } },
      })],
    });
  }

  /** Lets the route's own authorization decide. */
  public open(httpMethod: string, path: string): void {
    this.policy.addStatements(new iam.PolicyStatement({
      principals: [new iam.AnyPrincipal()],
      actions: ['execute-api:Invoke'],
      resources: [`execute-api:/${this.stage}/${httpMethod}${path.replace(/\{[^}]*\}/g, '*')}`],
    }));
  }
}
