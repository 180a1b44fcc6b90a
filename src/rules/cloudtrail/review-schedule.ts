import { bucketOf, logGroupOf } from './trails';
import { all, Answer, any } from '../delivery/answers';
import { arnOf, plain } from '../delivery/arns';
import { like } from '../delivery/match';
import { Graph, Resource } from '../graph';
import { rightsOf } from '../iam/identity-policies';
import { logAlarmsOf, metricAlarmsOf } from '../lambda/function-alarms';
import { scheduledFunctions } from '../lambda/scheduled';
import { coversAction, hasUntoldAction, Statement } from '../policy-document';
import { cannotTell, compliant, Rule, violation } from '../rule';
import { isUnknown, listOf } from '../values';

/** Calls that read the log itself. */
const LOG_READS = ['logs:StartQuery', 'logs:FilterLogEvents', 'logs:GetLogEvents'];

/** Calls that read what was asked of the log or of the bucket, whatever they name. */
const QUESTIONS = ['athena:StartQueryExecution', 'athena:GetQueryResults', 'cloudtrail:LookupEvents', 'logs:GetScheduledQueryHistory'];

/** A function that looks at what the trail records, or may. */
interface Reviewer {
  readonly func: Resource;
  readonly answer: Answer;
}

/** Checks `REVIEW-SCHEDULE`: that something looks at the records from time to time, and that an alarm tells when it fails, or what it finds. */
export const reviewSchedule: Rule = {
  control: 'REVIEW-SCHEDULE',
  check(trail, graph) {
    const sources = sourcesOf(trail, graph);
    const reviewers = scheduledFunctions(graph).map((func): Reviewer => ({ func, answer: reads(func, sources, graph) })).filter(({ answer }) => answer !== 'no');
    if (reviewers.length === 0) {
      return queriesOn(trail, graph).length > 0 ? violation('Unread', 'queries run on a schedule, and no scheduled function reads what they find')
        : violation('NoReview', 'no scheduled function may read what the trail records');
    }
    const watched = reviewers.map(({ func, answer }) => ({ func, answer: all([answer, any(alarmsOf(func, graph))]) }));
    const best = watched.find(({ answer }) => answer === 'yes');
    if (best) return compliant(`${best.func.logicalId} runs on a schedule, and an alarm tells when it fails`);
    const names = reviewers.map(({ func }) => func.logicalId).join(', ');
    return watched.some(({ answer }) => answer === 'maybe') ? cannotTell('UnresolvedReview', `${names} may review what the trail records, and an alarm may tell when it fails`)
      : violation('Unwatched', `no alarm tells when ${names} fails`);
  },
};

function alarmsOf(func: Resource, graph: Graph): readonly Answer[] {
  return [...metricAlarmsOf(func, 'Errors', graph), ...logAlarmsOf(func, graph)].map(({ answer }) => answer);
}

/** What a reviewer may read: streams of the group, files of the bucket. */
interface Sources {
  readonly group?: string;
  readonly bucket?: string;
}

function sourcesOf(trail: Resource, graph: Graph): Sources {
  const [group, bucket] = [logGroupOf(trail, graph), bucketOf(trail, graph)];
  return { ...(group && { group: `${arnOf(group, graph)}:log-stream:1` }), ...(bucket && { bucket: `${arnOf(bucket, graph)}/AWSLogs/1` }) };
}

function reads(func: Resource, { group, bucket }: Sources, graph: Graph): Answer {
  const role = graph.find(func.properties.Role, 'AWS::IAM::Role', func.template);
  if (!role) return isUnknown(func.properties.Role) ? 'maybe' : 'no';
  const statements = rightsOf(role, graph).statements.filter(({ effect }) => effect !== 'Deny');
  return any(statements.map((statement): Answer => {
    if (statement.effect === 'unknown') return 'maybe';
    const allows = (actions: readonly string[]) => actions.some((action) => coversAction(statement, action));
    const on = (actions: readonly string[], arn?: string): Answer => (arn !== undefined && allows(actions) ? reaches(statement, arn, graph) : 'no');
    return any([
      allows(QUESTIONS) ? 'yes' : 'no', on(LOG_READS, group), on(['s3:GetObject'], bucket), hasUntoldAction(statement) ? 'maybe' : 'no',
    ]);
  }));
}

/** A log group is named with and without what stands for its streams. */
function reaches({ resources, carrier }: Statement, arn: string, graph: Graph): Answer {
  return any(resources.map((value) => {
    const pattern = plain(value, carrier.template, graph);
    return any([like(pattern, arn), like(pattern, arn.replace(/:log-stream:1$/, ''))]);
  }));
}

/** Queries that run on a schedule over the log of the trail. */
function queriesOn(trail: Resource, graph: Graph): readonly Resource[] {
  const group = logGroupOf(trail, graph);
  return graph.ofType('AWS::Logs::ScheduledQuery').filter(({ properties, template }) => properties.State !== 'DISABLED'
    && listOf(properties.LogGroupIdentifiers).some((name) => group !== undefined && graph.find(name, 'AWS::Logs::LogGroup', template) === group));
}
