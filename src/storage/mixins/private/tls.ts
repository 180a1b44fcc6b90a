import * as iam from 'aws-cdk-lib/aws-iam';
import { valueAt } from '../../../private';

/** Denies everybody `actions` on `resources` without TLS. */
export function denyPlainHttp(actions: string[], resources: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'DenyPlainHttp',
    effect: iam.Effect.DENY,
    principals: [new iam.StarPrincipal()],
    actions,
    resources,
    conditions: { Bool: { 'aws:SecureTransport': 'false' } },
  });
}

/** Whether a rendered statement denies what comes without TLS. */
export function isDenyOfPlainHttp(statement: Readonly<Record<string, unknown>>): boolean {
  return statement.Effect === 'Deny' && String(valueAt(statement.Condition, 'Bool.aws:SecureTransport')) === 'false';
}
