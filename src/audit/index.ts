export * from './access-review';
export * from './access-review-props';
export * from './audit-trail';
export * from './audit-trail-attributes';
export * from './audit-trail-props';
export * from './audit-trail-ref';
export * from './review-question';
export * from './trail-insights';
