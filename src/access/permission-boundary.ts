import { Names, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { IPermissionBoundary } from './permission-boundary-ref';
import { acknowledgeInPacks, ConfigurationError, requireMatch } from '../private';
import { boundaryStatements } from './private/boundary-statements';
import { MAX_MANAGED_CHARACTERS, validateSize } from './private/policy-size';
import { ACCESS_PATH } from './private/role-path';

const DEFAULT_ID = 'PermissionBoundary';

/** What integrations run on, and roles are passed to. */
const SERVICES = [
  'apigateway', 'events', 'firehose', 'lambda', 'logs', 'pipes', 'scheduler', 'states', 'transfer', 'vpc-flow-logs',
].map((name) => `${name}.amazonaws.com`);

/** Properties of a `PermissionBoundary`. */
export interface PermissionBoundaryProps {
  /**
   * Name of the policy, below the path `/access/`. Give one where other accounts need the boundary by the same name, as Identity Center does.
   *
   * @default - made of the path of the construct and the Region of its stack, where that is known
   */
  readonly policyName?: string;

  /**
   * Services to which bounded roles may pass roles, such as `lambda.amazonaws.com`.
   *
   * @default - those that integrations run on: API Gateway, EventBridge with its pipes and schedules, Firehose, Lambda, Logs, Step Functions, Transfer
   * Family, VPC flow logs
   */
  readonly passableTo?: string[];

  /**
   * Tag that says how current somebody's training is. Trainers alone give it.
   *
   * @default 'SecurityTraining'
   */
  readonly trainingTag?: string;
}

/**
 * What roles may do at most, whatever their policies say: a managed policy that grants nothing, and denies each way by which somebody could come to
 * more rights, to other people's credentials, or to a record that is silent.
 *
 * A bounded role can make and alter bounded identities only, passes roles to few services, leaves the roles, policies and boundaries of this room as
 * they were deployed, and neither ends nor alters trails, alarms, logs and the policies of keys. Deploying is denied to bounded roles: what they leave
 * alone changes by a deployment, whose role has no boundary of these.
 *
 * @example
 * declare const job: iam.Role;
 * const boundary = new access.PermissionBoundary(this, 'Boundary', { passableTo: ['lambda.amazonaws.com'] });
 * iam.PermissionsBoundary.of(job).apply(boundary.managedPolicy);
 */
export class PermissionBoundary extends Construct implements IPermissionBoundary {
  /** The boundary of a stack: the first that is a direct child of it, or else a new one with the id `PermissionBoundary`. */
  public static of(scope: IConstruct): PermissionBoundary {
    const stack = Stack.of(scope);
    const existing = stack.node.children.find((child) => child instanceof PermissionBoundary);
    if (existing) return existing;
    if (stack.node.tryFindChild(DEFAULT_ID)) {
      throw new ConfigurationError(stack, `'${DEFAULT_ID}' must be a PermissionBoundary, got another construct of that id; rename that, or pass a boundary`);
    }
    return new PermissionBoundary(stack, DEFAULT_ID);
  }

  /** Refers to a boundary that another app deploys in the same account, by its name below `/access/`. */
  public static fromPolicyName(scope: Construct, id: string, policyName: string): IPermissionBoundary {
    class Imported extends Construct implements IPermissionBoundary {
      public readonly policyName = policyName;
      public readonly policyPath = ACCESS_PATH;
      public readonly managedPolicy = iam.ManagedPolicy.fromManagedPolicyArn(this, 'Policy', arnOf(this, policyName));
    }
    return new Imported(scope, id);
  }

  /** The policy that roles and users carry as their permissions boundary. Attached as a policy it would grant everything that it does not deny. */
  public readonly managedPolicy: iam.IManagedPolicy;

  /** Name of the policy. */
  public readonly policyName: string;

  /** The tag that trainers alone give. */
  public readonly trainingTag: string;

  /** Path of the policy, `/access/`. */
  public readonly policyPath: string = ACCESS_PATH;

  constructor(scope: Construct, id: string, props: PermissionBoundaryProps = {}) {
    super(scope, id);

    const { passableTo = SERVICES, trainingTag = 'SecurityTraining' } = props;
    this.trainingTag = trainingTag;
    this.policyName = props.policyName ?? nameOf(this);
    requireMatch(this, 'policyName', this.policyName, /^[\w+=,.@-]{1,128}$/, 'letters, digits and +=,.@-_, at most 128', 'leave out other characters');
    for (const service of passableTo) {
      requireMatch(this, 'passableTo', service, /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/, 'names of services', 'write for example \'lambda.amazonaws.com\'');
    }
    if (passableTo.length === 0) {
      throw new ConfigurationError(this, "'passableTo' must name a service, got none; leave it out for those that integrations run on");
    }

    const { partition, account } = Stack.of(this);
    const policy = new iam.ManagedPolicy(this, 'Resource', {
      // A name of its own, since a policy that demands itself of others cannot refer to its own ARN.
      managedPolicyName: this.policyName,
      path: this.policyPath,
      description: 'Bounds what roles may do; grants nothing and is attached to nobody',
      statements: boundaryStatements({ partition, account, boundaryArn: arnOf(this, this.policyName), passableTo, trainingTag }),
    });
    validateSize(this, 'the boundary', () => policy.document, MAX_MANAGED_CHARACTERS);
    this.managedPolicy = policy;

    const reason = 'the policy is a permissions boundary: it grants nothing, its Allow leaves the decision to the policies of each role, and its denials take rights away';
    acknowledgeInPacks(policy, 'IAMNoWildcardPermissions', reason, 'Action::*');
    acknowledgeInPacks(policy, 'IAMNoWildcardPermissions', reason, 'Resource::*');
    acknowledgeInPacks(policy, 'IAMPolicyNoStatementsWithAdminAccess', reason);
    acknowledgeInPacks(policy, 'IAMPolicyNoStatementsWithFullAccess', reason);
  }
}

/** IAM is one for all Regions of an account, in which a stack of one name may be several times. */
function nameOf(scope: Construct): string {
  const name = Names.uniqueResourceName(scope, { maxLength: 100, separator: '-' });
  const { region } = Stack.of(scope);
  return Token.isUnresolved(region) ? name : `${name}-${region}`;
}

function arnOf(scope: IConstruct, policyName: string): string {
  return Stack.of(scope).formatArn({ service: 'iam', region: '', resource: 'policy', resourceName: `${ACCESS_PATH.slice(1)}${policyName}` });
}
