import * as iam from 'aws-cdk-lib/aws-iam';

/** What production is called in tags. */
const PRODUCTION = ['prod', 'prd', 'production', 'live'];

/**
 * Keeps somebody in one account, and there away from what is tagged as production.
 *
 * Most services say whose a resource is (AWS IAM User Guide, "AWS global condition context keys": aws:ResourceAccount). Where one does not, nothing is
 * denied: `Null` asks that the key is there, since `StringNotEquals` holds where it is missing.
 */
export function awayFromProduction(account: string, tagKey: string): iam.PolicyStatement[] {
  const deny = (sid: string, conditions: Record<string, unknown>, actions = ['*']) =>
    new iam.PolicyStatement({ sid, effect: iam.Effect.DENY, actions, resources: ['*'], conditions });
  return [
    deny('StayInThisAccount', { StringNotEquals: { 'aws:ResourceAccount': account }, Null: { 'aws:ResourceAccount': 'false' } }),
    deny('StayAwayFromProduction', { StringEqualsIgnoreCase: { [`aws:ResourceTag/${tagKey}`]: PRODUCTION } }),
    // Whoever could take the tag off would get at what has it. Values of aws:TagKeys differ by case unless the operator ignores it.
    deny('LeaveTheTag', { 'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': [tagKey] } }),
  ];
}
