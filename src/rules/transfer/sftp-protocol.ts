import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { describe, isUnknown, listOf, Value } from '../values';

const PROPERTY = 'Protocols';

/** Checks `SFTP-PROTOCOL`. */
export const sftpProtocol: Rule = {
  control: 'SFTP-PROTOCOL',
  check({ properties }) {
    const protocols = properties[PROPERTY];
    if (isUnknown(protocols)) return cannotTell('UnresolvedProtocols', `${PROPERTY} is ${describe(protocols)}`, PROPERTY);
    const listed = listOf(protocols);
    if (listed.length === 0) return violation('NotStated', `${PROPERTY} is not set`, PROPERTY);
    const found = listed.flatMap(judge);
    return found.length > 0 ? found : compliant('SFTP alone', PROPERTY);
  },
};

function judge(protocol: Value, index: number): readonly Outcome[] {
  const property = `${PROPERTY}.${index}`;
  switch (protocol) {
    case 'SFTP': return [];
    case 'FTP': return [violation('Plain', 'FTP sends names, passwords and files in clear text', property)];
    case 'FTPS':
    case 'AS2': return [violation(`Other::${protocol}`, `the server also speaks ${protocol}`, property)];
    default: return [cannotTell('UnresolvedProtocols', `a protocol is ${describe(protocol)}`, property)];
  }
}
