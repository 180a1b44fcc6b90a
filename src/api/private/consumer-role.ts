import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { BoundAccess } from './bound-access';
import { ConsumerHost } from './consumer-host';
import { acknowledgeInPacks, ConfigurationError } from '../../private';
import { Route } from '../route';

/** Under which conditions a role may call. */
interface RoleLimits {
  readonly cidrs?: readonly string[];
  readonly expires?: string;
  readonly suspended: boolean;
}

/** What a consumer's role may call. No authorizer judges a signature, so a policy of the role has to say from where and until when. */
export class RoleGrants {
  private granted = false;
  private policy: iam.Policy | undefined;

  constructor(
    private readonly consumer: Construct,
    private readonly host: ConsumerHost,
    private readonly access: BoundAccess,
    private readonly limits: RoleLimits,
  ) {
    consumer.node.addValidation({ validate: () => this.unenforced() });
  }

  public grant(routes: readonly Route[]): iam.Grant {
    const { role } = this.access;
    if (!role) throw new ConfigurationError(this.consumer, "'grantInvoke' must be for a consumer that a role signs for, got another; its scopes say what it may call");
    if (routes.length === 0) throw new ConfigurationError(this.consumer, "'routes' must name at least one, got none; name what the consumer may call");
    for (const route of routes) {
      this.host.callers.requireMetered(this.consumer, 'routes', route);
      if (this.host.callers.isAsked(this.access, route)) continue;
      throw new ConfigurationError(this.consumer, `'routes' must take signatures, got '${route.httpMethod} ${route.path}'; give it Authorization.iam`);
    }
    this.granted = true;
    if (this.limits.suspended) return iam.Grant.drop(role, `consumer ${this.consumer.node.path} is suspended`);
    this.policy ??= this.policyOf(role);
    return iam.Grant.addToPrincipal({
      grantee: this.policy,
      actions: ['execute-api:Invoke'],
      resourceArns: routes.map(({ method }) => method.methodArn),
      conditions: this.conditions(),
    });
  }

  /**
   * A policy beside the consumer and not the role's own, since the stack of the API reads the role's name for its alarms: a role in another stack
   * could not name the API in turn.
   */
  private policyOf(role: iam.IRole): iam.Policy {
    const policy = new iam.Policy(this.consumer, 'Invoke');
    role.attachInlinePolicy(policy);
    const { roles } = policy.node.defaultChild as iam.CfnPolicy;
    if (Stack.of(policy).resolve(roles) === undefined) {
      throw new ConfigurationError(this.consumer, `'access' must have a role to which policies can be added, got '${role.node.path}', to which none can; import it as mutable, or write a policy of your own`);
    }
    acknowledgeInPacks(policy, 'IAMNoInlinePolicy', 'the policy belongs to this one consumer, is written by its grants and goes with it');
    return policy;
  }

  private conditions(): Record<string, Record<string, unknown>> {
    const { cidrs, expires } = this.limits;
    // Behind a VPC endpoint a request has no public address (IAM User Guide, "AWS global condition context keys", aws:SourceIp).
    const address = this.host.isPrivate ? 'aws:VpcSourceIp' : 'aws:SourceIp';
    return {
      ...cidrs && { IpAddress: { [address]: [...cidrs] } },
      ...expires !== undefined && { DateLessThan: { 'aws:CurrentTime': `${expires}T00:00:00Z` } },
    };
  }

  private unenforced(): string[] {
    if (!this.access.role || this.granted) return [];
    return (['cidrs', 'expires'] as const).filter((prop) => this.limits[prop] !== undefined)
      .map((prop) => `'${prop}' must be enforced by the policy of the role, got no grant; let the role call by grantInvoke, or leave it out`);
  }
}
