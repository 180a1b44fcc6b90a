export * from './audit-trail';
export * from './audit-trail-attributes';
export * from './audit-trail-props';
export * from './audit-trail-ref';
export * from './trail-insights';
