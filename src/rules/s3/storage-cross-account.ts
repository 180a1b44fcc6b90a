import { Graph } from '../graph';
import { actionMatches, isOwnAccount, Principal, Statement } from '../policy-document';
import { accountOf, Belonging, belongingOf } from '../principal-account';
import { judgeWherePresent, nameOf } from '../resource-policy-checks';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, isMap, isUnknown, listOf, Reference } from '../values';

/** The five of AWS FSBP S3.6, and others that undo a protection of the bucket or destroy what is in it for good. */
const OWNER_ACTIONS = [
  's3:deletebucketpolicy', 's3:putbucketacl', 's3:putbucketpolicy', 's3:putencryptionconfiguration', 's3:putobjectacl',
  's3:bypassgovernanceretention', 's3:deletebucket', 's3:deleteobjectversion', 's3:putbucketlogging', 's3:putbucketobjectlockconfiguration',
  's3:putbucketownershipcontrols', 's3:putbucketpublicaccessblock', 's3:putbucketversioning', 's3:putlifecycleconfiguration',
  's3:putobjectversionacl', 's3:putreplicationconfiguration',
];

/** What a foreign account needs to replicate into the bucket, and what lets it delete there or sign objects over. */
const REPLICATION_ACTIONS = ['s3:objectowneroverridetobucketowner', 's3:replicatedelete'];

/** Checks `STORAGE-CROSS-ACCOUNT`. */
export const storageCrossAccount: Rule = {
  control: 'STORAGE-CROSS-ACCOUNT',
  check(resource, graph) {
    return judgeWherePresent(resource, graph, (statements) => {
      const outcomes = statements.flatMap((statement) => outcomesOf(statement, graph));
      return outcomes.length > 0 ? outcomes : [compliant('no other account gets an action of the owner')];
    });
  },
};

function outcomesOf(statement: Statement, graph: Graph): Outcome[] {
  if (statement.effect === 'Deny') return [];
  const raw = at(statement.carrier.properties, statement.path);
  const untold = cannotTell('UntoldStatement', `the template does not tell who gets what in ${nameOf(statement)}`, statement.path);
  if (!isMap(raw)) return [untold];
  const origins = statement.notPrincipal ? ['foreign'] : statement.principals.map((principal) => originOf(principal, statement, graph));
  if (origins.every((origin) => origin === 'own')) return [];

  const found = findingsOf(statement);
  if (statement.effect === 'Allow' && origins.includes('foreign') && found.length > 0) {
    return found.map(([finding, message]) => violation(finding, `${nameOf(statement)}: ${message}`, statement.path));
  }
  return found.length > 0 || listOf(raw.Action).some(isUnknown) ? [untold] : [];
}

function findingsOf(statement: Statement): Array<[string, string]> {
  if (statement.notAction) return [['Action::NotAction', 'another account gets every action but those listed']];
  const matches = (pattern: string, actions: readonly string[]) => actions.some((action) => actionMatches(pattern, action));
  const owner = statement.actions.filter((pattern) => matches(pattern, OWNER_ACTIONS));
  const replication = statement.actions.filter((pattern) => !owner.includes(pattern) && matches(pattern, REPLICATION_ACTIONS));
  return [
    ...owner.map((pattern): [string, string] => [`Action::${pattern}`, `another account gets ${pattern}`]),
    ...(replication.length > 0 ? [['ForeignReplication', `another account gets ${replication.join(', ')}`] as [string, string]] : []),
  ];
}

/** Services and federated users are no accounts; whom an anonymous principal means is told by a condition on its account, if by anything. */
function originOf(principal: Principal, statement: Statement, graph: Graph): Belonging {
  if (principal.kind === 'any') {
    const account = accountOf(statement.carrier, graph);
    const bound = statement.conditions.some(({ operator, key, values }) => /^string(equals|like)$/.test(operator)
      && (key === 'aws:principalaccount' || key === 'aws:sourceaccount') && values.length > 0
      && values.every((value) => isOwnAccount(value, account) || value === '${aws:ResourceAccount}'));
    return bound ? 'own' : 'foreign';
  }
  if (principal.kind === 'service' || principal.kind === 'federated') return 'own';
  // A literal canonical user id is some account's; one by reference is of the templates, such as an origin access identity.
  if (principal.kind === 'canonical') return principal.value instanceof Reference ? 'own' : 'foreign';
  return belongingOf(principal, statement.carrier, graph);
}
