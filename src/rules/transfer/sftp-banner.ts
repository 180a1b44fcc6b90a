import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe, isUnknown } from '../values';

const PROPERTY = 'PreAuthenticationLoginBanner';

/** Checks `SFTP-BANNER`. */
export const sftpBanner: Rule = {
  control: 'SFTP-BANNER',
  check({ properties }) {
    const banner = properties[PROPERTY];
    if (banner === undefined || banner === null || (typeof banner === 'string' && banner.trim() === '')) {
      return violation('NoBanner', `${PROPERTY} is not set`, PROPERTY);
    }
    return isUnknown(banner) ? cannotTell('UnresolvedBanner', `${PROPERTY} is ${describe(banner)}`, PROPERTY)
      : compliant('clients see a notice before they sign in', PROPERTY);
  },
};
