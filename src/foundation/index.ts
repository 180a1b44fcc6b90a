export * from './access-log-bucket';
export * from './alert-topic';
export * from './data-domain';
export * from './foundation';
export * from './foundation-attributes';
export * from './foundation-ref';
export * from './service-key-grants';
export * as mixins from './mixins';
