import { showsApi, watchersOfApi } from './api-metrics';
import { checkStage } from './stages';
import { Watcher } from '../cloudwatch/alarm-index';
import { describeAlarm, goesOffAbove } from '../cloudwatch/alarm-series';
import { all, any, Answer } from '../delivery/answers';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';

/** What shows that an API fails, refuses or slows down. */
const SIGNALS = [
  { finding: 'Unwatched5xx', metrics: ['5XXError'] },
  { finding: 'Unwatched4xx', metrics: ['4XXError'] },
  { finding: 'UnwatchedLatency', metrics: ['Latency', 'IntegrationLatency'] },
];

/** Checks `API-ALARMS`. */
export const apiAlarms: Rule = {
  control: 'API-ALARMS',
  check(resource, graph) {
    return checkStage(resource, (stage) => judge(stage, graph));
  },
};

function judge(stage: Resource, graph: Graph): Outcome | readonly Outcome[] {
  const watchers = watchersOfApi(stage, graph);
  const watched = SIGNALS.map((signal) => ({ ...signal, ...watchOf(signal.metrics, stage, watchers, graph) }));
  const found = watched.flatMap(({ alarm, answer, finding, metrics }): Outcome[] => {
    if (answer === 'yes') return [];
    return [answer === 'maybe' ? cannotTell('UnresolvedAlarm', `${alarm!.logicalId} may watch ${metrics.join(' or ')}`)
      : violation(finding, `no alarm watches ${metrics.join(' or ')}`)];
  });
  return found.length > 0 ? found : compliant(watched.map(({ alarm, metrics }) => `${metrics.join(' or ')}: ${describeAlarm(alarm!)}`).join('; '));
}

/** Whether some alarm watches, and which. */
interface Watch {
  readonly answer: Answer;
  readonly alarm?: Resource;
}

function watchOf(metrics: readonly string[], stage: Resource, watchers: readonly Watcher[], graph: Graph): Watch {
  const answers = watchers.map(({ alarm, series }) => ({
    alarm,
    answer: all([goesOffAbove(alarm), any(series.map((each) => showsApi(each, metrics, stage, alarm.template, graph)))]),
  }));
  return answers.find(({ answer }) => answer === 'yes') ?? answers.find(({ answer }) => answer === 'maybe') ?? { answer: 'no' };
}
