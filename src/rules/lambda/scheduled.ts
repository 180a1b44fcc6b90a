import { functionOf } from './functions';
import { Graph, Resource } from '../graph';
import { at, listOf } from '../values';

/** The functions that run from time to time. */
export function scheduledFunctions(graph: Graph): readonly Resource[] {
  return graph.once('scheduled functions', () => [...new Set([
    ...graph.ofType('AWS::Events::Rule').filter(({ properties }) => properties.ScheduleExpression !== undefined && properties.State !== 'DISABLED')
      .flatMap((rule) => listOf(rule.properties.Targets).map((each) => functionOf(at(each, 'Arn'), rule.template, graph))),
    ...graph.ofType('AWS::Scheduler::Schedule').filter(({ properties }) => properties.State !== 'DISABLED')
      .map((schedule) => functionOf(at(schedule.properties, 'Target.Arn'), schedule.template, graph)),
  ])].filter((func): func is Resource => func !== undefined));
}
