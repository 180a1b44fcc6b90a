export * from './audit-trail';
export * from './audit-trail-attributes';
export * from './audit-trail-props';
export * from './audit-trail-ref';
export * as mixins from './mixins';
export * from './trail-insights';
