/**
 * What the security policies of AWS Transfer Family allow, as of 2026-11-25.
 *
 * - `current`: key exchange that withstands a quantum computer, encrypt-then-MAC alone, no SHA-1.
 * - `aging`: no SHA-1 and encrypt-then-MAC alone, but what is recorded today can be read once quantum computers can.
 * - `outdated`: SHA-1 signatures (`ssh-rsa`), key exchange or MACs, `chacha20-poly1305` (Terrapin), short MACs, or an experiment that ended.
 *
 * A name that is not here is newer than this table, or is no policy: CloudFormation accepts any name of the right shape.
 */
export type PolicyAge = 'current' | 'aging' | 'outdated';

/** Policies of servers (AWS Transfer Family User Guide, "Security policies for AWS Transfer Family servers"). */
export const SERVER_POLICIES: Readonly<Record<string, PolicyAge>> = {
  'TransferSecurityPolicy-2018-11': 'outdated',
  'TransferSecurityPolicy-2020-06': 'outdated',
  // Its MACs are also of the kind that is computed before encryption.
  'TransferSecurityPolicy-2022-03': 'outdated',
  'TransferSecurityPolicy-2023-05': 'aging',
  'TransferSecurityPolicy-2024-01': 'aging',
  'TransferSecurityPolicy-2025-03': 'current',
  'TransferSecurityPolicy-AS2Restricted-2025-07': 'current',
  'TransferSecurityPolicy-FIPS-2020-06': 'outdated',
  // Both still take `ssh-rsa`, which FIPS-2024-05 dropped.
  'TransferSecurityPolicy-FIPS-2023-05': 'outdated',
  'TransferSecurityPolicy-FIPS-2024-01': 'outdated',
  'TransferSecurityPolicy-FIPS-2024-05': 'aging',
  'TransferSecurityPolicy-FIPS-2025-03': 'current',
  'TransferSecurityPolicy-PQ-SSH-Experimental-2023-04': 'outdated',
  'TransferSecurityPolicy-PQ-SSH-FIPS-Experimental-2023-04': 'outdated',
  'TransferSecurityPolicy-Restricted-2018-11': 'outdated',
  'TransferSecurityPolicy-Restricted-2020-06': 'outdated',
  'TransferSecurityPolicy-SshAuditCompliant-2025-02': 'aging',
};

/**
 * Policies of SFTP connectors (AWS Transfer Family User Guide, "Security policies for AWS Transfer Family SFTP connectors"). None has a
 * post-quantum key exchange, so the newest are as current as can be.
 */
export const CONNECTOR_POLICIES: Readonly<Record<string, PolicyAge>> = {
  'TransferSFTPConnectorSecurityPolicy-2023-07': 'outdated',
  'TransferSFTPConnectorSecurityPolicy-2024-03': 'current',
  'TransferSFTPConnectorSecurityPolicy-FIPS-2024-10': 'current',
};
