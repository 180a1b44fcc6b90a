import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledgeOpsItems } from './private/catalogue-role';
import { seesNoSecrets } from './private/data-statements';
import { neverDecryptsDirectly } from './private/through-services';
import { auditorStatements } from './private/watch-statements';
import { WorkforceRole } from './workforce-role';
import { WorkforceRoleProps } from './workforce-role-props';

/**
 * A role that sees who may do what, and what was done, and changes nothing but the state of a review.
 *
 * It reads the account's identities, the last ninety days of the trail, the state of Config and the findings of Security Hub. Logs and evidence are
 * granted where they are: `log.grantRead(auditor)`. Masked text of logs stays masked, and secrets are denied.
 *
 * @example
 * declare const log: storage.EncryptedLogGroup;
 * const auditor = new access.AuditorRole(this, 'Auditor', { workforce: access.Workforce.iamUsers() });
 * log.grantRead(auditor);
 */
export class AuditorRole extends WorkforceRole {
  constructor(scope: Construct, id: string, props: WorkforceRoleProps) {
    super(scope, id);
    this._hold(props, {
      kind: 'Auditor',
      description: 'Sees who may do what and what was done',
      statements: [...auditorStatements(Stack.of(this)), seesNoSecrets(), neverDecryptsDirectly()],
      namesNoResource: 'what lists identities, events, queries and reviews of the account',
    });
    acknowledgeOpsItems(this.role);
  }
}
