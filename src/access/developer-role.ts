import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { EnvironmentKind } from './environment-kind';
import { acknowledgeInPacks, ConfigurationError, requireMatch } from '../private';
import { acknowledgeOpsItems } from './private/catalogue-role';
import { awayFromProduction } from './private/developer-statements';
import { neverDecryptsDirectly } from './private/through-services';
import { operatorStatements } from './private/watch-statements';
import { WorkforceRole } from './workforce-role';
import { WorkforceRoleProps } from './workforce-role-props';

/** Properties of a `DeveloperRole`. */
export interface DeveloperRoleProps extends WorkforceRoleProps {
  /** What the environment is for. Production has no developers. */
  readonly environment: EnvironmentKind;

  /**
   * Tag by which resources say which environment they are of. What says `prod`, `prd`, `production` or `live`, in any case, is denied.
   *
   * @default 'environment'
   */
  readonly environmentTag?: string;
}

/**
 * A role for development and test, which does not exist in production and does not reach there.
 *
 * It sees metrics and works on OpsItems; what it works with is granted where it is: `bucket.grantReadWrite(developer)`. Resources of other accounts are
 * denied to it, whatever they allow, and so is what is tagged as production in this one, where the service tells IAM the tags (Amazon S3 does for buckets
 * with attribute-based access control alone). It neither deploys nor passes roles.
 *
 * @example
 * declare const samples: storage.LandingBucket;
 * const developer = new access.DeveloperRole(this, 'Developer', {
 *   workforce: access.Workforce.iamUsers(),
 *   environment: access.EnvironmentKind.DEVELOPMENT,
 * });
 * samples.grantRead(developer);
 */
export class DeveloperRole extends WorkforceRole {
  constructor(scope: Construct, id: string, props: DeveloperRoleProps) {
    super(scope, id);

    const tag = props.environmentTag ?? 'environment';
    if (props.environment === EnvironmentKind.PRODUCTION) {
      throw new ConfigurationError(this, "'environment' must be development or test, got production; give people there an OperatorRole");
    }
    requireMatch(this, 'environmentTag', tag, /^[\w .:/=+@-]{1,128}$/, 'a key of a tag', 'write for example \'environment\'');
    this._hold(props, {
      kind: 'Developer',
      description: 'Works in development and test, and nowhere near production',
      statements: [...operatorStatements(Stack.of(this)), ...awayFromProduction(Stack.of(this).account, tag), neverDecryptsDirectly()],
      namesNoResource: 'what reads metrics, and lists queries, log groups and OpsItems',
    });
    acknowledgeOpsItems(this.role);
    if (!this.role) return;
    acknowledgeInPacks(this.role.node.findChild('DefaultPolicy'), 'IAMPolicyNoStatementsWithFullAccess',
      'the statements that name every action deny: they keep the role in its account and away from production');
  }
}
