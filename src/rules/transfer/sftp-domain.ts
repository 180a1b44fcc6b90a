import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe } from '../values';

/** Checks `SFTP-DOMAIN`. */
export const sftpDomain: Rule = {
  control: 'SFTP-DOMAIN',
  check({ properties }) {
    const domain = properties.Domain;
    if (domain === undefined || domain === null) return violation('NotStated', 'Domain is not set', 'Domain');
    return domain === 'S3' || domain === 'EFS' ? compliant(`serves ${domain}`, 'Domain') : cannotTell('UnresolvedDomain', `Domain is ${describe(domain)}`, 'Domain');
  },
};
