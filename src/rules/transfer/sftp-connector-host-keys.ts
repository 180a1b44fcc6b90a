import { isByLattice, isSftpConnector } from './connectors';
import { readSshPublicKey } from '../../formats/ssh-public-key';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown, listOf, Value } from '../values';

const KEYS = 'SftpConfig.TrustedHostKeys';
/** Before the key, as `ssh-keyscan` writes it. */
const HOST = /^([^\s]+)[ \t]+(?=(?:ssh-|ecdsa-|sk-)\S+[ \t])/;

/** Checks `SFTP-CONNECTOR-HOST-KEYS`. */
export const sftpConnectorHostKeys: Rule = {
  control: 'SFTP-CONNECTOR-HOST-KEYS',
  check(connector) {
    if (!isSftpConnector(connector)) return notApplicable('the connector does not speak SFTP');
    const keys = at(connector.properties, KEYS);
    if (isUnknown(keys)) return cannotTell('UnresolvedKey', `TrustedHostKeys is ${describe(keys)}`, KEYS);
    const list = listOf(keys);
    if (list.length === 0) return violation('NoKey', 'no key says which server is the right one', KEYS);
    const found = list.flatMap((line, index) => judge(line, `${KEYS}.${index}`, isByLattice(connector)));
    return found.length > 0 ? found : compliant(`the server is known by ${list.length} keys`, KEYS);
  },
};

function judge(line: Value, path: string, byLattice: boolean): readonly Outcome[] {
  if (typeof line !== 'string') return [cannotTell('UnresolvedKey', 'a key is not literal, so nobody can tell what it is', path)];
  const named = HOST.test(line) && !/^(?:ssh-|ecdsa-|sk-)/.test(line);
  if (named && byLattice) return [violation('HostName', 'a name stands before a key, and by VPC Lattice the connector knows its server by none', path)];
  const key = readSshPublicKey(named ? line.replace(HOST, '') : line, 'connector-host');
  return 'problem' in key ? [violation(key.problem === 'is a private key' ? 'PrivateKey' : 'WeakKey', `a key ${key.problem}`, path)] : [];
}
