import { Duration, Names, RemovalPolicy, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { elementsIn, KeyHome } from './key-home';
import { both, Conditions, GRANT_FOR_RESOURCE, sourceConditions, viaServices } from './key-use';
import { administeredKeyPolicy, ConfigurationError, KEY_ADMINISTRATION } from '../../private';

/** Condition keys that say on whose behalf a service acts. */
const SAYS_SOURCE = /^(aws:Source(Account|Arn|OrgID|OrgPaths)$|kms:EncryptionContext)/i;

/** Properties of a `DataKey`. */
export interface DataKeyProps {
  /** What the key protects, as the description shows it. */
  readonly description: string;
  /** Services through which principals of the account's other stacks reach the key, as `kms:ViaService` names them before the Region. */
  readonly services: readonly string[];
  /** Whether the key encrypts topics of rules and nothing else, so that EventBridge may use it without naming a source. */
  readonly forRuleTopics?: boolean;
}

/** Who a grantee is to the policy of a key. */
type Reach = 'service' | 'named' | 'account';

/**
 * A key whose policy, and not IAM alone, decides who uses it.
 *
 * The account administers the key and cannot use it. A grantee of the key's own stack is named in the key policy. A grantee of another
 * stack of the account cannot be: its stack depends on the key's. For those one statement leaves the decision to IAM, for requests through
 * the services of the key's domain.
 */
export class DataKey extends kms.Key {
  private readonly home: KeyHome;
  private readonly services: readonly string[];
  private readonly forRuleTopics: boolean;

  constructor(scope: Construct, id: string, props: DataKeyProps) {
    super(scope, id, {
      description: props.description,
      enableKeyRotation: true,
      rotationPeriod: Duration.days(365),
      pendingWindow: Duration.days(30),
      removalPolicy: RemovalPolicy.RETAIN,
      policy: administeredKeyPolicy(),
    });
    this.home = new KeyHome(this);
    this.services = props.services;
    this.forRuleTopics = props.forRuleTopics ?? false;
    this.addAlias(`alias/${Names.uniqueResourceName(this, { separator: '-', maxLength: 200 })}`);
  }

  /** Grants as described at the class. */
  public get grants(): kms.KeyGrants {
    const grants = kms.KeyGrants.fromKey(this, false);
    grants.actions = (grantee, ...actions) => this.allow(grantee, actions);
    grants.admin = (grantee) => this.grantAdmin(grantee);
    return grants;
  }

  /** Lets `grantee` administer the key; the key policy leaves that to IAM. */
  public grantAdmin(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions: [...KEY_ADMINISTRATION], resourceArns: [this.keyArn] });
  }

  /**
   * Adds a statement; one that lets a service deliver without saying for whom is narrowed to the account, and one that refers to its source
   * names a pattern instead, since the reference would close a cycle.
   */
  public addToResourcePolicy(statement: iam.PolicyStatement, allowNoOp?: boolean): iam.AddToResourcePolicyResult {
    return super.addToResourcePolicy(this.narrowed(statement), allowNoOp);
  }

  private allow(grantee: iam.IGrantable, actions: readonly string[]): iam.Grant {
    const principal = grantee.grantPrincipal;
    const reach = this.reachOf(principal);
    if (reach === 'service') this.requireSource(principal);
    const conditions = reach === 'account' ? both(viaServices(this.home, this.services), principal.policyFragment.conditions as Conditions) : {};

    const grant = iam.Grant.addToPrincipal({ grantee, actions: [...actions], resourceArns: [this.arnFor(principal)] });
    return [
      { actions: actions.filter((action) => action !== 'kms:CreateGrant'), conditions },
      { actions: actions.filter((action) => action === 'kms:CreateGrant'), conditions: both(conditions, GRANT_FOR_RESOURCE) },
    ].filter((use) => use.actions.length > 0).reduce((sum, use) => {
      const statement = new iam.PolicyStatement({
        principals: [reach === 'account' ? new iam.ArnPrincipal(this.home.rootArn) : principal],
        actions: use.actions,
        resources: ['*'],
      });
      statement.addConditions(use.conditions);
      return sum.combine(iam.Grant.addStatementToResourcePolicy({ grantee, actions: use.actions, resourceArns: ['*'], resource: this, statement }));
    }, grant);
  }

  private reachOf(principal: iam.IPrincipal): Reach {
    if (principal.policyFragment.principalJson.Service !== undefined) return 'service';
    const others = stacksOf(principal).filter((stack) => stack !== this.home.stack);
    if (others.length > 0) return others.every((stack) => isSame(stack.account, this.home.account)) ? 'account' : 'named';
    // IAM refuses a group as principal of a policy.
    return principal instanceof iam.Group || this.isOwnRoot(principal) ? 'account' : 'named';
  }

  private isOwnRoot(principal: iam.IPrincipal): boolean {
    if (stacksOf(principal).length > 0) return false;
    const told = JSON.stringify(this.home.stack.resolve(principal.policyFragment.principalJson.AWS));
    return [this.home.rootArn, this.home.account].some((own) => told === JSON.stringify(this.home.stack.resolve([own])));
  }

  /** ARN of the key for the policy of a principal; a pattern for one whose stack cannot refer to the key across account or Region. */
  private arnFor(principal: iam.IPrincipal): string {
    const near = stacksOf(principal).every((stack) => isSame(stack.account, this.home.account) && isSame(stack.region, this.home.region));
    return near ? this.keyArn : this.home.arn('kms', 'key/*');
  }

  private requireSource(principal: iam.IPrincipal): void {
    const service = this.serviceOf(principal);
    if (saysSource(principal.policyFragment.conditions as Conditions) || this.servesAll(service) || sourceConditions(service, this.home)) return;
    throw new ConfigurationError(this,
      `'grantee' must say for whom ${service} acts, got no condition; add aws:SourceAccount or aws:SourceArn to the principal's conditions`);
  }

  private narrowed(statement: iam.PolicyStatement): iam.PolicyStatement {
    const [principal, ...more] = statement.principals;
    if (statement.effect !== iam.Effect.ALLOW || more.length > 0 || principal?.policyFragment.principalJson.Service === undefined) return statement;

    const service = this.serviceOf(principal);
    const narrow = this.servesAll(service) ? undefined : sourceConditions(service, this.home);
    if (!narrow) return statement;
    const conditions = statement.conditions as Conditions;
    const refers = sourceArns(conditions).some((arn) => this.home.nameable(arn, '') === '');
    if (saysSource(conditions) && !refers) return statement;
    // A principal may carry conditions of its own, which are among the statement's already.
    return statement.copy({ principals: [new iam.ServicePrincipal(service)], conditions: both(withoutSourceArn(conditions), narrow) });
  }

  private servesAll(service: string): boolean {
    return this.forRuleTopics && service === 'events.amazonaws.com';
  }

  private serviceOf(principal: iam.IPrincipal): string {
    return String(this.home.stack.resolve(principal.policyFragment.principalJson.Service[0]));
  }
}

