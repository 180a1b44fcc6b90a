import { accessLogOf, formatText, membersOf } from './access-log';
import { checkStage } from './stages';
import { watchersOf } from '../cloudwatch/alarm-index';
import { describeAlarm, goesOffAbove, seesMetricsOf, Series } from '../cloudwatch/alarm-series';
import { all, Answer, any, not } from '../delivery/answers';
import { plain } from '../delivery/arns';
import { equals } from '../delivery/match';
import { Graph, Resource } from '../graph';
import { patternMatches } from '../logs/filter-pattern';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, isMap, isUnknown, listOf, Reference, Value } from '../values';

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
    const onLog = isOn(filter, log.destination, stage, graph);
    if (onLog === 'no') return [];
    return alarmsOn(filter, graph).map(({ alarm, answer }) => (code) => ({
      answer: all([onLog, answer, counts(filter.properties.FilterPattern, members, code)]),
      text: `${filter.logicalId}, watched by ${describeAlarm(alarm)}`,
    }));
  });
}

/** Whether a filter reads the log group of an ARN, which may end in `:*`. */
function isOn(filter: Resource, destination: Value, stage: Resource, graph: Graph): Answer {
  const name = filter.properties.LogGroupName;
  const group = graph.find(destination, 'AWS::Logs::LogGroup', stage.template);
  const read = graph.find(name, 'AWS::Logs::LogGroup', filter.template);
  if (group && read === group) return 'yes';
  if (group && read && destination instanceof Reference && name instanceof Reference) return 'no';
  const given = plain(destination, stage.template, graph).replace(/:\*$/, '').split(':log-group:')[1];
  return given === undefined ? 'no' : equals(given, plain(name, filter.template, graph));
}

/** Whether a pattern picks the entries with a status, and not every entry. */
function counts(pattern: Value, members: ReadonlyArray<readonly [string, string]>, code: string): Answer {
  if (typeof pattern !== 'string') return 'maybe';
  const matches = (status: string) => patternMatches(pattern, new Map(members.map(([path, value]) => [`$.${path}`, value === '$context.status' ? status : undefined])));
  return all([matches(code), not(matches(ACCEPTED))]);
}

/** The alarms that look at a metric of a filter, or may; the same for each stage whose log the filter reads. */
function alarmsOn(filter: Resource, graph: Graph): ReadonlyArray<{ readonly alarm: Resource; readonly answer: Answer }> {
  return graph.once(`alarms-on-filter ${JSON.stringify([filter.template, filter.logicalId])}`, () => listOf(filter.properties.MetricTransformations)
    .flatMap((transformation) => watchersOf([plain(at(transformation, 'MetricName'), filter.template, graph)], graph)
      .filter(({ alarm }) => seesMetricsOf(alarm, filter, graph))
      .map(({ alarm, series }) => ({
        alarm,
        answer: all([goesOffAbove(alarm), any(series.map((each) => shows(each, transformation, alarm, filter, graph)))]),
      })))
    .filter(({ answer }) => answer !== 'no'));
}

/** Whether an alarm looks at the whole metric of a filter: a metric with dimensions has one series for each of their values. */
function shows(series: Series, transformation: Value, alarm: Resource, filter: Resource, graph: Graph): Answer {
  const [namespace, name] = ['MetricNamespace', 'MetricName'].map((key) => plain(at(transformation, key), filter.template, graph));
  const dimensions = listOf(at(transformation, 'Dimensions')).map((dimension) => (isMap(dimension) ? String(dimension.Key) : ''));
  if (series.kind === 'untold') return 'maybe';
  if (series.kind === 'query') {
    const { query } = series;
    const whole = query.where.length === 0 && query.limit === undefined
      && (query.schema === undefined || (query.schema.length === dimensions.length && dimensions.every((key) => query.schema!.includes(key))));
    return all([whole ? 'yes' : 'no', equals(namespace, query.namespace), equals(name, query.metric)]);
  }
  const whole: Answer = series.dimensions === undefined ? 'maybe' : series.dimensions.size === 0 && dimensions.length === 0 ? 'yes' : 'no';
  return all([whole, equals(namespace, plain(series.namespace, alarm.template, graph)), equals(name, plain(series.name, alarm.template, graph))]);
}
