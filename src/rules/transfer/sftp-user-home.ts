import { USER } from './partner-roles';
import { serverOf } from './servers';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, isMap, isUnknown, listOf, Value } from '../values';

const MAPPINGS = 'HomeDirectoryMappings';

/** Checks `SFTP-USER-HOME`. */
export const sftpUserHome: Rule = {
  control: 'SFTP-USER-HOME',
  check(user, graph) {
    const { HomeDirectoryType: type, [MAPPINGS]: mappings } = user.properties;
    if (isUnknown(type)) return cannotTell('UnresolvedHome', `HomeDirectoryType is ${describe(type)}`, 'HomeDirectoryType');
    if (type !== 'LOGICAL') return violation('Path', 'the user sees the bucket and what is beside its files: HomeDirectoryType is not LOGICAL', 'HomeDirectoryType');
    if (isUnknown(mappings)) return cannotTell('UnresolvedHome', `${MAPPINGS} is ${describe(mappings)}`, MAPPINGS);
    const targets = listOf(mappings).map((mapping) => (isMap(mapping) ? mapping.Target : mapping));
    if (targets.length === 0) return violation('NoHome', 'the user has no directory, and so cannot sign in', MAPPINGS);
    const found = [...targets.flatMap((target, index) => judge(target, `${MAPPINGS}.${index}.Target`)), ...shared(user, graph)];
    return found.length > 0 ? found : compliant(`the user has ${targets.map(describe).join(', ')} to itself`, MAPPINGS);
  },
};

function judge(target: Value, path: string): readonly Outcome[] {
  if (target === undefined || isUnknown(target)) return [cannotTell('UnresolvedHome', `a target is ${describe(target)}`, path)];
  const text = describe(target);
  // With variables of the service filled in as a name would be; other dollar signs stand for what only deployment knows.
  const plain = text.replace(/\$\{[^}]*\}/g, 'x');
  if (!plain.startsWith('/') || /\/$|\/\/|\/\.{1,2}(?=\/|$)|[*?]/.test(plain)) {
    return [violation('Malformed', `${text} does not begin with a slash, or ends in one, or has "..", "//" or a wildcard in it`, path)];
  }
  return plain.split('/').length < 3 ? [violation('BucketRoot', `${text} is a whole bucket`, path)] : [];
}

/** Other users of the server whose place is the same, or one in the other. */
function shared(user: Resource, graph: Graph): readonly Outcome[] {
  const own = placesOf(user);
  return graph.ofType(USER).filter((other) => other !== user && isSameServer(user, other, graph)).flatMap((other) => {
    const places = placesOf(other);
    const place = own.find((each) => places.some((theirs) => `${each}/`.startsWith(`${theirs}/`) || `${theirs}/`.startsWith(`${each}/`)));
    return place === undefined ? [] : [violation(`Shared::${other.logicalId}`, `${other.logicalId} has ${place}, too, or a part of it`, MAPPINGS)];
  });
}

function placesOf({ properties }: Resource): readonly string[] {
  const mappings = properties[MAPPINGS];
  if (isUnknown(mappings)) return [];
  return listOf(mappings).map((mapping) => at(mapping, 'Target')).filter((target) => target !== undefined && !isUnknown(target))
    .map((target) => describe(target).replace(/\$\{transfer:UserName\}/gi, describe(properties.UserName)));
}

/** Whether two users sign in at one server, as far as the template tells. */
export function isSameServer(one: Resource, other: Resource, graph: Graph): boolean {
  const [left, right] = [one, other].map(({ properties, template }) => serverOf(properties.ServerId, template, graph));
  return left || right ? left === right : describe(one.properties.ServerId) === describe(other.properties.ServerId);
}
