import { SERVER } from './servers';
import { Answer } from '../delivery/answers';
import { SampleEvent } from '../events/event-pattern';
import { awakeRules, Listener, listening } from '../events/listeners';
import { Graph, Resource } from '../graph';
import { Value } from '../values';

/** An event of a server, under a name of its own. */
export interface ServerEvent {
  readonly name: string;
  /** The event of the server that `isServer` tells the id of, among the values of a pattern. */
  of(isServer: (value: Value) => Answer): SampleEvent;
}

/**
 * The rules that pass an event of a server on, or may.
 *
 * A rule that does not refer to the server says of it what it says of any other. That is found once: of many servers, each with rules of its
 * own, few pairs are tried.
 */
export function listenersTo(event: ServerEvent, server: Resource, graph: Graph): readonly Listener[] {
  const awake = graph.once('awake rules by resource', () => new Map(awakeRules(graph).map((each) => [each.rule, each])));
  const own = graph.referrers(server).flatMap((rule) => awake.get(rule) ?? []);
  const toAny = graph.once(`listeners to ${event.name}`, () => listening(awakeRules(graph), event.of((value) => names(value, undefined, graph))));
  return [
    ...listening(own, event.of((value) => names(value, server, graph))),
    ...toAny.filter(({ rule }) => !own.some((each) => each.rule === rule)),
  ];
}

/** Whether a value of a pattern is the server; a literal id may be. */
function names(value: Value, server: Resource | undefined, graph: Graph): Answer {
  const named = graph.find(value, SERVER);
  return named === undefined ? 'maybe' : named === server ? 'yes' : 'no';
}
