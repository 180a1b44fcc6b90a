import { Graph } from '../graph';
import { keyKind } from '../keys';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown, listOf, Value } from '../values';

/** Checks `SECRET-CMK`. */
export const secretCmk: Rule = {
  control: 'SECRET-CMK',
  check({ properties }, graph) {
    const replicas = listOf(properties.ReplicaRegions);
    if (isUnknown(properties.ReplicaRegions)) return cannotTell('UnresolvedKey', `ReplicaRegions is ${describe(properties.ReplicaRegions)}`, 'ReplicaRegions');
    return [
      outcomeOf(properties.KmsKeyId, 'KmsKeyId', graph),
      ...replicas.map((replica, index) => outcomeOf(isUnknown(replica) ? replica : at(replica, 'KmsKeyId'), `ReplicaRegions.${index}.KmsKeyId`, graph)),
    ];
  },
};

function outcomeOf(key: Value, property: string, graph: Graph): Outcome {
  switch (keyKind(key, graph)) {
    case 'none': return violation('AwsManagedKey', `${property} is not set`, property);
    case 'aws-managed': return violation('AwsManagedKey', `${property} is ${describe(key)}`, property);
    case 'unknown': return cannotTell('UnresolvedKey', `${property} is ${describe(key)}`, property);
    default: return compliant(`encrypted with ${describe(key)}`, property);
  }
}
