import { patternTakes, SampleEvent } from './event-pattern';
import { all, Answer } from '../delivery/answers';
import { Graph, Resource } from '../graph';
import { isUnknown, listOf } from '../values';

/** A rule that may hear an event, and whether it does. */
export interface Listener {
  readonly rule: Resource;
  readonly answer: Answer;
}

/** The rules on the default bus that pass an event on, or may; events of AWS services come nowhere else. */
export function listenersTo(event: SampleEvent, graph: Graph): readonly Listener[] {
  return graph.ofType('AWS::Events::Rule')
    .map((rule) => ({ rule, answer: all([isOn(rule), onDefaultBus(rule), hasTarget(rule), patternOf(rule, event)]) }))
    .filter(({ answer }) => answer !== 'no');
}

function patternOf({ properties: { EventPattern: pattern } }: Resource, event: SampleEvent): Answer {
  return pattern === undefined ? 'no' : patternTakes(pattern, event);
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
