import { peopleWhoMayAssume, PeopleTrust } from './people';
import { Graph, Resource } from '../graph';
import { shapeOf } from '../narrowing';
import { mayHaveMore } from '../values';

/** How roles for emergencies are called, in their path or in their name. */
const NAME = /break-?glass/i;

/** Who takes on a role for emergencies; undefined for a role that is none, or that nobody but services takes on. */
export function breakGlassTrust(role: Resource, graph: Graph): PeopleTrust | undefined {
  const { Path, RoleName } = role.properties;
  if (!mayHaveMore(role.properties) && ![Path, RoleName].some((value) => NAME.test(shapeOf(value)))) return undefined;
  const trust = peopleWhoMayAssume(role, graph);
  return trust.statements.length > 0 || trust.untold ? trust : undefined;
}
