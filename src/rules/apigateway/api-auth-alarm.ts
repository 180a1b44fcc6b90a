import { accessLogOf, formatText, membersOf } from './access-log';
import { checkStage } from './stages';
import { describeAlarm } from '../cloudwatch/alarm-series';
import { all, Answer, not } from '../delivery/answers';
import { Graph, Resource } from '../graph';
import { patternMatches } from '../logs/filter-pattern';
import { alarmsOnFilter, isFilterOn } from '../logs/metric-filters';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { isUnknown, Value } from '../values';

const SIGNALS = [
  { finding: 'UnwatchedRefusals', codes: ['401', '403'] },
  { finding: 'UnwatchedThrottling', codes: ['429'] },
];

/** A status that a filter which counts refusals must not count. */
const ACCEPTED = '200';

/** Checks `API-AUTH-ALARM`. */
export const apiAuthAlarm: Rule = {
  control: 'API-AUTH-ALARM',
  check(resource, graph) {
    return checkStage(resource, (stage) => judge(stage, graph));
  },
};

function judge(stage: Resource, graph: Graph): Outcome | readonly Outcome[] {
  const counters = countersOf(stage, graph);
  const watched = SIGNALS.map(({ finding, codes }) => ({ finding, codes, watches: codes.map((code) => bestOf(counters, code)) }));
  const found = watched.flatMap(({ finding, codes, watches }): Outcome[] => {
    const answer = all(watches.map((watch) => watch?.answer ?? 'no'));
    if (answer === 'yes') return [];
    const message = `status ${codes.filter((_code, index) => watches[index]?.answer !== 'yes').join(' and ')}`;
    return [answer === 'maybe' ? cannotTell('UnresolvedWatch', `the template does not tell whether an alarm counts ${message}`)
      : violation(finding, `no alarm counts ${message}`)];
  });
  if (found.length > 0) return found;
  return compliant(watched.flatMap(({ codes, watches }) => codes.map((code, index) => `${code} counted by ${watches[index]!.text}`)).join('; '));
}

/** What counts requests by their status: for a code, whether it does and an alarm looks at the count. */
type Counter = (code: string) => { readonly answer: Answer; readonly text: string };

function bestOf(counters: readonly Counter[], code: string): ReturnType<Counter> | undefined {
  const answers = counters.map((counter) => counter(code));
  return answers.find(({ answer }) => answer === 'yes') ?? answers.find(({ answer }) => answer === 'maybe');
}

/** The metric filters on the access log of a stage, each with each alarm on its metric. */
function countersOf(stage: Resource, graph: Graph): readonly Counter[] {
  const log = accessLogOf(stage);
  if (log.destination === undefined) return [];
  const text = formatText(log);
  if (isUnknown(log.destination) || text === undefined) return [() => ({ answer: 'maybe', text: '' })];
  const members = [...membersOf(text) ?? []];
  return graph.ofType('AWS::Logs::MetricFilter').flatMap((filter): Counter[] => {
    const onLog = isFilterOn(filter, log.destination, stage, graph);
    if (onLog === 'no') return [];
    return alarmsOnFilter(filter, graph).map(({ alarm, answer }) => (code) => ({
      answer: all([onLog, answer, counts(filter.properties.FilterPattern, members, code)]),
      text: `${filter.logicalId}, watched by ${describeAlarm(alarm)}`,
    }));
  });
}

/** Whether a pattern picks the entries with a status, and not every entry. */
function counts(pattern: Value, members: ReadonlyArray<readonly [string, string]>, code: string): Answer {
  if (typeof pattern !== 'string') return 'maybe';
  const matches = (status: string) => patternMatches(pattern, new Map(members.map(([path, value]) => [`$.${path}`, value === '$context.status' ? status : undefined])));
  return all([matches(code), not(matches(ACCEPTED))]);
}
