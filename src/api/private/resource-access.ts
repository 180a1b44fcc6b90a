import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** Of a resource policy (API Gateway Developer Guide, "Quotas for configuring and running a REST API in API Gateway"). */
const MAX_CHARACTERS = 8192;

/**
 * The resource policy of an API, which it has where it is private, or where a route takes requests of some addresses alone.
 *
 * It denies what comes by another endpoint, or to such a route from elsewhere, and allows the routes whose authorizer decides, since an API
 * with a policy refuses what that does not allow. It allows no route of IAM: a policy that allows one to anybody would stand in for the
 * caller's own (API Gateway Developer Guide, "How API Gateway resource policies affect authorization workflow").
 */
export class ResourceAccess {
  private readonly denials: iam.PolicyStatement[] = [];
  private readonly openings: iam.PolicyStatement[] = [];

  constructor(private readonly stage: string, private readonly endpoints?: readonly ec2.IVpcEndpoint[]) {
    if (!endpoints) return;
    this.deny('execute-api:/*', { StringNotEquals: { 'aws:SourceVpce': endpoints.map((endpoint) => endpoint.vpcEndpointId) } });
  }

  /** The policy, as far as one is needed. */
  public policy(): iam.PolicyDocument | undefined {
    return this.denials.length === 0 ? undefined
      // The routes that are open share a statement, and so do those of the same addresses.
      : new iam.PolicyDocument({ minimize: true, statements: [...this.denials, ...this.openings] });
  }

  /** What is wrong with the policy as a whole. The values of tokens are not known, and count as they are written. */
  public problems(api: Construct): string[] {
    const characters = JSON.stringify(Stack.of(api).resolve(this.policy()) ?? '').length;
    return characters <= MAX_CHARACTERS ? []
      : [`'sourceCidrs' and paths of routes must make a resource policy of at most ${MAX_CHARACTERS} characters, got ${characters}; join adjacent ranges, or serve some routes by another API`];
  }

  /** Lets the route's own authorization decide. */
  public open(httpMethod: string, path: string): void {
    this.openings.push(new iam.PolicyStatement({ principals: [new iam.AnyPrincipal()], actions: ['execute-api:Invoke'], resources: [this.resource(httpMethod, path)] }));
  }

  /** Refuses what comes to a route from other addresses; a request by a VPC endpoint has its address under a key of its own. */
  public restrict(httpMethod: string, path: string, cidrs: readonly string[]): void {
    this.deny(this.resource(httpMethod, path), { NotIpAddress: { [this.endpoints ? 'aws:VpcSourceIp' : 'aws:SourceIp']: [...cidrs] } });
  }

  private deny(resource: string, conditions: iam.Conditions): void {
    this.denials.push(new iam.PolicyStatement({
      effect: iam.Effect.DENY, principals: [new iam.AnyPrincipal()], actions: ['execute-api:Invoke'], resources: [resource], conditions,
    }));
  }

  private resource(httpMethod: string, path: string): string {
    return `execute-api:/${this.stage}/${httpMethod}${path.replace(/\{[^}]*\}/g, '*')}`;
  }
}
