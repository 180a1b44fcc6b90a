import { settingsOf } from './replicas';
import { narrowedBy } from '../narrowing';
import { Statement, statementsOf } from '../policy-document';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';

/** Keys that keep strangers out even where the principal is everyone. */
const CALLER_KEYS = [
  'aws:principalaccount', 'aws:principalorgid', 'aws:principalorgpaths', 'aws:principalarn', 'aws:userid',
  'aws:sourceaccount', 'aws:sourcearn', 'aws:sourceorgid', 'aws:sourceorgpaths', 'aws:sourcevpc', 'aws:sourcevpce',
];

/** Checks `TABLE-POLICY-PUBLIC`. */
export const tablePolicyPublic: Rule = {
  control: 'TABLE-POLICY-PUBLIC',
  check(table) {
    const replicaStream = table.type === 'AWS::DynamoDB::Table' ? 'StreamSpecification' : 'ReplicaStreamSpecification';
    const statements = ['', `${replicaStream}.`]
      .flatMap((owner) => settingsOf(table, `${owner}ResourcePolicy.PolicyDocument`))
      .flatMap(({ value, property }) => statementsOf(value, table, property));
    const found = statements.flatMap(judge);
    return found.length > 0 ? found : compliant(`none of ${statements.length} statements allows everyone`);
  },
};

function judge(statement: Statement): Outcome[] {
  if (statement.effect === 'Deny') return [];
  const narrowing = narrowedBy(statement, CALLER_KEYS);
  if (statement.effect === 'Allow' && statement.notPrincipal) return [violation('NotPrincipal', 'everyone but the named principals is allowed', statement.path)];
  if (statement.effect === 'Allow' && narrowing === 'narrow') return [];
  if (statement.effect === 'Allow' && narrowing === 'open' && statement.principals.some(({ kind }) => kind === 'any')) {
    return [violation('PublicPrincipal', 'everyone is allowed', statement.path)];
  }
  const told = statement.effect === 'Allow' && statement.principals.length > 0 && statement.principals.every(({ kind }) => kind !== 'unknown' && kind !== 'any');
  return told ? [] : [cannotTell('UnresolvedPolicy', 'the template does not tell who is allowed', statement.path)];
}
