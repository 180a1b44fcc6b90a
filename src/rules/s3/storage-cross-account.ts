import { Graph, Resource } from '../graph';
import { actionMatches, isOwnAccount, Principal, Statement } from '../policy-document';
import { judgeWherePresent, nameOf } from '../resource-policy-checks';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, isMap, isUnknown, listOf, Reference, Text, Value } from '../values';

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
      const outcomes = statements.flatMap((statement) => outcomesOf(statement, accountOf(statement.carrier, graph), graph));
      return outcomes.length > 0 ? outcomes : [compliant('no other account gets an action of the owner')];
    });
  },
};

function outcomesOf(statement: Statement, account: string | undefined, graph: Graph): Outcome[] {
  if (statement.effect === 'Deny') return [];
  const raw = at(statement.carrier.properties, statement.path);
  const untold = cannotTell('UntoldStatement', `the template does not tell who gets what in ${nameOf(statement)}`, statement.path);
  if (!isMap(raw)) return [untold];
  const origins = statement.notPrincipal ? ['foreign'] : statement.principals.map((principal) => originOf(principal, statement, account, graph));
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
function originOf(principal: Principal, statement: Statement, account: string | undefined, graph: Graph): 'own' | 'foreign' | 'unknown' {
  if (principal.kind === 'any') {
    const bound = statement.conditions.some(({ operator, key, values }) => /^string(equals|like)$/.test(operator)
      && (key === 'aws:principalaccount' || key === 'aws:sourceaccount') && values.length > 0
      && values.every((value) => isOwnAccount(value, account) || value === '${aws:ResourceAccount}'));
    return bound ? 'own' : 'foreign';
  }
  if (principal.kind === 'service' || principal.kind === 'federated') return 'own';
  if (principal.kind === 'unknown') return 'unknown';
  return originOfValue(principal.value, account, graph);
}

function originOfValue(value: Value, account: string | undefined, graph: Graph): 'own' | 'foreign' | 'unknown' {
  const parts = value instanceof Text ? value.parts : [value];
  const reference = parts.find((part): part is Reference => part instanceof Reference);
  if (reference) {
    const other = accountOf(reference.resource, graph);
    return account && other && other !== account ? 'foreign' : 'own';
  }
  if (parts.some((part) => isOwnAccount(part, account)) || (account !== undefined && describe(value).includes(`:${account}:`))) return 'own';
  return isUnknown(value) ? 'unknown' : 'foreign';
}

function accountOf(resource: Resource, graph: Graph): string | undefined {
  return graph.sources.find((source) => source.name === resource.template)?.account;
}
