import { ofSftp } from './servers';
import { sftpAddresses } from './sftp-addresses';
import { sftpAdminEvent } from './sftp-admin-event';
import { sftpAdminRights } from './sftp-admin-rights';
import { sftpAuthAlarm } from './sftp-auth-alarm';
import { sftpBanner } from './sftp-banner';
import { sftpCleanBucket } from './sftp-clean-bucket';
import { sftpConnectorEgress } from './sftp-connector-egress';
import { sftpConnectorHostKeys } from './sftp-connector-host-keys';
import { sftpConnectorLog } from './sftp-connector-log';
import { sftpConnectorPolicy } from './sftp-connector-policy';
import { sftpConnectorRole } from './sftp-connector-role';
import { sftpConnectorSecret } from './sftp-connector-secret';
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
import { sftpMalwareScan } from './sftp-malware-scan';
import { sftpPorts } from './sftp-ports';
import { sftpPrivateKey } from './sftp-private-key';
import { sftpProtocol } from './sftp-protocol';
import { sftpProxyProtocol } from './sftp-proxy-protocol';
import { sftpRetain } from './sftp-retain';
import { sftpRoleScope } from './sftp-role-scope';
import { sftpRoleTrust } from './sftp-role-trust';
import { sftpScanTag } from './sftp-scan-tag';
import { sftpSecurityGroup } from './sftp-security-group';
import { sftpSecurityPolicy } from './sftp-security-policy';
import { sftpSessionPolicy } from './sftp-session-policy';
import { sftpTags } from './sftp-tags';
import { sftpUserHome } from './sftp-user-home';
import { sftpUserKeyOwner } from './sftp-user-key-owner';
import { sftpUserKeys } from './sftp-user-keys';
import { sftpUserName } from './sftp-user-name';
import { sftpWebApp } from './sftp-web-app';
import { sftpWorkflowException } from './sftp-workflow-exception';
import { Rule } from '../rule';

/** Rules of AWS Transfer Family. */
export const TRANSFER_RULES: readonly Rule[] = [
  sftpAddresses,
  sftpAdminEvent,
  sftpAdminRights,
  ofSftp(sftpAuthAlarm),
  ofSftp(sftpBanner),
  sftpCleanBucket,
  sftpConnectorEgress,
  sftpConnectorHostKeys,
  sftpConnectorLog,
  sftpConnectorPolicy,
  sftpConnectorRole,
  sftpConnectorSecret,
  sftpDomain,
  sftpEndpoint,
  ofSftp(sftpFailureEvent),
  sftpHostKey,
  sftpIdentity,
  sftpIdpAlarm,
  sftpIdpCaller,
  sftpIdpRights,
  sftpIdpTimeout,
  ofSftp(sftpKeyAge),
  sftpLog,
  sftpMalwareScan,
  sftpPorts,
  sftpPrivateKey,
  ofSftp(sftpProtocol),
  sftpProxyProtocol,
  sftpRetain,
  sftpRoleScope,
  sftpRoleTrust,
  sftpScanTag,
  sftpSecurityGroup,
  sftpSecurityPolicy,
  sftpSessionPolicy,
  sftpTags,
  sftpUserHome,
  sftpUserKeyOwner,
  sftpUserKeys,
  sftpUserName,
  sftpWebApp,
  sftpWorkflowException,
];
