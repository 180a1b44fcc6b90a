/** Source of the events of this room. */
export const EVENT_SOURCE = 'cdk-secure-integrations.access';
