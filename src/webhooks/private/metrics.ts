/** Namespace of the metrics that are counted in the logs of webhooks. */
export const WEBHOOK_METRICS = 'SecureIntegrations/Webhooks';
