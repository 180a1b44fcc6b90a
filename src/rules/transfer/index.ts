import { sftpAddresses } from './sftp-addresses';
import { sftpAdminEvent } from './sftp-admin-event';
import { sftpAdminRights } from './sftp-admin-rights';
import { sftpAuthAlarm } from './sftp-auth-alarm';
import { sftpBanner } from './sftp-banner';
import { sftpDomain } from './sftp-domain';
import { sftpEndpoint } from './sftp-endpoint';
import { sftpFailureEvent } from './sftp-failure-event';
import { sftpHostKey } from './sftp-host-key';
import { sftpIdentity } from './sftp-identity';
import { sftpIdpAlarm } from './sftp-idp-alarm';
import { sftpIdpCaller } from './sftp-idp-caller';
import { sftpIdpRights } from './sftp-idp-rights';
import { sftpIdpTimeout } from './sftp-idp-timeout';
import { sftpKeyAge } from './sftp-key-age';
import { sftpLog } from './sftp-log';
import { sftpPorts } from './sftp-ports';
import { sftpPrivateKey } from './sftp-private-key';
import { sftpProtocol } from './sftp-protocol';
import { sftpProxyProtocol } from './sftp-proxy-protocol';
import { sftpRetain } from './sftp-retain';
import { sftpSecurityGroup } from './sftp-security-group';
import { sftpSecurityPolicy } from './sftp-security-policy';
import { sftpTags } from './sftp-tags';
import { Rule } from '../rule';

/** Rules of AWS Transfer Family. */
export const TRANSFER_RULES: readonly Rule[] = [
  sftpAddresses,
  sftpAdminEvent,
  sftpAdminRights,
  sftpAuthAlarm,
  sftpBanner,
  sftpDomain,
  sftpEndpoint,
  sftpFailureEvent,
  sftpHostKey,
  sftpIdentity,
  sftpIdpAlarm,
  sftpIdpCaller,
  sftpIdpRights,
  sftpIdpTimeout,
  sftpKeyAge,
  sftpLog,
  sftpPorts,
  sftpPrivateKey,
  sftpProtocol,
  sftpProxyProtocol,
  sftpRetain,
  sftpSecurityGroup,
  sftpSecurityPolicy,
  sftpTags,
];
