import { isByLattice, isSftpConnector } from './connectors';
import { Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown, numberOf } from '../values';

const MOST = 'SftpConfig.MaxConcurrentConnections';

/** Checks `SFTP-CONNECTOR-EGRESS`. */
export const sftpConnectorEgress: Rule = {
  control: 'SFTP-CONNECTOR-EGRESS',
  check(connector) {
    if (!isSftpConnector(connector)) return notApplicable('the connector does not speak SFTP');
    const found = [...egress(connector), ...connections(connector)];
    return found.length > 0 ? found : compliant(isByLattice(connector) ? 'the server is a resource of VPC Lattice' : 'the server is named by its URL');
  },
};

function egress(connector: Resource): readonly Outcome[] {
  const { EgressType: type, Url: url } = connector.properties;
  if (isUnknown(type) || isUnknown(url)) return [cannotTell('UnresolvedEgress', `EgressType is ${describe(type)}, Url is ${describe(url)}`, 'EgressType')];
  if (isByLattice(connector)) {
    const server = at(connector.properties, 'EgressConfig.VpcLattice.ResourceConfigurationArn');
    if (server === undefined) return [violation('NoServer', 'no resource configuration of VPC Lattice says where the server is', 'EgressConfig')];
    return url === undefined ? [] : [violation('TwoServers', 'a URL and a resource of VPC Lattice both say where the server is', 'Url')];
  }
  if (url === undefined) return [violation('NoServer', 'no URL says where the server is', 'Url')];
  return /^sftp:\/\//i.test(describe(url)) || describe(url).startsWith('${') ? [] : [violation('NotSftp', `${describe(url)} is no address of an SFTP server`, 'Url')];
}

function connections({ properties }: Resource): readonly Outcome[] {
  const most = numberOf(at(properties, MOST));
  if (most === undefined) return [];
  if (typeof most !== 'number') return [cannotTell('UnresolvedEgress', `MaxConcurrentConnections is ${describe(most)}`, MOST)];
  return Number.isInteger(most) && most >= 1 && most <= 5 ? [] : [violation('Connections', `${most} connections are not 1 to 5`, MOST)];
}
