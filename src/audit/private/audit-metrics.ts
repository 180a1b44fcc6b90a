/** Namespace of the metrics that are counted in logs. */
export const AUDIT_METRICS = 'SecureIntegrations/Audit';
