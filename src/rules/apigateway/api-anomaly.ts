import { API_METRICS, showsApi, watchersOfApi } from './api-metrics';
import { checkStage } from './stages';
import { nameOfSeries, Watcher } from '../cloudwatch/alarm-index';
import { any, Answer } from '../delivery/answers';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown, listOf } from '../values';

/** Width of a band that the template does not tell. */
const UNTOLD = 'untold';

const BAND = /^\s*ANOMALY_DETECTION_BAND\(\s*\w+\s*(?:,\s*(\d+(?:\.\d+)?)\s*)?\)\s*$/;

/** Checks `API-ANOMALY`. */
export const apiAnomaly: Rule = {
  control: 'API-ANOMALY',
  check(resource, graph) {
    return checkStage(resource, (stage) => judge(stage, graph));
  },
};

function judge(stage: Resource, graph: Graph): Outcome | readonly Outcome[] {
  const watchers = watchersOfApi(stage, graph).filter(({ alarm }) => bandOf(alarm) !== undefined);
  const answers = watchers.map((watcher) => ({ ...watcher, answer: watches(watcher, stage, graph) }));
  const found = answers.find(({ answer }) => answer === 'yes');
  if (found) {
    const { alarm } = found;
    const metric = found.series.find((series) => showsApi(series, API_METRICS, stage, alarm.template, graph) === 'yes')!;
    return compliant(`${alarm.logicalId} watches ${nameOfSeries(metric, alarm.template, graph)} in a band of ${bandOf(alarm)!} standard deviations`);
  }
  const untold = answers.find(({ answer }) => answer === 'maybe');
  return untold ? cannotTell('UnresolvedAnomalyAlarm', `${untold.alarm.logicalId} may watch the API`)
    : violation('NoAnomalyAlarm', 'no alarm compares a metric of the API with an anomaly detection band');
}

function watches({ alarm, series }: Watcher, stage: Resource, graph: Graph): Answer {
  const shown = any(series.map((each) => showsApi(each, API_METRICS, stage, alarm.template, graph)));
  return bandOf(alarm) === UNTOLD && shown === 'yes' ? 'maybe' : shown;
}

/** The width of the band that is the threshold of an alarm, 2 where none is stated; undefined where the threshold is no band. */
function bandOf({ properties }: Resource): string | undefined {
  const { ComparisonOperator: operator, Metrics, ThresholdMetricId: id } = properties;
  if (id === undefined || !(isUnknown(operator) || /^(LessThanLower|GreaterThanUpper)/.test(describe(operator)))) return undefined;
  const expression = at(listOf(Metrics).find((entry) => describe(at(entry, 'Id')) === describe(id)), 'Expression');
  if (isUnknown(Metrics) || isUnknown(expression)) return UNTOLD;
  const band = BAND.exec(describe(expression));
  return band ? band[1] ?? '2' : undefined;
}
