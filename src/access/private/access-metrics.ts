/** Namespace of the metrics that are counted in logs. */
export const ACCESS_METRICS = 'SecureIntegrations/Access';

/** Source of the events of this room, as its functions write it. */
export const ACCESS_EVENTS = 'cdk-secure-integrations.access';
