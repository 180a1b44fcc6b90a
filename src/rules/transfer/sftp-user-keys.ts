import { USER } from './partner-roles';
import { readSshPublicKey } from '../../formats/ssh-public-key';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { describe, isUnknown, listOf } from '../values';

const KEYS = 'SshPublicKeys';

/** Checks `SFTP-USER-KEYS`. The template accepts RSA keys of 1024 bits, DSA, and types that do not fit their key. */
export const sftpUserKeys: Rule = {
  control: 'SFTP-USER-KEYS',
  check(user, graph) {
    const keys = user.properties[KEYS];
    if (keys === undefined) return notApplicable('the keys of the user are not in the template');
    if (isUnknown(keys)) return cannotTell('UnresolvedKey', `${KEYS} is ${describe(keys)}`, KEYS);
    const list = listOf(keys);
    if (list.length === 0) return notApplicable('the user has no keys in the template');
    const found = list.flatMap((line, index): Outcome[] => {
      const path = `${KEYS}.${index}`;
      if (typeof line !== 'string') return [cannotTell('UnresolvedKey', 'a key is not literal, so nobody can tell what it is', path)];
      const key = readSshPublicKey(line, 'partner');
      if ('problem' in key) return [violation(key.problem === 'is a private key' ? 'PrivateKey' : 'WeakKey', `a key ${key.problem}`, path)];
      const owners = (holders(graph).get(key.fingerprint) ?? []).filter((holder) => holder !== user);
      return owners.map(({ logicalId }) => violation(`SameKey::${logicalId}`, `${logicalId} has ${key.fingerprint}, too`, path));
    });
    return found.length > 0 ? found : compliant(`${list.length} keys are sound, and no other user's`, KEYS);
  },
};

/** Users by the fingerprints of their keys. */
function holders(graph: Graph): ReadonlyMap<string, readonly Resource[]> {
  return graph.once('users by key', () => {
    const index = new Map<string, Resource[]>();
    for (const user of graph.ofType(USER)) {
      for (const line of listOf(user.properties[KEYS])) {
        const key = readSshPublicKey(line, 'partner');
        if (!('problem' in key)) index.set(key.fingerprint, [...(index.get(key.fingerprint) ?? []), user]);
      }
    }
    return index;
  });
}
