import { patternTakes, SampleEvent } from './event-pattern';
import { all, Answer } from '../delivery/answers';
import { Graph, Resource } from '../graph';
import { isUnknown, listOf } from '../values';

/** A rule that may hear an event, and whether it does. */
export interface Listener {
  readonly rule: Resource;
  readonly answer: Answer;
}

/** Those of some rules that pass an event on, or may. */
export function listening(rules: readonly Listener[], event: SampleEvent): readonly Listener[] {
  return rules
    .map(({ rule, answer }) => ({ rule, answer: all([answer, patternTakes(rule.properties.EventPattern, event)]) }))
    .filter(({ answer }) => answer !== 'no');
}

/** The rules on the default bus, where alone events of AWS services come, that pass on whatever their pattern takes, or may. */
export function awakeRules(graph: Graph): readonly Listener[] {
  return graph.once('awake rules', () => graph.ofType('AWS::Events::Rule')
    .filter(({ properties }) => properties.EventPattern !== undefined)
    .map((rule) => ({ rule, answer: all([isOn(rule), onDefaultBus(rule), hasTarget(rule)]) }))
    .filter(({ answer }) => answer !== 'no'));
}

function isOn({ properties: { State: state } }: Resource): Answer {
  return isUnknown(state) ? 'maybe' : state === 'DISABLED' ? 'no' : 'yes';
}

function onDefaultBus({ properties: { EventBusName: bus } }: Resource): Answer {
  if (bus === undefined || bus === 'default') return 'yes';
  return typeof bus === 'string' ? (bus.endsWith(':event-bus/default') ? 'yes' : 'no') : isUnknown(bus) ? 'maybe' : 'no';
}

function hasTarget({ properties: { Targets: targets } }: Resource): Answer {
  return isUnknown(targets) ? 'maybe' : listOf(targets).length > 0 ? 'yes' : 'no';
}
