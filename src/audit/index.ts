export * from './audit-trail-attributes';
export * from './audit-trail-ref';
