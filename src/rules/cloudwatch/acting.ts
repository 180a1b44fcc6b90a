import { Answer } from '../delivery/answers';
import { Graph, Resource } from '../graph';
import { isUnknown, listOf, truth, Unresolved } from '../values';

/** Whether an alarm tells somebody when it goes off: by itself, or by a composite alarm that refers to it. */
export function acts(alarm: Resource, graph: Graph): Answer {
  const own = actionsOf(alarm);
  if (own === 'yes') return own;
  const composite = graph.referrers(alarm).filter(({ type }) => type === 'AWS::CloudWatch::CompositeAlarm').map(actionsOf);
  return composite.includes('yes') ? 'yes' : [own, ...composite].includes('maybe') ? 'maybe' : 'no';
}

function actionsOf({ properties: { ActionsEnabled, AlarmActions } }: Resource): Answer {
  const enabled = truth(ActionsEnabled);
  if (enabled === false) return 'no';
  if (isUnknown(AlarmActions) || enabled instanceof Unresolved) return 'maybe';
  return listOf(AlarmActions).length > 0 ? 'yes' : 'no';
}
