import { isSftpConnector } from './connectors';
import { CONNECTOR_POLICIES } from './security-policies';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe } from '../values';

const NAME = 'SecurityPolicyName';

/** Checks `SFTP-CONNECTOR-POLICY`. */
export const sftpConnectorPolicy: Rule = {
  control: 'SFTP-CONNECTOR-POLICY',
  check(connector) {
    if (!isSftpConnector(connector)) return notApplicable('the connector does not speak SFTP');
    const name = connector.properties[NAME];
    if (name === undefined) return violation('NotStated', `${NAME} is not set, so that the default of the day decides`, NAME);
    if (typeof name !== 'string') return cannotTell('UnresolvedPolicy', `${NAME} is ${describe(name)}`, NAME);
    if (!Object.hasOwn(CONNECTOR_POLICIES, name)) return violation('Unknown', `no policy of connectors that is known has the name ${name}`, NAME);
    return CONNECTOR_POLICIES[name] === 'current' ? compliant(`${name} has no outdated algorithm`, NAME)
      : violation('Outdated', `${name} allows outdated algorithms`, NAME);
  },
};
