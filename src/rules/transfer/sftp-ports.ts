import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown, listOf, numberOf, Unresolved, Value } from '../values';
import { isPublic } from './servers';

const PORTS = 'ProtocolDetails.SftpPorts';

/** Checks `SFTP-PORTS`. */
export const sftpPorts: Rule = {
  control: 'SFTP-PORTS',
  check(server) {
    const ports = at(server.properties, PORTS);
    if (isUnknown(ports)) return cannotTell('UnresolvedPorts', `SftpPorts is ${describe(ports)}`, PORTS);
    const listed = listOf(ports);
    if (listed.length === 0) return notApplicable('the server states no port');
    if (isUnknown(server.properties.EndpointType)) return cannotTell('UnresolvedPorts', 'the template does not tell what endpoint the server has', 'EndpointType');
    if (!isPublic(server)) return violation('NotPublic', 'a server in a network is reached at the ports that its security groups open', PORTS);
    const found = listed.flatMap(judge);
    return found.length > 0 ? found : compliant(`listens at ${listed.map((each) => describe(at(each, 'SftpPort'))).join(', ')}`, PORTS);
  },
};

function judge(entry: Value, index: number): readonly Outcome[] {
  const property = `${PORTS}.${index}.SftpPort`;
  const port = numberOf(at(entry, 'SftpPort'));
  if (port === undefined || port instanceof Unresolved) return [cannotTell('UnresolvedPorts', `a port is ${describe(port)}`, property)];
  return port === 22 || (Number.isInteger(port) && port >= 2000 && port <= 65535) ? [] : [violation('NoPort', `${port} is neither 22 nor in 2000-65535`, property)];
}
