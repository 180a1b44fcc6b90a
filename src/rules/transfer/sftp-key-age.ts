import { identityProviderOf } from './servers';
import { judgeSignals, surest } from './signals';
import { all, Answer } from '../delivery/answers';
import { Graph, Resource } from '../graph';
import { rightsOf } from '../iam/identity-policies';
import { FunctionAlarm, logAlarmsOf, metricAlarmsOf } from '../lambda/function-alarms';
import { scheduledFunctions } from '../lambda/scheduled';
import { coversAction, Statement } from '../policy-document';
import { Rule } from '../rule';
import { isUnknown, target } from '../values';

const TABLE_READS = ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'];

const HOST_KEYS = ['transfer:ListHostKeys', 'transfer:DescribeHostKey'];
const USERS = ['transfer:ListUsers', 'transfer:DescribeUser'];

/** Checks `SFTP-KEY-AGE`: that something looks at the keys from time to time, and that an alarm tells what it finds, or that it fails. */
export const sftpKeyAge: Rule = {
  control: 'SFTP-KEY-AGE',
  check(server, graph) {
    return judgeSignals([
      graph.once('watchers of host keys', () => surest('HostKeys', watchersOf(scheduledFunctions(graph), (func) => allows(func, HOST_KEYS, graph), graph))),
      surest('PartnerKeys', partnerWatchers(server, graph)),
    ], 'Unwatched', 'UnresolvedWatch');
  },
};

/** Keys of users that the service keeps are told by it; others are in the tables that the identity provider reads. */
function partnerWatchers(server: Resource, graph: Graph): readonly FunctionAlarm[] {
  if (server.properties.IdentityProviderType !== 'AWS_LAMBDA') {
    return graph.once('watchers of users', () => watchersOf(scheduledFunctions(graph), (func) => allows(func, USERS, graph), graph));
  }
  const provider = identityProviderOf(server, graph);
  if (!provider) return watchersOf(scheduledFunctions(graph), () => 'maybe', graph);
  const byTable = graph.once('scheduled readers by table', () => readersByTable(graph));
  const readers = [...tablesReadBy(provider, graph)].flatMap((table) => byTable.get(table) ?? []).filter((func) => func !== provider);
  return watchersOf([...new Set(readers)], () => 'yes', graph);
}

function readersByTable(graph: Graph): ReadonlyMap<Resource, readonly Resource[]> {
  const readers = new Map<Resource, Resource[]>();
  for (const func of scheduledFunctions(graph)) {
    for (const table of tablesReadBy(func, graph)) readers.set(table, [...(readers.get(table) ?? []), func]);
  }
  return readers;
}

/** The alarms on those of some functions that look at keys, or may. */
function watchersOf(functions: readonly Resource[], looks: (func: Resource) => Answer, graph: Graph): readonly FunctionAlarm[] {
  return functions.flatMap((func) => {
    const answer = looks(func);
    return answer === 'no' ? [] : alarmsOf(func, graph).map((alarm) => ({ answer: all([answer, alarm.answer]), by: `${func.logicalId} and ${alarm.by}` }));
  });
}

function alarmsOf(func: Resource, graph: Graph): readonly FunctionAlarm[] {
  return [...metricAlarmsOf(func, 'Errors', graph), ...logAlarmsOf(func, graph)];
}

function statementsOfFunction(func: Resource, graph: Graph): readonly Statement[] {
  const role = graph.find(func.properties.Role, 'AWS::IAM::Role', func.template);
  return role ? rightsOf(role, graph).statements : [];
}

function allows(func: Resource, actions: readonly string[], graph: Graph): Answer {
  const statements = statementsOfFunction(func, graph);
  if (statements.some((statement) => statement.effect === 'Allow' && actions.some((action) => coversAction(statement, action)))) return 'yes';
  return statements.some(({ effect }) => effect === 'unknown') || isUnknown(func.properties.Role) ? 'maybe' : 'no';
}

function tablesReadBy(func: Resource, graph: Graph): ReadonlySet<Resource> {
  return new Set(statementsOfFunction(func, graph)
    .filter((statement) => statement.effect === 'Allow' && TABLE_READS.some((action) => coversAction(statement, action)))
    .flatMap(({ resources }) => resources.flatMap((resource) => target(resource) ?? []))
    .filter(({ type }) => /^AWS::DynamoDB::(Global)?Table$/.test(type)));
}
