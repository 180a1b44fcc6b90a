export * from './audit-trail';
export * from './audit-trail-attributes';
export * from './audit-trail-props';
export * from './audit-trail-ref';
export * from './incident-intake';
export * from './incident-intake-props';
export * from './incident-regime';
export * from './trail-insights';
