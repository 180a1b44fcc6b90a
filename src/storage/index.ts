export * from './dead-letter-queue';
export * from './encrypted-log-group';
export * from './evidence-bucket';
export * from './integration-queue';
export * from './integration-table';
export * from './integration-topic';
export * from './landing-bucket';
export * as mixins from './mixins';
