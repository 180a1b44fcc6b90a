/** Namespace of the metrics that are counted in logs. */
export const SFTP_METRICS = 'SecureIntegrations/Sftp';
