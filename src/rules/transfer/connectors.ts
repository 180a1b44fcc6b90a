import { Resource } from '../graph';
import { at, isUnknown } from '../values';

/** Whether a connector speaks SFTP, and not AS2; one of which the template tells neither is taken for one. */
export function isSftpConnector({ properties }: Resource): boolean {
  return properties.As2Config === undefined || isUnknown(properties.As2Config) || properties.SftpConfig !== undefined;
}

/** Whether a connector reaches its server by VPC Lattice. */
export function isByLattice({ properties }: Resource): boolean {
  return properties.EgressType === 'VPC_LATTICE' || at(properties, 'EgressConfig.VpcLattice') !== undefined;
}