/** Stacks of the constructs that a principal's ARN refers to. */
function stacksOf(principal: iam.IPrincipal): Stack[] {
  return elementsIn(principal.policyFragment.principalJson.AWS?.[0]).map((element) => Stack.of(element));
}

function saysSource(conditions: Conditions): boolean {
  return Object.values(conditions).flatMap((entries) => Object.keys(entries)).some((key) => SAYS_SOURCE.test(key));
}

function sourceArns(conditions: Conditions): string[] {
  return Object.values(conditions).flatMap((entries) => Object.entries(entries))
    .filter(([key]) => isSourceArn(key))
    .flatMap(([, value]) => value as string | string[]);
}

function withoutSourceArn(conditions: Conditions): Conditions {
  return Object.fromEntries(Object.entries(conditions)
    .map(([operator, entries]) => [operator, Object.fromEntries(Object.entries(entries).filter(([key]) => !isSourceArn(key)))] as const)
    .filter(([, entries]) => Object.keys(entries).length > 0));
}

function isSourceArn(key: string): boolean {
  return key.toLowerCase() === 'aws:sourcearn';
}

/** Whether two accounts or Regions are the same, as far as synthesis can know. */
function isSame(a: string, b: string): boolean {
  return [TokenComparison.SAME, TokenComparison.BOTH_UNRESOLVED].includes(Token.compareStrings(a, b));
}
